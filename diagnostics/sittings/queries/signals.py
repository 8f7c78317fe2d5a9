"""Counts of leaving the page and of pasting, by seat: all browsers of a person together."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from diagnostics.campaigns.models import Seat
from diagnostics.database import session
from diagnostics.sittings.models import PageSignal, Sitting


@dataclass(frozen=True, slots=True)
class Signals:
    leaves: int
    pastes: int


def signals_of_wave(wave_id: str) -> dict[str, Signals]:
    """Seat → its counts; who left nothing and pasted nothing is absent."""
    rows = session.execute(
        sa.select(Sitting.seat_id, sa.func.sum(PageSignal.leaves), sa.func.sum(PageSignal.pastes))
        .join(Sitting, Sitting.id == PageSignal.sitting_id)
        .join(Seat, Seat.id == Sitting.seat_id)
        .where(Seat.wave_id == wave_id)
        .group_by(Sitting.seat_id)
    )
    return {row[0]: Signals(int(row[1]), int(row[2])) for row in rows if row[1] or row[2]}


def signals_of_seat(seat_id: str) -> Signals | None:
    """None where nothing was counted."""
    row = session.execute(
        sa.select(sa.func.sum(PageSignal.leaves), sa.func.sum(PageSignal.pastes))
        .join(Sitting, Sitting.id == PageSignal.sitting_id)
        .where(Sitting.seat_id == seat_id)
    ).one()
    return None if row[0] is None else Signals(int(row[0]), int(row[1]))
