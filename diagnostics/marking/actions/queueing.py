"""Scored works bring their texts here, and take the agreed points away: both in the transaction of the scoring."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from diagnostics import clock
from diagnostics.audit import actions as audit
from diagnostics.campaigns.models import Seat
from diagnostics.database import session
from diagnostics.marking import moves
from diagnostics.marking.models import MarkedText, TextState
from diagnostics.sittings.models import Sitting


@dataclass(frozen=True, slots=True)
class Waiting:
    """The texts of one sent work. `stamps`: item → stamp of its words and rubric, of every one that stands."""

    sitting_id: str
    campaign_id: str
    scoring_id: str
    stamps: Mapping[str, str]


def queue(works: Iterable[Waiting]) -> list[str]:
    """Put the texts of works before experts; what stands there already stays. Returns ids of the new ones.

    A text whose words or rubric are others now is marked `replaced`; one that comes back takes its marks along.
    """
    found = [one for one in works if one.stamps]
    if not found:
        return []
    standing = _standing([one.sitting_id for one in found])
    made = []
    now = clock.now()
    for work in found:
        rows = standing[work.sitting_id]
        made += [
            _added(work, item, stamp, now)
            for item, stamp in work.stamps.items()
            if (item, stamp) not in {(row.item, row.stamp) for row in rows}
        ]
        for row in rows:
            _follow(row, stands=work.stamps.get(row.item) == row.stamp)
    session.flush()
    return [one.id for one in made]


def hold(sitting_ids: Collection[str]) -> None:
    """Who scores these works comes before or after every mark of theirs: no mark is saved until the end of it."""
    _lock(MarkedText.sitting_id.in_(list(sitting_ids)))


def hold_wave(wave_id: str) -> None:
    """The same for all works of a stage."""
    works = sa.select(Sitting.id).join(Seat, Seat.id == Sitting.seat_id).where(Seat.wave_id == wave_id)
    _lock(MarkedText.sitting_id.in_(works))


def give_out(sitting_ids: Collection[str]) -> int:
    """The settled texts of these works, which are held, are in a result now: their marks change no more."""
    settled = session.scalars(
        sa.select(MarkedText.id).where(
            MarkedText.sitting_id.in_(list(sitting_ids)), MarkedText.state == TextState.SETTLED
        )
    ).all()
    for text_id in settled:
        moves.move(text_id, TextState.GIVEN, given_at=clock.now())
        audit.record("marking.give_out", actor_id=None, kind="marked_text", object_id=text_id)
    return len(settled)


def _lock(condition: sa.ColumnElement[bool]) -> None:
    session.execute(sa.select(MarkedText.id).where(condition).order_by(MarkedText.id).with_for_update())


def _standing(sitting_ids: Sequence[str]) -> dict[str, list[MarkedText]]:
    found: dict[str, list[MarkedText]] = defaultdict(list)
    for row in session.scalars(sa.select(MarkedText).where(MarkedText.sitting_id.in_(sitting_ids))):
        found[row.sitting_id].append(row)
    return found


def _added(work: Waiting, item: str, stamp: str, now: datetime) -> MarkedText:
    made = MarkedText(
        campaign_id=work.campaign_id,
        sitting_id=work.sitting_id,
        item=item,
        stamp=stamp,
        scoring_id=work.scoring_id,
        made_at=now,
    )
    session.add(made)
    return made


def _follow(row: MarkedText, *, stands: bool) -> None:
    if not stands and row.state is not TextState.REPLACED:
        moves.move(row.id, TextState.REPLACED, points=None)
    elif stands and row.state is TextState.REPLACED:
        moves.move(row.id, TextState.WAITING)
