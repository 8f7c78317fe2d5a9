from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from diagnostics.audit.models import AuditRow
from diagnostics.database import session


@dataclass(frozen=True, slots=True)
class AuditLine:
    number: int
    at: datetime
    actor_id: str | None
    action: str
    object_kind: str
    object_id: str
    note: str


def lines(*, about: str | None = None, limit: int = 200) -> list[AuditLine]:
    """Newest first; `about` is the id of an object or of the person who acted."""
    query = sa.select(AuditRow).order_by(AuditRow.number.desc()).limit(limit)
    if about:
        query = query.where(sa.or_(AuditRow.object_id == about, AuditRow.actor_id == about))
    return [
        AuditLine(row.number, row.at, row.actor_id, row.action, row.object_kind, row.object_id, row.note)
        for row in session.scalars(query)
    ]
