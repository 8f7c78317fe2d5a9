"""How connections are opened and transactions begun on each of the two databases."""

from __future__ import annotations

import logging
import sqlite3
import time
from functools import partial
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from diagnostics.database.base import is_reading
from diagnostics.database.prepared import nothing, run
from diagnostics.database.write_lock import WriteLock

log = logging.getLogger("orientir.database")

CHECKPOINT_EVERY = 400  # commits
RESTED_SECONDS = 1.0
SAFE_SQLITE = (3, 51, 3)  # the first release without the WAL-reset fault

POSTGRES_OPTIONS = "-c statement_timeout=15000 -c lock_timeout=3000 -c idle_in_transaction_session_timeout=30000 -c timezone=UTC"


def engine_options(url: str) -> dict[str, Any]:
    # The connection used last is used again: its pages, plans and catalogue are warm, the others may rest.
    warm = {"pool_use_lifo": True}
    if url.startswith("sqlite"):
        return {"connect_args": {"timeout": 5}, "pool_size": 16, "max_overflow": 32, **warm}
    return {
        "connect_args": {"options": POSTGRES_OPTIONS},
        "pool_size": 8,
        "max_overflow": 8,
        **warm,
    }


def prepare(engine: sa.Engine) -> None:
    """Attach the rules of the database to its engine; once an engine."""
    if engine.dialect.name == "sqlite":
        _prepare_sqlite(engine)
    else:
        sa.event.listen(engine, "checkin", _note_rest)
        sa.event.listen(engine, "checkout", partial(_ping_rested, engine.dialect))


def _note_rest(_connection: Any, record: Any) -> None:
    record.info["rested_since"] = time.monotonic()


def _ping_rested(dialect: sa.Dialect, connection: Any, record: Any, _proxy: object) -> None:
    """A connection that lay idle is asked whether it still lives; one used a moment ago is not asked again.

    `pool_pre_ping` asks each time, which is a fifth of the processor time of a save. The error
    makes the pool throw away all that it opened before and open another, as its own ping would.
    """
    since = record.info.pop("rested_since", None)
    if since is None or time.monotonic() - since < RESTED_SECONDS:
        return
    try:
        alive = dialect.do_ping(connection)
    except dialect.loaded_dbapi.Error:
        alive = False
    if not alive:
        raise sa.exc.InvalidatePoolError


def _prepare_sqlite(engine: sa.Engine) -> None:
    sa.event.listen(engine, "connect", _open_sqlite)
    name = engine.url.database or ""
    queue = _Queue(WriteLock(Path(name + ".lock")) if name and name != ":memory:" else None)
    sa.event.listen(engine, "begin", queue.begin)
    sa.event.listen(engine, "checkin", queue.checkin)
    sa.event.listen(engine, "engine_disposed", queue.dispose)


def _open_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # we begin transactions ourselves
    connection.create_function("casefold", 1, _casefold, deterministic=True)
    for pragma in _pragmas():
        connection.execute(f"PRAGMA {pragma}")


class _Queue:
    """Writers of one SQLite base pass one after another; a base in memory has one connection and no queue."""

    def __init__(self, lock: WriteLock | None) -> None:
        self._lock = lock
        self._commits = 0

    def begin(self, connection: sa.Connection) -> None:
        if is_reading():
            run(connection, "BEGIN", fetch=nothing)
            return
        held = connection.connection.info
        if self._lock is not None and not held.get("write_lock"):
            self._lock.acquire()
            held["write_lock"] = True
        run(connection, "BEGIN IMMEDIATE", fetch=nothing)

    def checkin(self, connection: Any, record: Any) -> None:
        """Give the lock back when the connection returns to its pool: after COMMIT or ROLLBACK, never before."""
        if self._lock is None or not record.info.pop("write_lock", False):
            return
        try:
            self._commits += 1
            if connection is not None and self._commits % CHECKPOINT_EVERY == 0:
                self._checkpoint(connection)
        finally:
            self._lock.release()

    def _checkpoint(self, connection: Any) -> None:
        """What was committed is committed: a checkpoint that finds no room is no reason to refuse it."""
        try:
            connection.execute("PRAGMA wal_checkpoint(PASSIVE)")
        except sqlite3.Error as error:
            log.warning("no checkpoint: %s", error)
            self._commits -= 1  # the next commit tries again

    def dispose(self, _engine: sa.Engine) -> None:
        if self._lock is not None:
            self._lock.close()


def _pragmas() -> list[str]:
    pragmas = ["journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=5000", "mmap_size=0"]
    if sqlite3.sqlite_version_info < SAFE_SQLITE:
        pragmas.append("wal_autocheckpoint=0")  # checkpoints then happen under the write lock only
    return pragmas


def _casefold(text: str | None) -> str | None:
    # SQLite's own lower() knows only ASCII: a search for «иванов» must find «Иванов», ё counts as е.
    return None if text is None else text.casefold().replace("ё", "е")
