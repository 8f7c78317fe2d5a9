"""Scored works bring their texts here, and take the agreed points away: both in the transaction of the scoring."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from diagnostics import clock
from diagnostics.audit import actions as audit
from diagnostics.database import session
from diagnostics.errors import Conflict
from diagnostics.marking import moves
from diagnostics.marking.models import MarkedText, TextState


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


def give_out(sitting_ids: Collection[str]) -> int:
    """The settled texts of these works are in a result now: no mark of them changes any more.

    Raises
    ------
    Conflict
        `marks_moved`: a mark came in between; the scoring is to be done again.
    """
    settled = session.execute(
        sa.select(MarkedText.id, MarkedText.turn).where(
            MarkedText.sitting_id.in_(list(sitting_ids)), MarkedText.state == TextState.SETTLED
        )
    ).all()
    for text_id, turn in settled:
        if not _given(text_id, turn):
            raise Conflict("marks_moved")
        audit.record("marking.give_out", actor_id=None, kind="marked_text", object_id=text_id)
    return len(settled)


def _given(text_id: str, turn: int) -> bool:
    if not moves.take_turn(text_id):
        return False
    row = session.get_one(MarkedText, text_id, populate_existing=True)
    return row.turn == turn + 1 and moves.move(text_id, TextState.GIVEN, given_at=clock.now())


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
