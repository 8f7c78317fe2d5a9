"""Work that must not run twice at once where no row stands yet to be locked."""

from __future__ import annotations

import sqlalchemy as sa

from diagnostics.database.base import connection

_LOCK = sa.text("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))")


def take_turn(name: str) -> None:
    """Wait until nobody else holds `name`, and hold it to the end of the transaction.

    On SQLite a writing transaction is the only one anyway.
    """
    here = connection()
    if here.dialect.name == "postgresql":
        here.execute(_LOCK, {"name": name})
