"""One sitting: its facts, its answers, its receipt."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from diagnostics import database
from diagnostics.database import session
from diagnostics.database.prepared import Prepared
from diagnostics.sittings.models import AnswerEvent, LateEvent, Sitting, SittingState
from diagnostics.sittings.standing import EventRow, Standing, standing
from instruments.items import Answer

CHUNK = 500  # ids in one IN list


@dataclass(frozen=True, slots=True)
class SittingView:
    id: str
    seat_id: str
    instrument_id: str
    form: str
    language: str
    state: SittingState
    started_at: datetime
    submitted_at: datetime | None
    receipt: str | None  # its number, «7KQ2-M4XD»
    answers_hash: str | None  # SHA-256 of the canonical answers
    seed: int  # of its own order of items and options


_VIEW = (
    Sitting.id,
    Sitting.seat_id,
    Sitting.instrument_id,
    Sitting.form,
    Sitting.language,
    Sitting.state,
    Sitting.started_at,
    Sitting.submitted_at,
    Sitting.receipt,
    Sitting.answers_hash,
    Sitting.seed,
)


def many(sitting_ids: Collection[str]) -> list[SittingView]:
    """Those that are there, in the order of ids."""
    ids = sorted(sitting_ids)
    found: list[SittingView] = []
    for start in range(0, len(ids), CHUNK):
        chosen = sa.select(*_VIEW).where(Sitting.id.in_(ids[start : start + CHUNK])).order_by(Sitting.id)
        found += [SittingView(*tuple(row)) for row in session.execute(chosen)]
    return found


_BY_ID = Prepared(sa.select(*_VIEW).where(Sitting.id == sa.bindparam("known")))
_BY_SEAT = Prepared(sa.select(*_VIEW).where(Sitting.seat_id == sa.bindparam("known")))
_BY_RECEIPT = Prepared(sa.select(*_VIEW).where(Sitting.receipt == sa.bindparam("known")))


def one(sitting_id: str) -> SittingView | None:
    return _view(_BY_ID, sitting_id)


def of_seat(seat_id: str) -> SittingView | None:
    """The sitting of a seat: a seat has at most one."""
    return _view(_BY_SEAT, seat_id)


def receipt_of(number: str) -> SittingView | None:
    """The sent sitting behind a receipt number, to check its answers again."""
    return _view(_BY_RECEIPT, number)


_EVENTS = Prepared(
    sa.select(
        AnswerEvent.position,
        AnswerEvent.kind,
        AnswerEvent.item,
        AnswerEvent.value,
        AnswerEvent.client,
        AnswerEvent.rival,
        AnswerEvent.at,
    )
    .where(AnswerEvent.sitting_id == sa.bindparam("sitting"))
    .order_by(AnswerEvent.position)
)


def standing_of(sitting_id: str) -> Standing:
    """Where a sitting stands, by its events. One statement."""
    rows = _EVENTS.all(database.connection(), {"sitting": sitting_id})
    return standing(map(EventRow._make, rows))


def answers(sitting_id: str) -> dict[str, Answer]:
    """Item → current answer; items without one are absent."""
    return dict(standing_of(sitting_id).answers)


def shown(sitting_id: str) -> set[str]:
    """Items that were before the person's eyes: left, answered or marked at least once."""
    return set(standing_of(sitting_id).shown)


def late_of(sitting_id: str) -> int:
    """How many events came too late and are kept apart."""
    return (
        session.scalar(
            sa.select(sa.func.count()).select_from(LateEvent).where(LateEvent.sitting_id == sitting_id)
        )
        or 0
    )


def _view(query: Prepared, known: str) -> SittingView | None:
    row = query.first(database.written(), {"known": known})
    return None if row is None else SittingView(*row)
