"""Clarifying tasks: offered after the form, drawn one by one, ended by the rule, the limit or the person."""

from __future__ import annotations

from http import HTTPStatus

from flask import Response as FlaskResponse
from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response

from diagnostics import clock
from diagnostics.access import Permission
from diagnostics.findings.actions import clarifying
from diagnostics.findings.actions.clarifying import Further
from diagnostics.measurement.adaptive.clarifying import Clarified
from diagnostics.sittings.models import SittingState
from diagnostics.sittings.queries import Writing
from diagnostics.web import guard
from diagnostics.web.answering import ending
from diagnostics.web.answering.blueprint import answering
from diagnostics.web.answering.keys import hold
from diagnostics.web.answering.page import Sheet
from diagnostics.web.answering.timing import time_left

#: Buttons of a clarifying task after which the next one is drawn.
ONWARD = ("next", "skip")
Page = Response | FlaskResponse | str | tuple[str, int]


@answering.get("/t/<sitting_id>/clarify")
@guard.screen(Permission.SITTING_WRITE, Permission.SEAT_ANSWER)
def clarify(sitting_id: str) -> Page:
    """What is offered, where it stands, or that it is over; from here the work is sent."""
    writing = ending.opened(sitting_id)
    if not isinstance(writing, Writing):
        return writing
    found = clarifying.further(sitting_id)
    if found is None:
        return redirect(url_for("answering.review", sitting_id=sitting_id))
    sheet = Sheet.of(writing)
    return render_template(
        "answering/clarify.html",
        sheet=sheet,
        further=found,
        place=sheet.places.get(found.open or "", 0),
        asks=found.next.state is Clarified.ASK,
        is_clear=found.next.state is Clarified.CLEAR,
        clock=time_left(writing),
    )


@answering.post("/t/<sitting_id>/clarify")
@guard.screen(Permission.SITTING_WRITE)
def clarify_next(sitting_id: str) -> Page:
    """Draw the next task and go to it; the one that waits for its answer stays the next."""
    writing = hold(sitting_id)
    closed = ending.closed(writing)
    return closed if closed is not None else onward(sitting_id)


def onward(sitting_id: str) -> Response:
    """To the next task, or to the page that says why there is none."""
    found = clarifying.draw_next(sitting_id)
    if found is None or found.open is None:
        return redirect(url_for("answering.clarify", sitting_id=sitting_id), HTTPStatus.SEE_OTHER)
    place = _place_of(sitting_id, found)
    return redirect(url_for("answering.question", sitting_id=sitting_id, place=place), HTTPStatus.SEE_OTHER)


def is_offered(writing: Writing) -> bool:
    """Whether the person is to be asked before the work is sent: nothing was drawn yet and there is what to draw."""
    if (
        writing.state is not SittingState.OPEN
        or writing.paused_at is not None
        or clock.now() > writing.ends_at
    ):
        return False
    found = clarifying.further(writing.sitting_id)
    return found is not None and not found.drawn


def has_begun(sheet: Sheet, place: int) -> bool:
    """Whether a question of the form is closed: once a further task was seen, its answers stay as they are."""
    code = sheet.steps[place - 1].item.code
    return bool(sheet.standing.drawn) and not sheet.is_drawn(place) and code not in sheet.standing.conflicts


def _place_of(sitting_id: str, found: Further) -> int:
    writing = hold(sitting_id)
    return Sheet.of(writing).places[found.open or ""]
