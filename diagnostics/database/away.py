"""Why a database refused for now: it is full, taken, or not there. Nothing was acknowledged, so all can be sent again."""

from __future__ import annotations

import sqlite3

import sqlalchemy as sa

FULL, BUSY, AWAY = "storage_full", "busy", "try_again"

_PRIMARY = 0xFF  # the lower byte of an extended code of SQLite
_SQLITE_FULL = frozenset({sqlite3.SQLITE_FULL})
# The file may grow no more, by the disk or by a limit of the process.
_SQLITE_NO_GROWTH = frozenset({sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_IOERR_SHMSIZE})
_SQLITE_TAKEN = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
_SQLITE_AWAY = frozenset({sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN})

_POSTGRES_FULL = "53100"
#: Classes and codes of SQLSTATE: connections lost or refused, shutting down, taken back, waited too long.
_POSTGRES_AWAY = ("08", "53", "57P", "57014", "40001", "40P01", "55P03", "25P03")


def why(error: sa.exc.DBAPIError) -> str | None:
    """`storage_full`, `busy`, `try_again`; None for a mistake of ours."""
    cause = error.orig
    if isinstance(cause, sqlite3.Error):
        return _sqlite(getattr(cause, "sqlite_errorcode", 0))
    state = getattr(cause, "sqlstate", None)
    if state == _POSTGRES_FULL:
        return FULL
    if error.connection_invalidated or (isinstance(state, str) and state.startswith(_POSTGRES_AWAY)):
        return AWAY
    # Without a state nobody answered: the server does not run, or went away in the middle.
    return (
        AWAY
        if state is None and isinstance(error, (sa.exc.OperationalError, sa.exc.InterfaceError))
        else None
    )


def _sqlite(code: int) -> str | None:
    if code & _PRIMARY in _SQLITE_FULL or code in _SQLITE_NO_GROWTH:
        return FULL
    if code & _PRIMARY in _SQLITE_TAKEN:
        return BUSY
    return AWAY if code & _PRIMARY in _SQLITE_AWAY else None
