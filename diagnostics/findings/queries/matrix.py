"""A wave as arrays: what group work (growth, item statistics, links) computes from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import sqlalchemy as sa

from diagnostics.campaigns.models import Assignment, Seat
from diagnostics.database import session
from diagnostics.findings.models import Finding
from diagnostics.findings.reading import CURRENT
from diagnostics.measurement.numeric import BoolArray, FloatArray
from instruments.items import Status


@dataclass(frozen=True, slots=True, eq=False)
class WaveMatrix:
    """Persons × items of the current findings of a wave, rows in the order of seats.

    person_ids  None for anonymous seats
    forms       form of each row
    points      NaN = not reached, or not on the person's form
    omitted     shown and left empty (such an item has 0 points)
    maxima      greatest points of each item
    """

    finding_ids: tuple[str, ...]
    seat_ids: tuple[str, ...]
    person_ids: tuple[str | None, ...]
    forms: tuple[str, ...]
    items: tuple[str, ...]
    points: FloatArray
    omitted: BoolArray
    maxima: FloatArray
    not_asked: int = 0  # of the missing ones: the answers did not lead to them


def matrix(wave_id: str) -> WaveMatrix:
    """All scored items of a wave; a wave of block points has no columns."""
    rows = session.execute(
        sa.select(Finding.id, Finding.seat_id, Finding.person_id, Assignment.form, Finding.items)
        .join(Seat, Seat.id == Finding.seat_id)
        .join(Assignment, Assignment.id == Seat.assignment_id)
        .where(Finding.wave_id == wave_id, Finding.current_key == CURRENT)
        .order_by(Finding.seat_id)
    ).all()
    # What an expert has not marked for anybody is no column: it would take everybody's other points along.
    maxima = {
        code: one[1]
        for row in rows
        for code, one in row.items.items()
        if one[1] > 0 and one[2] != Status.AWAITING
    }
    items = tuple(sorted(maxima))
    points = np.full((len(rows), len(items)), np.nan)
    omitted = np.zeros((len(rows), len(items)), dtype=bool)
    not_asked = 0
    column = {code: index for index, code in enumerate(items)}
    for index, row in enumerate(rows):
        for code, (got, most, status) in row.items.items():
            if most > 0 and code in column:
                points[index, column[code]] = np.nan if got is None else got
                omitted[index, column[code]] = status == Status.OMITTED
                not_asked += status == Status.NOT_ASKED
    return WaveMatrix(
        finding_ids=tuple(row.id for row in rows),
        seat_ids=tuple(row.seat_id for row in rows),
        person_ids=tuple(row.person_id for row in rows),
        forms=tuple(row.form for row in rows),
        items=items,
        points=points,
        omitted=omitted,
        maxima=np.array([maxima[code] for code in items], dtype=np.float64),
        not_asked=not_asked,
    )
