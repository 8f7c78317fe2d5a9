from __future__ import annotations

from collections.abc import Collection
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
    to_person_id: str | None = None


def letters(*, sender_id: str | None = None, limit: int = 100) -> list[LetterView]:
    """Newest first; of one sender, or of everyone for an administrator."""
    query = sa.select(Letter).order_by(Letter.created_at.desc()).limit(limit)
    if sender_id is not None:
        query = query.where(Letter.sender_id == sender_id)
    return [_view(row) for row in session.scalars(query)]


def failed_to(person_ids: Collection[str], about: Collection[str]) -> list[LetterView]:
    """Letters of these kinds that did not reach these people, newest first; only the newest of each person and kind."""
    query = (
        sa.select(Letter)
        .where(Letter.about.in_(about), Letter.to_person_id.in_(person_ids))
        .order_by(Letter.created_at.desc())
    )
    newest: dict[tuple[str | None, str], Letter] = {}
    for row in session.scalars(query):
        newest.setdefault((row.to_person_id, row.about), row)
    return [_view(row) for row in newest.values() if row.state is LetterState.FAILED]


def waiting() -> int:
    """Letters that still have to leave."""
    return (
        session.scalar(
            sa.select(sa.func.count()).where(Letter.state.in_([LetterState.WAITING, LetterState.SENDING]))
        )
        or 0
    )


def _view(row: Letter) -> LetterView:
    return LetterView(
        row.id,
        row.to_address,
        row.subject,
        row.text,
        row.about,
        row.state,
        row.created_at,
        row.sent_at,
        row.error,
        row.to_person_id,
    )
