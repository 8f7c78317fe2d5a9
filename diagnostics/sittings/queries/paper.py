"""Entries from paper as their pages see them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from diagnostics.campaigns.circle_models import OneTimeCode
from diagnostics.campaigns.circle_secrets import slip_link
from diagnostics.campaigns.codes import normalised
from diagnostics.campaigns.queries.audience import name_of
from diagnostics.database import session
from diagnostics.errors import Missing
from diagnostics.identifiers import digest
from diagnostics.sittings.entry_models import PaperEntry, PaperState
from instruments.items import Answer


@dataclass(frozen=True, slots=True)
class PaperView:
    id: str
    wave_id: str
    seat_id: str | None
    circle_id: str | None
    state: PaperState
    answers: Mapping[str, Answer]
    entered_by: str  # a name
    entered_at: datetime
    confirmed_by: str
    confirmed_at: datetime | None


def entry(entry_id: str) -> PaperView:
    """Missing for an unknown id."""
    row = session.get(PaperEntry, entry_id)
    if row is None:
        raise Missing
    return _view(row)


def entry_of_seat(seat_id: str) -> PaperView | None:
    """The one that waits or counts; None where nothing was typed."""
    row = session.scalars(
        sa.select(PaperEntry).where(PaperEntry.seat_id == seat_id, PaperEntry.state != PaperState.DROPPED)
    ).first()
    return None if row is None else _view(row)


def waiting_in_circles(wave_id: str) -> list[PaperView]:
    """Nameless sheets of a stage that were typed and not yet compared, the oldest first."""
    rows = session.scalars(
        sa.select(PaperEntry)
        .where(PaperEntry.wave_id == wave_id, PaperEntry.circle_id.is_not(None))
        .order_by(PaperEntry.entered_at)
    )
    return [_view(row) for row in rows]


def slip(circle_id: str, school_id: str, code: str, *, secret: str) -> str | None:
    """Id of a circle's slip by the code printed on it; None when it belongs to no slip of this circle."""
    typed = normalised(code)
    if not typed:
        return None
    hashed = digest(slip_link(secret, school_id, typed))
    return session.scalar(
        sa.select(OneTimeCode.id).where(OneTimeCode.secret_hash == hashed, OneTimeCode.circle_id == circle_id)
    )


def _view(row: PaperEntry) -> PaperView:
    return PaperView(
        id=row.id,
        wave_id=row.wave_id,
        seat_id=row.seat_id,
        circle_id=row.circle_id,
        state=row.state,
        answers=row.answers,
        entered_by=name_of(row.entered_by),
        entered_at=row.entered_at,
        confirmed_by=name_of(row.confirmed_by) if row.confirmed_by else "",
        confirmed_at=row.confirmed_at,
    )
