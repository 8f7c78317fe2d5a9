from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from diagnostics.database import session
from diagnostics.outbox.models import Letter, LetterState


@dataclass(frozen=True, slots=True)
class LetterView:
    id: str
    to_address: str
    subject: str
    text: str
    about: str
    state: LetterState
    created_at: datetime
    sent_at: datetime | None
    error: str | None


def letters(*, sender_id: str | None = None, limit: int = 100) -> list[LetterView]:
    """Newest first; of one sender, or of everyone for an administrator."""
    query = sa.select(Letter).order_by(Letter.created_at.desc()).limit(limit)
    if sender_id is not None:
        query = query.where(Letter.sender_id == sender_id)
    return [
        LetterView(
            row.id,
            row.to_address,
            row.subject,
            row.text,
            row.about,
            row.state,
            row.created_at,
            row.sent_at,
            row.error,
        )
        for row in session.scalars(query)
    ]


def waiting() -> int:
    """Letters that still have to leave."""
    return session.scalar(sa.select(sa.func.count()).where(Letter.state == LetterState.WAITING)) or 0
