"""The anonymous door: a link for all or the link of one slip. No sign-in, no name; GET shows, POST begins."""

from __future__ import annotations

from http import HTTPStatus
from typing import NamedTuple

from flask import redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from diagnostics.access import Permission
from diagnostics.campaigns.actions import nameless
from diagnostics.campaigns.circle_models import CircleWay
from diagnostics.campaigns.errors import MoveRefused
from diagnostics.campaigns.queries.circles import Door, door_of, minimum_of
from diagnostics.errors import TooMany
from diagnostics.sittings import actions as sittings
from diagnostics.sittings import queries as reading
from diagnostics.sittings.models import SittingState
from diagnostics.sittings.queries import SittingView
from diagnostics.web import guard
from diagnostics.web.answering import doors, held, keys
from diagnostics.web.answering.blueprint import answering
from diagnostics.web.answering.told import Resume, Work
from diagnostics.web.messages import sentence
from diagnostics.web.network import network

CIRCLES = "circles"  # key of the signed cookie: {circle id: [sitting id, secret]}, the newest last
MOST_CIRCLES = 4
CLOSED_STATUS = {
    "spent": HTTPStatus.CONFLICT,
    "revoked": HTTPStatus.GONE,
    "over": HTTPStatus.GONE,
    "paused": HTTPStatus.CONFLICT,
}


class Here(NamedTuple):
    """How the door stands for this browser."""

    door: Door
    state: str  # as Door.state, or `done`: sent from this browser by the link for all
    sitting: SittingView | None


@answering.get("/r/<secret>")
@guard.screen(Permission.PUBLIC, of_object=False)
def circle_door(secret: str) -> str | tuple[str, int]:
    return _page(_here(door_of(secret)))


@answering.post("/r/<secret>")
@guard.screen(Permission.PUBLIC, of_object=False)
def circle_begin(secret: str) -> Response | str | tuple[str, int]:
    """`go`: begin, resume, or again (another person takes the same phone)."""
    here = _here(door_of(secret))
    again = request.form.get("go") == "again" and here.door.way is CircleWay.LINK
    if here.state == "resume" and not again:
        return _resume(here, secret)
    if here.state not in ("begin", "resume") and not (here.state == "done" and again):
        return _page(here)
    try:
        seat_id = _seat(here.door)
    except TooMany as slowed:
        return _page(here, error=sentence(slowed.code, slowed.parameters), status=slowed.status)
    except MoveRefused:  # another phone was quicker with the same slip, or the collection was closed
        return _page(_here(door_of(secret)))
    started = keys.begin(seat_id=seat_id, token_id=None, person_id=None)
    _remember(here.door, started.sitting_id, secret)
    return redirect(url_for("answering.question", sitting_id=started.sitting_id, place=1))


def address_of(sitting_id: str) -> str | None:
    """The link for all by which this browser came to a sitting: for the next person with the same phone."""
    for kept_id, secret in session.get(CIRCLES, {}).values():
        if kept_id == sitting_id:
            return url_for("answering.circle_door", secret=secret)
    return None


def _here(door: Door) -> Here:
    if door.way is not CircleWay.LINK:
        return Here(door, door.state, reading.of_seat(door.seat_id) if door.seat_id else None)
    kept_id, _secret = session.get(CIRCLES, {}).get(door.circle_id, ("", ""))
    sitting = reading.one(kept_id) if kept_id else None
    if sitting is not None and sitting.state is SittingState.SUBMITTED:
        return Here(door, "done" if door.state == "begin" else door.state, sitting)
    if sitting is not None and door.state == "begin" and keys.holds(kept_id):
        return Here(door, "resume", sitting)
    return Here(door, door.state, None)


def _resume(here: Here, secret: str) -> Response:
    """The same sitting: by the slip with a new key, so that another phone may go on; by the link with the key kept."""
    if here.sitting is None:  # begun by the slip a moment ago, on its way
        return redirect(url_for("answering.circle_door", secret=secret))
    if here.door.seat_id is not None:
        held.come_in(keys.begin(seat_id=here.door.seat_id, token_id=None, person_id=None))
    return doors.to_where_stopped(here.sitting, here.door.zone, nameless=True)


def _seat(door: Door) -> str:
    if door.code_id is not None:
        return nameless.seat_by_code(door.code_id)
    sittings.refuse_crowd(door.circle_id, network(), guard.settings().limits)
    return nameless.seat_by_link(door.circle_id)


def _remember(door: Door, sitting_id: str, secret: str) -> None:
    if door.way is not CircleWay.LINK:
        return
    kept = {key: value for key, value in session.get(CIRCLES, {}).items() if key != door.circle_id}
    newest = list(kept.items())[-(MOST_CIRCLES - 1) :]
    session[CIRCLES] = {**dict(newest), door.circle_id: [sitting_id, secret]}


def _page(here: Here, *, error: str = "", status: int | None = None) -> str | tuple[str, int]:
    door = here.door
    page = render_template(
        "answering/circle.html",
        door=door,
        state=here.state,
        work=Work.of_form(door.instrument_id, door.form),
        minimum=minimum_of(door.respondent_group, guard.settings().limits),
        resume=Resume.of(here.sitting) if here.sitting and here.state == "resume" else None,
        error=error,
        errors=[error] if error else None,
    )
    code = status or CLOSED_STATUS.get(here.state)
    return page if code is None else (page, code)
