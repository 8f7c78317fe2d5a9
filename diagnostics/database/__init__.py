"""What stages import to keep rows: Base, session, column helpers, reading and moving."""

from __future__ import annotations

from diagnostics.database.base import (
    Base,
    Id,
    Json,
    UtcDateTime,
    compact_json,
    connection,
    db,
    direct_reading,
    direct_transaction,
    has_unwritten,
    id_column,
    is_reading,
    link,
    moved,
    read_only,
    session,
    set_reading,
    writing,
    writing_connection,
    written,
)
from diagnostics.database.frozen import UPDATE_DELETE, UPDATE_ONLY
from diagnostics.database.turns import take_turn
from diagnostics.database.write_lock import Busy
from diagnostics.identifiers import new_id

__all__ = [
    "UPDATE_DELETE",
    "UPDATE_ONLY",
    "Base",
    "Busy",
    "Id",
    "Json",
    "UtcDateTime",
    "compact_json",
    "connection",
    "db",
    "direct_reading",
    "direct_transaction",
    "has_unwritten",
    "id_column",
    "is_reading",
    "link",
    "moved",
    "new_id",
    "read_only",
    "session",
    "set_reading",
    "take_turn",
    "writing",
    "writing_connection",
    "written",
]
