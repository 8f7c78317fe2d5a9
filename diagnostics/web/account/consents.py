"""One's own consents: the texts, giving, the separate boxes, withdrawing by one click, the history."""

from __future__ import annotations

from http import HTTPStatus

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import BooleanField
from wtforms.validators import InputRequired

from diagnostics.access import Permission, Thing
from diagnostics.access.decide import NOTHING
from diagnostics.errors import Missing
from diagnostics.people.actions import consents as changes
from diagnostics.people.queries import consents as reads
from diagnostics.people.queries.consents import ConsentText
from diagnostics.sittings import actions as sittings
from diagnostics.sittings import queries as reading
from diagnostics.web import guard
from diagnostics.web.account.blueprint import account
from diagnostics.web.guard import screen

Page = str | Response | tuple[str, int]
BOX = "box-"  # prefix of the separate boxes


class ConsentForm(FlaskForm):
    agree = BooleanField(
        lazy_gettext("Даю согласие на обработку персональных данных"),
        [InputRequired(lazy_gettext("Отметьте согласие или вернитесь назад: без отметки оно не даётся"))],
    )


@account.get("/account/consents")
@screen(Permission.CONSENT_OWN)
def own_consents() -> Page:
    person_id = _require_own()
    state = reads.state(person_id)
    agreed = {one.operator_id for one in state.standing}
    offered = [one for one in reading.texts_for(person_id) if one.operator_id not in agreed]
    return render_template("account/consents.html", state=state, offered=offered)


@account.get("/account/consents/<document_id>")
@screen(Permission.CONSENT_OWN)
def consent_text(document_id: str) -> Page:
    return _text_page(_require_own(), document_id, ConsentForm(formdata=None))


@account.get("/account/consents/<document_id>/print")
@screen(Permission.CONSENT_OWN)
def consent_sheet(document_id: str) -> Page:
    text = _text_of(_require_own(), document_id)
    return render_template("account/consent_sheet.html", text=text)


@account.post("/account/consents/<document_id>")
@screen(Permission.CONSENT_OWN)
def give_consent(document_id: str) -> Page:
    """Agree, or change the separate boxes of what is agreed already."""
    person_id = _require_own()
    text = _text_of(person_id, document_id)
    before = reads.state(person_id).with_operator(text.operator_id)
    form = ConsentForm()
    if before is None and not form.validate():
        return _text_page(person_id, document_id, form), HTTPStatus.UNPROCESSABLE_ENTITY
    changes.give(
        person_id=person_id,
        document_id=document_id,
        options={code: BOX + code in request.form for code in text.option_codes},
        actor_id=person_id,
    )
    flash(_("Отметки сохранены.") if before else _("Согласие записано."), "ok")
    return redirect(url_for("account.own_consents"))


@account.post("/account/consents/<document_id>/withdraw")
@screen(Permission.CONSENT_OWN)
def withdraw_consent(document_id: str) -> Page:
    """One click; a diagnosis that is being answered stops at once."""
    person_id = _require_own()
    text = _text_of(person_id, document_id)
    done = changes.withdraw(person_id, text.operator_id, actor_id=person_id)
    stopped = sittings.stop_of_person(person_id, actor_id=person_id)
    return render_template("account/consent_withdrawn.html", done=done, stopped=stopped, text=text)


def _require_own() -> str:
    """Id of the person who is signed in or came by their own link."""
    actor = guard.actor()
    person_id = actor.person_id or actor.link_person_id
    thing = Thing(kind="consents", id=person_id, person_id=person_id) if person_id else NOTHING
    guard.require(Permission.CONSENT_OWN, thing)
    return person_id or ""


def _text_of(person_id: str, document_id: str) -> ConsentText:
    """A text that is offered to this person or was agreed to; others look as if they were not there."""
    agreed = {one.document_id for one in reads.state(person_id).history}
    offered = {one.document_id for one in reading.texts_for(person_id)}
    if document_id not in agreed | offered:
        raise Missing
    return reads.text(document_id)


def _text_page(person_id: str, document_id: str, form: ConsentForm) -> str:
    text = _text_of(person_id, document_id)
    standing = reads.state(person_id).with_operator(text.operator_id)
    ticked = {code for code, on in standing.options.items() if on} if standing else set()
    if request.method == "POST":
        ticked = {code for code in text.option_codes if BOX + code in request.form}
    return render_template(
        "account/consent_text.html", text=text, form=form, standing=standing, ticked=ticked, box=BOX
    )
