"""Clarifying tasks that were drawn: of one sitting, of a stage, and how often a task was before people at all."""

from __future__ import annotations

import sqlalchemy as sa

from diagnostics import database
from diagnostics.campaigns.models import Seat
from diagnostics.database import session
from diagnostics.sittings.core import EVENT
from diagnostics.sittings.models import AnswerEvent, EventKind, Sitting


def drawn_items(sitting_id: str) -> tuple[str, ...]:
    """In the order of drawing."""
    query = (
        sa.select(EVENT.c.item)
        .where(EVENT.c.sitting_id == sitting_id, EVENT.c.kind == EventKind.DRAWN)
        .order_by(EVENT.c.position)
    )
    return tuple(database.connection().execute(query).scalars())


def drawn_in_wave(wave_id: str) -> tuple[int, dict[str, int]]:
    """How many people began the stage, and task → how many of them it was drawn for."""
    begun = sa.select(Sitting.id).join(Seat, Seat.id == Sitting.seat_id).where(Seat.wave_id == wave_id)
    takers = session.scalar(sa.select(sa.func.count()).select_from(begun.subquery())) or 0
    rows = session.execute(
        sa.select(AnswerEvent.item, sa.func.count(sa.distinct(AnswerEvent.sitting_id)))
        .where(AnswerEvent.kind == EventKind.DRAWN, AnswerEvent.sitting_id.in_(begun))
        .group_by(AnswerEvent.item)
    )
    return takers, {row[0]: row[1] for row in rows}


def clarified_in_wave(wave_id: str) -> int:
    """People of the stage for whom any clarifying task was drawn."""
    query = (
        sa.select(sa.func.count(sa.distinct(AnswerEvent.sitting_id)))
        .join(Sitting, Sitting.id == AnswerEvent.sitting_id)
        .join(Seat, Seat.id == Sitting.seat_id)
        .where(Seat.wave_id == wave_id, AnswerEvent.kind == EventKind.DRAWN)
    )
    return session.scalar(query) or 0


def seen_before(person_id: str, sitting_id: str) -> list[tuple[str, str, tuple[str, ...]]]:
    """Other sittings of a person: (work version, form, tasks drawn)."""
    rows = session.execute(
        sa.select(Sitting.id, Sitting.instrument_id, Sitting.form)
        .join(Seat, Seat.id == Sitting.seat_id)
        .where(Seat.respondent_id == person_id, Sitting.id != sitting_id)
        .order_by(Sitting.id)
    ).all()
    return [(row.instrument_id, row.form, drawn_items(row.id)) for row in rows]
