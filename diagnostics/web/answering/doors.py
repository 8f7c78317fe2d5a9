"""Ways in: a link, a signed-in teacher's own seat. GET shows, POST opens (mail scanners open links)."""

from __future__ import annotations

from http import HTTPStatus

from flask import flash, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from diagnostics.access import Permission, things
from diagnostics.campaigns import actions as campaigns
from diagnostics.campaigns.actions import TokenFacts
from diagnostics.campaigns.errors import TokenGone
from diagnostics.campaigns.models import SeatState
from diagnostics.campaigns.queries.requests import request_of
from diagnostics.sittings import actions as sittings
from diagnostics.sittings import queries as reading
from diagnostics.sittings.models import SittingState
from diagnostics.sittings.queries import SittingView
from diagnostics.web import guard
from diagnostics.web.answering import held, keys
from diagnostics.web.answering.blueprint import answering
from diagnostics.web.answering.forms import SurnameForm
from diagnostics.web.answering.told import Resume, Work, door_state, late_told
from diagnostics.web.messages import sentence
from diagnostics.web.network import network

EXPIRED = "link_expired"


@answering.get("/i/<secret>")
@guard.direct
@guard.screen(Permission.PUBLIC, of_object=False)
def invitation(secret: str) -> str | tuple[str, int]:
    try:
        token = campaigns.find_by_link(secret)
    except TokenGone as gone:
        return link_over(gone, secret)
    return invitation_page(token, SurnameForm())


@answering.post("/i/<secret>")
@guard.screen(Permission.PUBLIC, of_object=False)
def open_link(secret: str) -> Response | str | tuple[str, int]:
    try:
        token = campaigns.find_by_link(secret)
    except TokenGone as gone:
        return link_over(gone, secret)
    return open_token(token)


@answering.get("/seat/<seat_id>")
@guard.direct
@guard.screen(Permission.SEAT_ANSWER)
def seat(seat_id: str) -> Response:
    """The one door behind all others: where this seat stands decides where it leads."""
    guard.require(Permission.SEAT_ANSWER, things.seat(seat_id))
    sitting = reading.of_seat(seat_id)
    if sitting is not None and sitting.state is SittingState.SUBMITTED:
        return redirect(url_for("answering.done", sitting_id=sitting.id))
    return redirect(url_for("answering.start_page", place_id=seat_id))


def invitation_page(token: TokenFacts, form: SurnameForm, *, status: int = 200) -> str | tuple[str, int]:
    """Who invites, to what, until when; a stranger who is signed in is asked to switch instead."""
    told = reading.invitation(token.seat_id)
    if _is_other(token):
        return render_template("answering/switch.html", told=told), HTTPStatus.CONFLICT
    sitting = reading.of_seat(token.seat_id)
    page = render_template(
        "answering/invitation.html",
        told=told,
        form=form,
        work=Work.of(told, sitting),
        ask_name=asks_surname(token),
        state=door_state(told, sitting),
        resume=Resume.of(sitting) if sitting else None,
        action=request.path,
    )
    return page, status


def open_token(token: TokenFacts) -> Response | str | tuple[str, int]:
    """Confirm the surname at the first use, open the link session, go on to where the seat stands."""
    form = SurnameForm()
    if _is_other(token):
        return invitation_page(token, form)
    if asks_surname(token):
        refused = _surname_refused(token, form)
        if refused:
            return invitation_page(token, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    if guard.viewer() is None:
        session[guard.LINK] = token.token_id
    resumed = _resume(token)
    return resumed or redirect(url_for("answering.seat", seat_id=token.seat_id))


def link_over(gone: TokenGone, secret: str = "") -> tuple[str, int]:
    """Without `secret` (a paper card) nothing can be asked by a link: the page names the organiser."""
    told = reading.invitation(gone.seat_id)
    sitting = reading.of_seat(gone.seat_id)
    page = render_template(
        "answering/over.html",
        told=told,
        text=sentence(gone.code),
        is_done=told.seat.state is SeatState.SUBMITTED,
        secret=secret if gone.code == EXPIRED else "",
        request=request_of(gone.seat_id),
        **late_told(sitting),
    )
    return page, HTTPStatus.GONE


def asks_surname(token: TokenFacts) -> bool:
    """Once a link; not where no person is named, nor of who is signed in as this very person."""
    return token.person_id is not None and not token.confirmed and guard.viewer() is None


def _is_other(token: TokenFacts) -> bool:
    me = guard.viewer()
    return me is not None and me.facts.person_id != token.person_id


def _surname_refused(token: TokenFacts, form: SurnameForm) -> bool:
    if not form.validate_on_submit():
        return True
    attempt = sittings.attempt_keys(token.seat_id, token.token_id, network())
    sittings.refuse_if_throttled(attempt, guard.settings().limits)
    if campaigns.confirm(token.token_id, surname=form.surname.data or ""):
        return False
    sittings.note_failure(attempt)
    form.surname.errors = [
        _("Фамилия не совпала с карточкой. Если она изменилась, напишите организатору: поправит в списке.")
    ]
    return True


def _resume(token: TokenFacts) -> Response | None:
    """Begun before: straight to the question where the person stopped, on this device too."""
    told = reading.invitation(token.seat_id)
    sitting = reading.of_seat(token.seat_id)
    if sitting is None:
        return None
    if door_state(told, sitting) != "resume":
        held.come_late(sitting.id, token_id=token.token_id, person_id=token.person_id)
        return None
    if reading.consent_to_ask(token.person_id, told.seat.campaign_id) is not None:
        return None
    held.come_in(
        keys.begin(
            seat_id=token.seat_id,
            token_id=token.token_id,
            person_id=token.person_id,
            language=sitting.language,
        )
    )
    return to_where_stopped(sitting, told.seat.zone)


def to_where_stopped(sitting: SittingView, zone: str, *, nameless: bool = False) -> Response:
    """`nameless`: the hour is all that is kept of such a sitting, so no time is told."""
    resume = Resume.of(sitting)
    flash(resume.place_words() if nameless else resume.words(zone), "info")
    return redirect(url_for("answering.question", sitting_id=sitting.id, place=resume.place))
