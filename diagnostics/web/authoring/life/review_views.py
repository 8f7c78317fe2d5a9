"""«Проверка»: the whole draft on one page, what is said of it, and who lets it through."""

from __future__ import annotations

import enum
from collections.abc import Callable
from http import HTTPStatus
from typing import Any, TypeVar

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from diagnostics.access import Permission
from diagnostics.catalogue.actions import drafts as actions
from diagnostics.catalogue.draft_models import DraftKind
from diagnostics.catalogue.errors import DocumentRefused
from diagnostics.catalogue.models import Comparability, LifeState
from diagnostics.database import session
from diagnostics.errors import DomainError, FieldRefused
from diagnostics.web.authoring.blueprint import authoring
from diagnostics.web.authoring.life.forms import CommentForm, ReturnForm
from diagnostics.web.authoring.life.opened import Opened, me
from diagnostics.web.authoring.life.review_page import approve_form, review_page, submit_form
from diagnostics.web.form_fields import put_error
from diagnostics.web.guard import screen
from diagnostics.web.messages import sentence

Page = Response | str | tuple[str, int]
Kind = TypeVar("Kind", bound=enum.StrEnum)


@authoring.get("/instruments/drafts/<draft_id>/review")
@screen(Permission.INSTRUMENT_REVIEW)
def draft_review(draft_id: str) -> str:
    return review_page(Opened.to_read(draft_id))


@authoring.post("/instruments/drafts/<draft_id>/submit")
@screen(Permission.INSTRUMENT_EDIT)
def draft_submit(draft_id: str) -> Page:
    opened = Opened.to_write(draft_id)
    form = submit_form(opened, filled=False)
    if not form.validate_on_submit():
        return _again(opened, form)

    def act() -> None:
        actions.submit(
            draft_id,
            revision=form.revision.data or 0,
            to=_one_of(LifeState, _given(form, "to")) or LifeState.PUBLISHED,
            claim=_one_of(Comparability, _given(form, "claim")),
            anchors=_given(form, "anchors") or (),
            reason=form.reason.data or "",
            actor_id=me(),
        )

    return _done(opened, form, act, _("Отправлено на проверку. Проверит другой методист или эксперт."))


@authoring.post("/instruments/drafts/<draft_id>/take-back")
@screen(Permission.INSTRUMENT_EDIT)
def draft_take_back(draft_id: str) -> Page:
    opened = Opened.to_write(draft_id)
    actions.take_back(draft_id, actor_id=me())
    flash(_("Черновик снова у вас."), "ok")
    return redirect(opened.edit_href)


@authoring.post("/instruments/drafts/<draft_id>/approve")
@screen(Permission.INSTRUMENT_REVIEW)
def draft_approve(draft_id: str) -> Page:
    opened = Opened.to_read(draft_id)
    form = approve_form(opened)
    if not form.validate_on_submit():
        return _again(opened, form)

    def act() -> None:
        actions.approve(
            draft_id,
            revision=form.revision.data or 0,
            checklist=form.checklist.data or (),
            note=form.note.data or "",
            actor_id=me(),
        )

    return _done(opened, form, act, _approved_words(opened))


@authoring.post("/instruments/drafts/<draft_id>/return")
@screen(Permission.INSTRUMENT_REVIEW)
def draft_return(draft_id: str) -> Page:
    opened = Opened.to_read(draft_id)
    form = ReturnForm()
    if not form.validate_on_submit():
        return _again(opened, form)
    return _done(
        opened,
        form,
        lambda: actions.return_(draft_id, note=form.note.data or "", actor_id=me()),
        _("Черновик вернулся к авторам с вашими замечаниями."),
    )


@authoring.post("/instruments/drafts/<draft_id>/comments")
@screen(Permission.INSTRUMENT_REVIEW)
def draft_comment(draft_id: str) -> Page:
    opened = Opened.to_read(draft_id)
    form = CommentForm()
    if not form.validate_on_submit():
        return _again(opened, form)
    try:
        made = actions.comment(
            draft_id,
            place=form.place.data or "",
            body=form.body.data or "",
            actor_id=me(),
            answers_id=form.answers.data or None,
        )
    except FieldRefused as refused:
        session.rollback()
        put_error(form, refused, {})
        return _again(opened, form)
    return redirect(_back(draft_id, f"comment-{made.answers_id or made.id}"))


@authoring.post("/instruments/drafts/<draft_id>/comments/<comment_id>/<any(resolve, reopen):what>")
@screen(Permission.INSTRUMENT_REVIEW)
def draft_comment_turn(draft_id: str, comment_id: str, what: str) -> Response:
    Opened.to_read(draft_id)
    turn = actions.resolve if what == "resolve" else actions.reopen
    turn(draft_id, comment_id, actor_id=me())
    return redirect(_back(draft_id, f"comment-{comment_id}"))


@authoring.post("/instruments/drafts/<draft_id>/drop")
@screen(Permission.INSTRUMENT_EDIT)
def draft_drop(draft_id: str) -> Response:
    Opened.to_write(draft_id)
    actions.drop(draft_id, actor_id=me())
    flash(_("Черновик убран. Его можно вернуть из истории."), "ok")
    return redirect(url_for("authoring.draft_history", draft_id=draft_id))


@authoring.post("/instruments/drafts/<draft_id>/restore")
@screen(Permission.INSTRUMENT_EDIT)
def draft_restore(draft_id: str) -> Response:
    opened = Opened.to_write(draft_id)
    actions.restore(draft_id, actor_id=me())
    flash(_("Черновик возвращён."), "ok")
    return redirect(opened.edit_href)


def _done(opened: Opened, form: FlaskForm, act: Callable[[], None], words: str) -> Page:
    """The act and the page again; what was refused stands at its field, with what was typed."""
    try:
        act()
    except DocumentRefused:
        session.rollback()
        return _again(opened, form, told=_("Проверять рано: сначала исправьте ошибки из списка."))
    except FieldRefused as refused:
        session.rollback()
        put_error(form, refused, dict.fromkeys(actions.CHECKLIST, "checklist"))
        return _again(opened, form)
    except DomainError as refused:
        session.rollback()
        page = review_page(Opened.to_read(opened.id), told=sentence(refused.code, refused.parameters))
        return page, refused.status
    flash(words, "ok")
    return redirect(url_for("authoring.draft_review", draft_id=opened.id))


def _given(form: FlaskForm, name: str) -> Any:
    """What was posted in a field that this draft's form has; None in one that it has not."""
    return form[name].data if name in form else None


def _one_of(kind: type[Kind], value: object) -> Kind | None:
    return next((one for one in kind if one.value == value), None)


def _again(opened: Opened, form: FlaskForm, told: str = "") -> tuple[str, int]:
    return review_page(opened, form, told=told), HTTPStatus.UNPROCESSABLE_ENTITY


def _approved_words(opened: Opened) -> str:
    if opened.kind is DraftKind.SCORING:
        return _(
            "Исправленный ключ опубликован. Результаты пересчитываются: ход виден в «Отчётах и загрузках»."
        )
    if opened.view.wanted.get("to") == LifeState.PILOT.value:
        return _("Одобрено: версия передана в апробацию.")
    return _("Одобрено: версия опубликована.")


def _back(draft_id: str, anchor: str) -> str:
    """Where the comment was made from: the review, or the page of the editor that posted it."""
    given = request.form.get("next", "")
    own = url_for("authoring.draft_review", draft_id=draft_id)
    inside = given.startswith(f"/instruments/drafts/{draft_id}/") and "//" not in given and "\\" not in given
    return f"{given if inside else own}#{anchor}"
