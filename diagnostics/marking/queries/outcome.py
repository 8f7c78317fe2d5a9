"""What experts agreed upon: for the scoring of a work, and in the words of the rubric for its reader."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from diagnostics.catalogue import queries as catalogue
from diagnostics.database import session
from diagnostics.marking import settling
from diagnostics.marking.models import ExpertMark, MarkedText, TextState
from instruments.keys import Criterion, RubricKey
from instruments.texts import Texts

_WAIT = (TextState.WAITING, TextState.DIFFERING)


@dataclass(frozen=True, slots=True)
class Agreed:
    """Points of one answer, good for the words and the rubric of the `stamp` only."""

    stamp: str
    points: float


def agreed(sitting_ids: Collection[str], *, given_only: bool = False) -> dict[str, dict[str, Agreed]]:
    """Sitting → item → points. A work with an answer that still waits brings only what was given out before.

    `given_only`: without the marks whose result is still to be counted.
    """
    rows = session.execute(
        sa.select(
            MarkedText.sitting_id, MarkedText.item, MarkedText.stamp, MarkedText.state, MarkedText.points
        ).where(MarkedText.sitting_id.in_(list(sitting_ids)), MarkedText.state != TextState.REPLACED)
    ).all()
    waiting = {row.sitting_id for row in rows if row.state in _WAIT}
    found: dict[str, dict[str, Agreed]] = defaultdict(dict)
    for row in rows:
        is_whole = row.state is TextState.SETTLED and row.sitting_id not in waiting and not given_only
        if row.points is not None and (is_whole or row.state is TextState.GIVEN):
            found[row.sitting_id][row.item] = Agreed(row.stamp, row.points)
    return dict(found)


@dataclass(frozen=True, slots=True)
class CriterionSaid:
    """One side of an answer. `levels`: the words of the levels that experts chose, each once, from the lowest."""

    title: Texts
    points: float
    maximum: float
    levels: tuple[Texts, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """What experts said about one answer; nobody learns which of them it was."""

    experts: int
    criteria: tuple[CriterionSaid, ...]
    remarks: tuple[str, ...]


def said_of(sitting_id: str) -> Mapping[str, Said]:
    """Item → the rubric's words, of the answers whose points are given out."""
    texts = session.scalars(
        sa.select(MarkedText).where(MarkedText.sitting_id == sitting_id, MarkedText.state == TextState.GIVEN)
    ).all()
    marks: dict[str, dict[int, ExpertMark]] = defaultdict(dict)
    rows = session.scalars(
        sa.select(ExpertMark)
        .where(ExpertMark.text_id.in_([one.id for one in texts]))
        .order_by(ExpertMark.place, ExpertMark.number)
    )
    for row in rows:
        marks[row.text_id][row.place] = row
    return {one.item: _said(one, list(marks[one.id].values())) for one in texts}


def _said(text: MarkedText, marks: list[ExpertMark]) -> Said:
    entry = catalogue.scoring(text.scoring_id).items[text.item]
    criteria = entry.key.criteria if isinstance(entry.key, RubricKey) else ()
    return Said(
        experts=len(marks),
        criteria=tuple(_criterion(entry.key, one, marks) for one in criteria)
        if isinstance(entry.key, RubricKey)
        else (),
        remarks=tuple(one.remark for one in marks if one.remark),
    )


def _criterion(rubric: RubricKey, one: Criterion, marks: list[ExpertMark]) -> CriterionSaid:
    chosen = sorted({int(mark.levels[one.code]) for mark in marks})
    if len(marks) >= settling.THIRD:  # the middle one counts, so its words alone are said
        chosen = [sorted(int(mark.levels[one.code]) for mark in marks)[1]]
    return CriterionSaid(
        title=one.title,
        points=settling.criterion_points(rubric, one.code, [mark.levels for mark in marks]),
        maximum=one.most,
        levels=tuple(one.levels[level].text for level in chosen),
    )
