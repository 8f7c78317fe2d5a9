"""What many tests begin with is made once a process and put back for each."""

from __future__ import annotations

import pickle
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, fields, is_dataclass
from pathlib import Path
from typing import Any, Protocol, TypeVar

import sqlalchemy as sa
from flask import Flask

from diagnostics import tables
from diagnostics.database import Base, db, session, set_reading, writing
from tests.support.postgres import empty_base

Thing = TypeVar("Thing")


class _Copy(Protocol):
    def put_back(self, app: Flask) -> None:
        """Fill the empty base of the application with what was kept."""


@dataclass(frozen=True)
class _File:
    """A whole base on SQLite: one file."""

    path: Path

    def put_back(self, app: Flask) -> None:
        path = _file_of(app)
        for end in ("-wal", "-shm"):
            path.with_name(path.name + end).unlink(missing_ok=True)
        shutil.copyfile(self.path, path)


@dataclass(frozen=True)
class _Rows:
    """Rows of all tables on PostgreSQL as it copies them, and where its own counters stand."""

    rows: dict[str, bytes]
    counters: dict[str, int]

    def put_back(self, app: Flask) -> None:
        with app.app_context(), db.engine.begin() as connection:
            connection.execute(sa.text("SET LOCAL session_replication_role = replica"))
            with _driver(connection).cursor() as cursor:
                for table, rows in self.rows.items():
                    with cursor.copy(f'COPY "{table}" FROM STDIN') as copy:
                        copy.write(rows)
            for name, last in self.counters.items():
                connection.execute(sa.text("SELECT setval(:name, :last)"), {"name": name, "last": last})


@dataclass(frozen=True)
class _Kept:
    """A whole base, and what its maker told about it (rows without a session)."""

    base: _Copy
    told: bytes


_kept: dict[tuple[str, str], _Kept] = {}
_folder = tempfile.TemporaryDirectory(prefix="orientir-kept-")


def kept(app: Flask, name: str, make: Callable[[], Thing]) -> Thing:
    """What `make` answers after it has filled the empty base of this application; its rows have no session.

    `name` stands for everything that the filling depends on, the moment at which the clock stands included.
    """
    key = (_dialect(app), name)
    _emptied(app)
    if key not in _kept:
        told = pickle.dumps(filled(app, make))
        _close(app)
        _kept[key] = _Kept(_file(app) if key[0] == "sqlite" else _rows(app), told)
    else:
        _close(app)
        _kept[key].base.put_back(app)
    found: Thing = pickle.loads(_kept[key].told)  # noqa: S301 - our own bytes of a moment ago
    return found


@contextmanager
def begun(app: Flask, name: str, make: Callable[[], Thing]) -> Iterator[Thing]:
    """`kept`, inside a context with a writing session; nothing more is committed unless the test does.

    Rows that stand in the fields of a scene belong to the session: a test may change them.
    """
    made = kept(app, name, make)
    with inside(app):
        if is_dataclass(made):
            told = (getattr(made, one.name) for one in fields(made))
            session.add_all([row for row in told if isinstance(row, Base)])
        yield made


@contextmanager
def inside(app: Flask) -> Iterator[None]:
    with app.app_context():
        set_reading(False)
        yield
        session.rollback()


def filled(app: Flask, make: Callable[[], Thing]) -> Thing:
    """What `make` answers, beside all that stands in the base already; its rows have no session."""
    with app.app_context(), writing():
        thing = make()
        session.commit()
        for row in list(session):
            session.refresh(row)
        session.expunge_all()
        return thing


def _emptied(app: Flask) -> None:
    """A test may begin twice: on SQLite the file is replaced, on PostgreSQL rows would meet their doubles."""
    with app.app_context():
        session.remove()
        if db.engine.dialect.name == "postgresql":
            empty_base(db.engine)


def _file(app: Flask) -> _File:
    base = Path(_folder.name) / f"{len(_kept)}.db"
    with closing(sqlite3.connect(_file_of(app))) as connection:
        connection.execute("VACUUM INTO ?", (str(base),))
    return _File(base)


def _rows(app: Flask) -> _Rows:
    with app.app_context(), db.engine.begin() as connection:
        counters = connection.execute(
            sa.text("SELECT sequencename, last_value FROM pg_sequences WHERE last_value IS NOT NULL")
        )
        standing = {str(name): int(last) for name, last in counters}
        found = {}
        with _driver(connection).cursor() as cursor:
            for table in tables.metadata.sorted_tables:
                with cursor.copy(f'COPY "{table.name}" TO STDOUT') as copy:
                    found[table.name] = b"".join(bytes(part) for part in copy)
    return _Rows({table: rows for table, rows in found.items() if rows}, standing)


def _driver(connection: sa.Connection) -> Any:
    return connection.connection.driver_connection


def _dialect(app: Flask) -> str:
    with app.app_context():
        return db.engine.dialect.name


def _file_of(app: Flask) -> Path:
    with app.app_context():
        return Path(db.engine.url.database or "")


def _close(app: Flask) -> None:
    with app.app_context():
        session.remove()
        db.engine.dispose()
