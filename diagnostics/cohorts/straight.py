"""Questionnaires answered alike from the first statement to the last: a question about care, never an accusation."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import sqlalchemy as sa

from diagnostics.campaigns.models import Seat
from diagnostics.catalogue import queries as catalogue
from diagnostics.database import session
from diagnostics.sittings.models import Sitting, SittingState
from diagnostics.sittings.queries.many import answers_of_many
from instruments.document import ScaleItem
from instruments.items import Answer

#: Statements without which sameness says nothing, and the share of the commonest answer from which it is told.
LEAST_STATEMENTS, ALIKE = 12, 0.95


@dataclass(frozen=True, slots=True)
class StraightLiner:
    """`share` (0…1) of the answered statements carry one and the same answer."""

    sitting_id: str
    item_count: int
    share: float


def of_wave(wave_id: str) -> tuple[StraightLiner, ...]:
    """Submitted sittings of a wave that chose one answer nearly everywhere, in the order of their ids."""
    rows = session.execute(
        sa.select(Sitting.id, Sitting.instrument_id, Sitting.form)
        .join(Seat, Seat.id == Sitting.seat_id)
        .where(Seat.wave_id == wave_id, Sitting.state == SittingState.SUBMITTED)
        .order_by(Sitting.id)
    ).all()
    statements = {(one.instrument_id, one.form): _statements(one.instrument_id, one.form) for one in rows}
    asked = {code for codes in statements.values() for code in codes}
    given = answers_of_many([one.id for one in rows], asked) if asked else {}
    found = (_alike(one.id, given.get(one.id, {}), statements[one.instrument_id, one.form]) for one in rows)
    return tuple(one for one in found if one is not None)


def _statements(instrument_id: str, form: str) -> frozenset[str]:
    """Items of a form that share its commonest scale: sameness over different scales means nothing."""
    items = [
        one for one in catalogue.instrument(instrument_id).form_items(form) if isinstance(one, ScaleItem)
    ]
    scales = Counter(tuple(point.value for point in one.scale) for one in items)
    if not scales:
        return frozenset()
    common = scales.most_common(1)[0][0]
    return frozenset(one.code for one in items if tuple(point.value for point in one.scale) == common)


def _alike(sitting_id: str, given: dict[str, Answer], statements: frozenset[str]) -> StraightLiner | None:
    values = [str(value) for item, value in given.items() if item in statements]
    if len(values) < LEAST_STATEMENTS:
        return None
    share = Counter(values).most_common(1)[0][1] / len(values)
    return StraightLiner(sitting_id, len(values), share) if share >= ALIKE else None
