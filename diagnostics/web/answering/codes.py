"""Sign in with a paper card: the school's code and one's own."""

from __future__ import annotations

from http import HTTPStatus

from flask import redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from diagnostics.access import Permission
from diagnostics.campaigns import actions as campaigns
from diagnostics.campaigns.actions import TokenFacts
from diagnostics.campaigns.codes import MISSING_CHARACTERS, normalised
from diagnostics.campaigns.errors import TokenGone
from diagnostics.campaigns.queries.circles import link_of_code
from diagnostics.errors import Missing, TooMany
from diagnostics.sittings import actions as sittings
from diagnostics.web import guard
from diagnostics.web.answering import doors
from diagnostics.web.answering.blueprint import answering
from diagnostics.web.answering.forms import CodeForm, SurnameForm
from diagnostics.web.messages import sentence
from diagnostics.web.network import network

CARD = "card"  # key of the signed cookie: the two codes of a card that waits for its surname


@answering.get("/code")
@guard.screen(Permission.PUBLIC, of_object=False)
def code() -> str:
    return _page(CodeForm(school=request.args.get("school", "")))


@answering.post("/code")
@guard.screen(Permission.PUBLIC, of_object=False)
def enter_code() -> Response | str | tuple[str, int]:
    form = CodeForm()
    if not form.validate_on_submit():
        return _page(form), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        return _enter(form)
    except TokenGone as gone:
        return doors.link_over(gone)
    except TooMany as slowed:
        form.code.errors = [sentence(slowed.code, slowed.parameters)]
        return _page(form), slowed.status


@answering.get("/code/name")
@guard.screen(Permission.PUBLIC, of_object=False)
def card() -> Response | str | tuple[str, int]:
    """«Анна С., школа № 12 — это вы?»"""
    token = _waiting()
    return doors.invitation_page(token, SurnameForm()) if token else redirect(url_for("answering.code"))


@answering.post("/code/name")
@guard.screen(Permission.PUBLIC, of_object=False)
def confirm_card() -> Response | str | tuple[str, int]:
    token = _waiting()
    return doors.open_token(token) if token else redirect(url_for("answering.code"))


def _enter(form: CodeForm) -> Response | str | tuple[str, int]:
    slip = _slip(form)
    if slip is not None:
        return redirect(url_for("answering.circle_door", secret=slip))
    token = _find(form)
    if token is None:
        return _page(form), HTTPStatus.UNPROCESSABLE_ENTITY
    if doors.asks_surname(token):
        session[CARD] = [form.school.data, form.code.data]
        return redirect(url_for("answering.card"))
    return doors.open_token(token)


def _slip(form: CodeForm) -> str | None:
    """The link behind a one-time code of an anonymous sheet; it is tried before the slow search of cards."""
    school, typed = form.school.data or "", form.code.data or ""
    sittings.refuse_if_throttled(_attempt(school, typed), guard.settings().limits)
    return link_of_code(school, typed, secret=guard.settings().secret_key)


def _attempt(school: str, typed: str) -> tuple[str, str]:
    return sittings.attempt_keys(school, normalised(typed), network())


def _find(form: CodeForm) -> TokenFacts | None:
    """The seat behind the card, or None with the words of the mistake in the form."""
    school, typed = form.school.data or "", form.code.data or ""
    attempt = _attempt(school, typed)
    sittings.refuse_if_throttled(attempt, guard.settings().limits)
    try:
        return campaigns.find_by_paper(school, typed)
    except Missing:
        sittings.note_failure(attempt)
        never = ", ".join(MISSING_CHARACTERS)
        form.code.errors = [
            _("Такого кода нет. Проверьте оба: в вашем коде не бывает знаков %(never)s.", never=never)
        ]
        return None


def _waiting() -> TokenFacts | None:
    school, typed = session.get(CARD) or ("", "")
    try:
        return campaigns.find_by_paper(school, typed)
    except (Missing, TokenGone):
        return None


def _page(form: CodeForm) -> str:
    return render_template("answering/code.html", form=form)
