"""How connections are opened and transactions begun on each of the two databases."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from diagnostics.database.base import is_reading
from diagnostics.database.write_lock import WriteLock

CHECKPOINT_EVERY = 400  # commits
SAFE_SQLITE = (3, 51, 3)  # the first release without the WAL-reset fault

POSTGRES_OPTIONS = "-c statement_timeout=15000 -c lock_timeout=3000 -c idle_in_transaction_session_timeout=30000 -c timezone=UTC"


def engine_options(url: str) -> dict[str, Any]:
    if url.startswith("sqlite"):
        return {"connect_args": {"timeout": 5}, "pool_size": 16, "max_overflow": 32}
    return {
        "connect_args": {"options": POSTGRES_OPTIONS},
        "pool_size": 8,
        "max_overflow": 8,
        "pool_pre_ping": True,
    }


def prepare(engine: sa.Engine) -> None:
    """Attach the rules of the database to its engine; once an engine."""
    if engine.dialect.name == "sqlite":
        _prepare_sqlite(engine)


def _prepare_sqlite(engine: sa.Engine) -> None:
    name = engine.url.database or ""
    lock = WriteLock(Path(name + ".lock")) if name and name != ":memory:" else None
    commits = 0

    @sa.event.listens_for(engine, "connect")
    def _connect(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # we begin transactions ourselves
        connection.create_function("casefold", 1, _casefold, deterministic=True)
        for pragma in _pragmas():
            connection.execute(f"PRAGMA {pragma}")

    @sa.event.listens_for(engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        if is_reading():
            connection.exec_driver_sql("BEGIN")
            return
        held = connection.connection.info
        if lock is not None and not held.get("write_lock"):  # a kept connection keeps the lock between its own writes
            lock.acquire()
            held["write_lock"] = True
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    # The lock is given back when the connection returns to its pool: after COMMIT or ROLLBACK, never before.
    @sa.event.listens_for(engine, "checkin")
    def _checkin(connection: Any, record: Any) -> None:
        nonlocal commits
        if lock is None or not record.info.pop("write_lock", False):
            return
        try:
            commits += 1
            if connection is not None and commits % CHECKPOINT_EVERY == 0:
                connection.execute("PRAGMA wal_checkpoint(PASSIVE)")
        finally:
            lock.release()


    @sa.event.listens_for(engine, "engine_disposed")
    def _disposed(_engine: sa.Engine) -> None:
        if lock is not None:
            lock.close()


def _pragmas() -> list[str]:
    pragmas = ["journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=5000", "mmap_size=0"]
    if sqlite3.sqlite_version_info < SAFE_SQLITE:
        pragmas.append("wal_autocheckpoint=0")  # checkpoints then happen under the write lock only
    return pragmas


def _casefold(text: str | None) -> str | None:
    # SQLite's own lower() knows only ASCII: a search for «иванов» must find «Иванов», ё counts as е.
    return None if text is None else text.casefold().replace("ё", "е")
