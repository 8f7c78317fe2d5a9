"""A transaction without the ORM: for the one request that runs on every answer.

A view marked `direct` runs inside `direct_transaction()`; stages take the connection from `connection()`, which is
the session's own everywhere else. Should the session be used after all (a sentence asks for the viewer's
language), it joins the same transaction: on SQLite a second one would wait for the first for ever.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import sqlalchemy as sa
from flask_sqlalchemy.session import Session


class _Transaction:
    """Begins when it is first asked for: slow work before it holds no lock."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine
        self.begun: sa.Connection | None = None

    @property
    def connection(self) -> sa.Connection:
        if self.begun is None:
            self.begun = self._engine.connect()
            self.begun.begin()
        return self.begun


_current: ContextVar[_Transaction | None] = ContextVar("direct", default=None)


class JoiningSession(Session):
    """The session of Flask-SQLAlchemy; inside a direct transaction it joins that one."""

    def get_bind(self, *args: Any, **keywords: Any) -> sa.Engine | sa.Connection:
        direct = _current.get()
        return super().get_bind(*args, **keywords) if direct is None else direct.connection

    def rollback(self) -> None:
        with _gone_is_rolled_back():
            super().rollback()

    def close(self) -> None:
        with _gone_is_rolled_back():
            super().close()


@contextmanager
def _gone_is_rolled_back() -> Iterator[None]:
    """A server that went away has taken back what was open: a page that is made already is served."""
    try:
        yield
    except sa.exc.DBAPIError as error:
        if not error.connection_invalidated:
            raise


def direct_connection() -> sa.Connection | None:
    """The connection of the direct transaction around us; None outside one."""
    direct = _current.get()
    return None if direct is None else direct.connection


@contextmanager
def one_connection(engine: sa.Engine) -> Iterator[None]:
    """A direct transaction: committed when the block is left, rolled back on an exception."""
    direct = _Transaction(engine)
    token = _current.set(direct)
    try:
        yield
        if direct.begun is not None:
            direct.begun.commit()
    finally:
        _current.reset(token)
        if direct.begun is not None:
            direct.begun.close()  # rolls back what was not committed
