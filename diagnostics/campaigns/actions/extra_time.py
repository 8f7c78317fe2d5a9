"""More time for one person: agreed before the work begins, or prolonged in the middle for what went wrong.

The reason is one of a short list, so that nobody's diagnosis is ever written down.
"""

from __future__ import annotations

from collections.abc import Collection

import sqlalchemy as sa

from diagnostics.audit import actions as audit
from diagnostics.campaigns.actions.loading import seat_row
from diagnostics.campaigns.errors import MoveRefused
from diagnostics.campaigns.models import Seat, SeatState
from diagnostics.database import moved, session
from diagnostics.errors import FieldRefused

LONGEST_EXTRA = 3.0
AGREED, ASKED, LANGUAGE, DEVICE = "agreed", "asked", "language", "device"
#: Why a person gets more time from the beginning.
BEFORE = (AGREED, ASKED, LANGUAGE, DEVICE)
LINK, BROKEN, INTERRUPTED, FORGOTTEN = "link", "broken", "interrupted", "forgotten"
#: Why a work that goes on is given more.
MEANWHILE = (LINK, BROKEN, INTERRUPTED, FORGOTTEN)


def set_extra_time(seat_id: str, factor: float, actor_id: str | None, *, reason: str = AGREED) -> None:
    """Before the beginning: 1 = as everybody, 1.5 = half as much again.

    Raises
    ------
    FieldRefused
        `extra_time_impossible`, `extra_time_reason`.
    MoveRefused
        `extra_time_begun`: the work goes on, `prolong` it; `seat_over`.
    """
    _check(factor, reason, BEFORE)
    _refuse_over(seat_id)
    _set(seat_id, factor, reason if factor > 1 else "", SeatState.EXPECTED, "extra_time_begun")
    audit.record(
        "seat.extra_time", actor_id=actor_id, kind="seat", object_id=seat_id, after=factor, note=reason
    )


def set_extra_times(seat_ids: Collection[str], factor: float, actor_id: str | None, *, reason: str) -> int:
    """The same for several people of a list; returns how many. All or nobody."""
    for seat_id in dict.fromkeys(seat_ids):
        set_extra_time(seat_id, factor, actor_id, reason=reason)
    return len(set(seat_ids))


def prolong(seat_id: str, factor: float, actor_id: str | None, *, reason: str) -> None:
    """A work that goes on gets more time than it had.

    Raises
    ------
    FieldRefused
        `extra_time_impossible`, `extra_time_reason`, `extra_time_less`.
    MoveRefused
        `extra_time_not_begun`, `seat_over`.
    """
    _check(factor, reason, MEANWHILE)
    before = seat_row(seat_id).extra_time
    _refuse_over(seat_id)
    if factor <= before:
        raise FieldRefused("extra_time_less", field="factor")
    _set(seat_id, factor, reason, SeatState.STARTED, "extra_time_not_begun")
    audit.record(
        "seat.prolong",
        actor_id=actor_id,
        kind="seat",
        object_id=seat_id,
        before=before,
        after=factor,
        note=reason,
    )


def _check(factor: float, reason: str, reasons: tuple[str, ...]) -> None:
    if not 1.0 <= factor <= LONGEST_EXTRA:
        raise FieldRefused("extra_time_impossible", field="factor", maximum=LONGEST_EXTRA)
    if factor > 1 and reason not in reasons:
        raise FieldRefused("extra_time_reason", field="reason")


def _refuse_over(seat_id: str) -> None:
    if seat_row(seat_id).state in {SeatState.SUBMITTED, SeatState.WITHDRAWN}:
        raise MoveRefused("seat_over")


def _set(seat_id: str, factor: float, reason: str, state: SeatState, otherwise: str) -> None:
    """One UPDATE: who begins at the same moment is either before it or after it."""
    done = moved(
        sa.update(Seat)
        .where(Seat.id == seat_id, Seat.state == state)
        .values(extra_time=factor, extra_reason=reason)
    )
    if not done:
        raise MoveRefused(otherwise)
    session.expire_all()
