from __future__ import annotations

import contextvars
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask, has_app_context

from diagnostics import clock
from diagnostics.database import session, set_reading
from tests.support.answering import World, open_player, world
from tests.support.kept import kept
from tests.support.pages import CheckingClient


class Apart(CheckingClient):
    """Each request as a process of its own would see it: own context, own session.

    The test may hold a session too; what it had not committed is given up first, with its locks.
    """

    def open(self, *args: Any, **keywords: Any) -> Any:
        if has_app_context():
            session.rollback()
        return contextvars.copy_context().run(self._open_apart, *args, **keywords)

    def _open_apart(self, *args: Any, **keywords: Any) -> Any:
        with self.application.app_context():
            return super().open(*args, **keywords)


@pytest.fixture
def app(app: Flask) -> Flask:
    app.test_client_class = Apart
    return app


@pytest.fixture
def place(app: Flask) -> Iterator[World]:
    """A diagnosis already in the base; the test stays inside a context with a writing session."""
    made = kept(app, f"answering {clock.now().date()}", world)
    with app.app_context():
        set_reading(False)
        yield made
        session.remove()


@pytest.fixture
def sitting(client: Apart, place: World) -> str:
    """Address of a begun sitting whose key the client holds: «/t/<id>»."""
    return open_player(client, place)
