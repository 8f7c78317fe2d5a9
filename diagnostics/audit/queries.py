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


def lines(*, object_id: str | None = None, actor_id: str | None = None, limit: int = 200) -> list[AuditLine]:
    query = sa.select(AuditRow).order_by(AuditRow.number.desc()).limit(limit)
    if object_id:
        query = query.where(AuditRow.object_id == object_id)
    if actor_id:
        query = query.where(AuditRow.actor_id == actor_id)
    return [
        AuditLine(row.number, row.at, row.actor_id, row.action, row.object_kind, row.object_id, row.note)
        for row in session.scalars(query)
    ]
