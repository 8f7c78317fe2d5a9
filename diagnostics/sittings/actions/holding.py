"""An answer posted by a browser whose key or page is out of date is kept until its person has come in again.

It is bound to that browser by a random mark in a cookie and counts for nothing until it is taken: whoever comes
into the sitting by another browser does not get it, and after a day it is gone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from diagnostics import clock
from diagnostics.campaigns.models import Campaign, Privacy, Seat, Wave
from diagnostics.database import session, take_turn
from diagnostics.identifiers import digest
from diagnostics.sittings.entry_models import HeldAnswer
from diagnostics.sittings.models import Sitting, SittingState

KEPT = timedelta(days=1)
MOST = 20  # questions of one sitting by one browser
MOST_OF_SITTING = 60  # by all browsers: who knows an address cannot fill the disk
LONGEST = 256 * 1024  # characters of one answer with the names of its fields

Fields = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Held:
    """A posted form: the question, the position its page had shown, its fields."""

    item: str
    base: int
    fields: tuple[tuple[str, str], ...]


def hold(sitting_id: str, mark: str, held: Held) -> bool:
    """Keep a posted answer; the newest of one question. False when it cannot be kept.

    That is: no such sitting or one that takes nothing for good, too long, or too many.
    """
    privacy = _privacy(sitting_id)
    if privacy is None or _size(held.fields) > LONGEST:
        return False
    mark_hash = _hash(mark)
    take_turn(f"held:{sitting_id}")  # a button pressed twice sends two of the same
    ours = (HeldAnswer.sitting_id == sitting_id, HeldAnswer.mark_hash == mark_hash)
    session.execute(sa.delete(HeldAnswer).where(*ours, HeldAnswer.item == held.item))
    if _count(*ours) >= MOST or _count(HeldAnswer.sitting_id == sitting_id) >= MOST_OF_SITTING:
        return False
    now = clock.now()
    body = {"base": held.base, "fields": [list(pair) for pair in held.fields]}
    at = clock.hour(now) if privacy is Privacy.ANONYMOUS else now
    session.add(HeldAnswer(mark_hash=mark_hash, sitting_id=sitting_id, item=held.item, body=body, at=at))
    session.flush()
    return True


def waits(sitting_id: str, mark: str) -> bool:
    """Whether this browser left something behind."""
    return _count(*_of(sitting_id, mark)) > 0


def take(sitting_id: str, mark: str) -> list[Held]:
    """What this browser left behind, in the order of posting; it is not held any longer."""
    query = sa.select(HeldAnswer).where(*_of(sitting_id, mark)).order_by(HeldAnswer.at, HeldAnswer.id)
    rows = session.scalars(query).all()
    for row in rows:
        session.delete(row)
    session.flush()
    return [
        Held(row.item, int(row.body["base"]), tuple((name, value) for name, value in row.body["fields"]))
        for row in rows
    ]


def clear(now: datetime) -> int:
    """Erase what nobody came back for; returns how many."""
    done = session.execute(sa.delete(HeldAnswer).where(HeldAnswer.at <= now - KEPT))
    return int(done.rowcount)  # type: ignore[attr-defined]  # CursorResult for DML


def _privacy(sitting_id: str) -> Privacy | None:
    return session.scalar(
        sa.select(Campaign.privacy)
        .join(Wave, Wave.campaign_id == Campaign.id)
        .join(Seat, Seat.wave_id == Wave.id)
        .join(Sitting, Sitting.seat_id == Seat.id)
        .where(Sitting.id == sitting_id, Sitting.state.in_([SittingState.OPEN, SittingState.SUBMITTED]))
    )


def _count(*conditions: sa.ColumnElement[bool]) -> int:
    return session.scalar(sa.select(sa.func.count()).select_from(HeldAnswer).where(*conditions)) or 0


def _size(fields: Fields) -> int:
    return sum(len(name) + len(value) for name, value in fields)


def _hash(mark: str) -> str:
    return digest(f"held:{mark}")


def _of(sitting_id: str, mark: str) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        HeldAnswer.sitting_id == sitting_id,
        HeldAnswer.mark_hash == _hash(mark),
        HeldAnswer.at > clock.now() - KEPT,
    )
