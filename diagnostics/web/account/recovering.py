"""One-time links: an invitation opens an account, a reset mends it. GET shows, POST uses."""

from __future__ import annotations

from datetime import timedelta
from http import HTTPStatus

from flask import flash, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from diagnostics import clock
from diagnostics.access import Permission
from diagnostics.errors import FieldRefused
from diagnostics.outbox import actions as outbox
from diagnostics.people import passwords
from diagnostics.people.actions import throttling, tokens
from diagnostics.people.actions.throttling import attempt_key
from diagnostics.people.models import TokenKind
from diagnostics.people.queries.accounts import OneTimeLink, one_time_link, person_of_login
from diagnostics.web import guard
from diagnostics.web.account import admission, asking
from diagnostics.web.account.blueprint import account
from diagnostics.web.account.forms import ForgotForm, NewPasswordForm
from diagnostics.web.form_fields import put_error
from diagnostics.web.guard import screen

Page = str | Response | tuple[str, int]
TEMPLATES = {TokenKind.INVITATION: "account/invitation.html", TokenKind.RESET: "account/reset.html"}


@account.route("/forgot", methods=["GET", "POST"])
@screen(Permission.PUBLIC, of_object=False)
def forgot() -> Page:
    """The same words whether the address is known or not."""
    form = ForgotForm()
    if not form.validate_on_submit():
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
        return render_template("account/forgot.html", form=form), status
    limits = guard.settings().limits
    key = attempt_key("reset", form.email.data.strip().casefold(), asking.network())
    throttling.refuse_if_throttled(key, limits)
    throttling.note_failure(key)
    person_id = person_of_login(form.email.data)
    if person_id is not None:
        _write_letter(person_id, form.email.data.strip())
    return render_template("account/forgot_sent.html", minutes=limits.reset_minutes)


@account.route("/reset/<secret>", methods=["GET", "POST"])
@screen(Permission.PUBLIC, of_object=False)
def reset(secret: str) -> Page:
    return _one_time(secret, TokenKind.RESET)


@account.route("/invite/<secret>", methods=["GET", "POST"])
@screen(Permission.PUBLIC, of_object=False)
def invitation(secret: str) -> Page:
    return _one_time(secret, TokenKind.INVITATION)


def _one_time(secret: str, kind: TokenKind) -> Page:
    with asking.before_writing():
        link = one_time_link(secret, kind)
        other = _other_person(link)
    if other:
        page = render_template("account/switch.html", link=link, name=other)
        return page, HTTPStatus.CONFLICT
    form = NewPasswordForm()
    if not form.validate_on_submit():
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
        return render_template(TEMPLATES[kind], link=link, form=form), status
    limits = guard.settings().limits
    try:
        new_hash = passwords.hashed(form.password.data, limits, login=link.login)
    except FieldRefused as refused:
        put_error(form, refused, {})
        return render_template(TEMPLATES[kind], link=link, form=form), HTTPStatus.UNPROCESSABLE_ENTITY
    used = tokens.use(secret, kind, password_hash=new_hash)
    answer = admission.admit(used.person_id, url_for("home.index"))
    flash(_("Пароль сохранён."), "ok")
    return answer


def _other_person(link: OneTimeLink) -> str:
    """The name of somebody else who is signed in here; empty when nobody is."""
    me = guard.viewer()
    return me.name if me is not None and me.facts.person_id != link.person_id else ""


def _write_letter(person_id: str, address: str) -> None:
    config = guard.settings()
    secret = tokens.start_reset(person_id=person_id, limits=config.limits, actor_id=person_id)
    # The configured address, never the Host header: a letter must not lead to another site.
    link = config.public_url + url_for("account.reset", secret=secret)
    outbox.write(
        to_address=address,
        subject=_("Новый пароль в системе «Ориентир»"),
        text=render_template("account/letters/reset.txt", link=link, minutes=config.limits.reset_minutes),
        about="reset",
        to_person_id=person_id,
        sender_id=None,
        readable_until=clock.now() + timedelta(minutes=config.limits.reset_minutes),
    )
