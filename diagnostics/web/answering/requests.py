"""«Не могу участвовать» and «Попросить продлить»: by the link of a letter, without signing in.

GET shows, POST does: mail scanners open links.
"""

from __future__ import annotations

from http import HTTPStatus

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from diagnostics import clock
from diagnostics.access import Permission, things
from diagnostics.campaigns import actions as campaigns
from diagnostics.campaigns.errors import TokenGone
from diagnostics.campaigns.models import SeatState, WaveState
from diagnostics.campaigns.queries.requests import request_of
from diagnostics.sittings import queries as reading
from diagnostics.web import guard
from diagnostics.web.answering import doors
from diagnostics.web.answering.blueprint import answering
from diagnostics.web.terms import DECLINE_WORDS

Page = str | tuple[str, int]


@answering.get("/i/<secret>/decline")
@guard.screen(Permission.PUBLIC, of_object=False)
def decline_page(secret: str) -> Page:
    return _page(secret, "decline")


@answering.post("/i/<secret>/decline")
@guard.screen(Permission.PUBLIC, of_object=False)
def decline(secret: str) -> Response | Page:
    seat_id = _seat(secret)
    if not isinstance(seat_id, str):
        return seat_id
    told = reading.invitation(seat_id)
    if told.seat.state is not SeatState.SUBMITTED and told.seat.wave_state is not WaveState.CLOSED:
        campaigns.decline(seat_id, request.form.get("reason", ""))
    return redirect(url_for("answering.decline_page", secret=secret))


@answering.get("/i/<secret>/extend")
@guard.screen(Permission.PUBLIC, of_object=False)
def extend_page(secret: str) -> Page:
    return _page(secret, "extend")


@answering.post("/i/<secret>/extend")
@guard.screen(Permission.PUBLIC, of_object=False)
def extend(secret: str) -> Response | Page:
    seat_id = _seat(secret)
    if not isinstance(seat_id, str):
        return seat_id
    campaigns.ask_extension(seat_id)
    return redirect(url_for("answering.extend_page", secret=secret))


@answering.post("/seat/<seat_id>/extend")
@guard.screen(Permission.SEAT_ANSWER)
def seat_extend(seat_id: str) -> Response:
    """The same for who is signed in and has no letter at hand."""
    guard.require(Permission.SEAT_ANSWER, things.seat(seat_id))
    campaigns.ask_extension(seat_id)
    return redirect(url_for("answering.start_page", place_id=seat_id))


def _seat(secret: str) -> str | tuple[str, int]:
    """The seat behind the link, or the page that is shown instead."""
    try:
        seat_id = campaigns.asker_of(secret)
    except TokenGone as gone:
        return doors.link_over(gone)
    told = reading.invitation(seat_id)
    me = guard.viewer()
    if me is not None and me.facts.person_id != told.seat.respondent_id:
        return render_template("answering/switch.html", told=told), HTTPStatus.CONFLICT
    return seat_id


def _page(secret: str, wish: str) -> Page:
    seat_id = _seat(secret)
    if not isinstance(seat_id, str):
        return seat_id
    told = reading.invitation(seat_id)
    return render_template(
        "answering/request.html",
        told=told,
        wish=wish,
        secret=secret,
        request=request_of(seat_id),
        reasons=DECLINE_WORDS,
        is_open=told.seat.wave_state is WaveState.OPEN and told.seat.closes_at > clock.now(),
    )
