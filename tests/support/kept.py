"""What many tests begin with is made once a process and put back for each: on SQLite, where a base is one file."""

from __future__ import annotations

import pickle
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from flask import Flask

from diagnostics.database import db, session, set_reading, writing

Thing = TypeVar("Thing")


@dataclass(frozen=True)
class _Kept:
    """A whole base, and what its maker told about it (rows without a session)."""

    base: Path
    told: bytes


_kept: dict[str, _Kept] = {}
_folder = tempfile.TemporaryDirectory(prefix="orientir-kept-")


def kept(app: Flask, name: str, make: Callable[[], Thing]) -> Thing:
    """What `make` answers after it has filled the empty base of this application; its rows have no session.

    `name` stands for everything that the filling depends on, the moment at which the clock stands included.
    On PostgreSQL it is filled each time.
    """
    path = _file_of(app)
    if path is None:
        return _filled(app, make)
    if name not in _kept:
        told = pickle.dumps(_filled(app, make))
        base = Path(_folder.name) / f"{len(_kept)}.db"
        _close(app)
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("VACUUM INTO ?", (str(base),))
        _kept[name] = _Kept(base, told)
    else:
        _close(app)
        for end in ("-wal", "-shm"):
            path.with_name(path.name + end).unlink(missing_ok=True)
        shutil.copyfile(_kept[name].base, path)
    found: Thing = pickle.loads(_kept[name].told)  # noqa: S301 - our own bytes of a moment ago
    return found


@contextmanager
def begun(app: Flask, name: str, make: Callable[[], Thing]) -> Iterator[Thing]:
    """`kept`, inside a context with a writing session; nothing more is committed unless the test does."""
    made = kept(app, name, make)
    with inside(app):
        yield made


@contextmanager
def inside(app: Flask) -> Iterator[None]:
    with app.app_context():
        set_reading(False)
        yield
        session.rollback()


def _filled(app: Flask, make: Callable[[], Thing]) -> Thing:
    with app.app_context(), writing():
        thing = make()
        session.commit()
        for row in list(session):
            session.refresh(row)
        session.expunge_all()
        return thing


def _file_of(app: Flask) -> Path | None:
    with app.app_context():
        return Path(db.engine.url.database or "") if db.engine.dialect.name == "sqlite" else None


def _close(app: Flask) -> None:
    with app.app_context():
        session.remove()
        db.engine.dispose()
