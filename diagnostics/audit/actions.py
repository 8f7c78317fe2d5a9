from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from diagnostics import clock
from diagnostics.audit.models import AuditRow
from diagnostics.database import compact_json, has_unwritten, session, writing_connection
from diagnostics.database.prepared import Prepared

_ROW = Prepared(
    sa.insert(AuditRow).values(
        {one.name: sa.bindparam(one.name) for one in AuditRow.__table__.c if one.name != "number"}
    )
)


def record(
    action: str,
    *,
    actor_id: str | None,
    kind: str,
    object_id: str,
    before: object = None,
    after: object = None,
    note: str = "",
    at: datetime | None = None,
) -> None:
    """Append one audit row in the caller's transaction.

    `at`: a rounded moment where the exact one would tell who acted without a name; now by default.

    `before` and `after` are stored as hashes only: the audit proves a change without repeating its data.
    """
    at = at or clock.now()
    before_hash, after_hash = _hash(before), _hash(after)
    row: dict[str, Any] = {
        "at": at,
        "actor_id": actor_id,
        "action": action,
        "object_kind": kind,
        "object_id": object_id,
        "before_hash": before_hash,
        "after_hash": after_hash,
        "note": note,
        "own_hash": own_hash(at, actor_id, action, kind, object_id, before_hash, after_hash, note),
    }
    if has_unwritten():  # it is written with what the session holds, in one go
        session.add(AuditRow(**row))
    else:
        _ROW.write(writing_connection(), [row])


def own_hash(
    at: datetime,
    actor_id: str | None,
    action: str,
    kind: str,
    object_id: str,
    before_hash: str | None,
    after_hash: str | None,
    note: str,
) -> str:
    facts = [
        at.isoformat(timespec="microseconds"),
        actor_id,
        action,
        kind,
        object_id,
        before_hash,
        after_hash,
        note,
    ]
    return hashlib.sha256(compact_json(facts).encode()).hexdigest()


def _hash(value: object) -> str | None:
    return None if value is None else hashlib.sha256(compact_json(value).encode()).hexdigest()
