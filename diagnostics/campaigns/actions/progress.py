"""How far a seat is: moved by the sittings that answer it."""

from __future__ import annotations

from typing import NamedTuple

import sqlalchemy as sa

from diagnostics import clock, database
from diagnostics.audit import actions as audit
from diagnostics.campaigns.actions.loading import seat_row
from diagnostics.campaigns.actions.nameless import forget_code
from diagnostics.campaigns.models import Seat, SeatState, SeatToken
from diagnostics.campaigns.moves import move_seat
from diagnostics.database import session
from diagnostics.database.prepared import Prepared
from diagnostics.errors import Missing


class _Seat(NamedTuple):
    id: str
    state: SeatState
    circle_id: str | None


_SEAT = Prepared(sa.select(Seat.id, Seat.state, Seat.circle_id).where(Seat.id == sa.bindparam("seat")))


def mark_started(seat_id: str) -> None:
    """Expected → started; again it changes nothing. MoveRefused for a submitted or withdrawn seat."""
    seat = _seat(seat_id)
    if seat.state is SeatState.STARTED:
        return
    move_seat(seat_id, SeatState.STARTED)
    _note("start", seat)


def mark_submitted(seat_id: str) -> None:
    """Started (or expected) → submitted; again it changes nothing. MoveRefused for a withdrawn seat."""
    seat = _seat(seat_id)
    if seat.state is SeatState.SUBMITTED:
        return
    move_seat(seat_id, SeatState.SUBMITTED)
    _note("submit", seat)
    if seat.circle_id is not None:
        forget_code(seat_id)


def withdraw_seat(seat_id: str, actor_id: str | None) -> None:
    """Take a person out of a wave: links and cards of the seat stop working; answers given stay."""
    if seat_row(seat_id).state is SeatState.WITHDRAWN:
        return
    move_seat(seat_id, SeatState.WITHDRAWN)
    session.execute(
        sa.update(SeatToken)
        .where(SeatToken.seat_id == seat_id, SeatToken.revoked_at.is_(None))
        .values(revoked_at=clock.now())
        .execution_options(synchronize_session="fetch")
    )
    audit.record("seat.withdraw", actor_id=actor_id, kind="seat", object_id=seat_id)


def _seat(seat_id: str) -> _Seat:
    row = _SEAT.first(database.written(), {"seat": seat_id})
    if row is None:
        raise Missing
    return _Seat(*row)


def _note(act: str, seat: _Seat) -> None:
    """Of who has no name the row tells the circle and the hour, neither the seat nor the minute."""
    if seat.circle_id is None:
        audit.record(f"seat.{act}", actor_id=None, kind="seat", object_id=seat.id)
    else:
        at = clock.hour(clock.now())
        audit.record(f"circle.{act}", actor_id=None, kind="circle", object_id=seat.circle_id, at=at)
