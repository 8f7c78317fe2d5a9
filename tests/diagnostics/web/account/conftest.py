"""Requests of these tests run outside any application context: each finds out anew who asks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from diagnostics import clock
from diagnostics.config import Limits
from diagnostics.database import session, set_reading
from diagnostics.people import passwords
from diagnostics.people.actions import accounts, tokens
from tests.support import make
from tests.support import passwords as support

PASSWORD = "четыре простых слова"
LOGIN = "anna@example.org"
OPENED = datetime(2026, 9, 1, 9, 0, tzinfo=UTC)
"""Before every moment at which these tests stop the clock: a password changed later ends what came before."""


@pytest.fixture(autouse=True)
def _cheap_passwords() -> None:
    support.use_cheap()


@contextmanager
def writing(app: Flask) -> Iterator[None]:
    """A transaction of the test's own, committed at the end."""
    with app.app_context():
        set_reading(False)
        yield
        session.commit()


@pytest.fixture
def anna(app: Flask) -> str:
    """Id of a trainer who signs in with LOGIN and PASSWORD."""
    with clock.frozen(OPENED), writing(app):
        person = make.person("Белова Анна Игоревна", at=make.institute(make.region()))
        accounts.open_account(person_id=person.id, login=LOGIN, actor_id=None)
        accounts.set_password(person.id, passwords.hashed(PASSWORD, Limits()), actor_id=None)
        return person.id


@pytest.fixture
def invited(app: Flask) -> str:
    """The secret of an invitation to a person who has no password yet."""
    with writing(app):
        person = make.person("Семёнова Вера Ильинична", at=make.institute(make.region()))
        accounts.open_account(person_id=person.id, login="vera@example.org", actor_id=None)
        return tokens.invite(person_id=person.id, limits=Limits(), actor_id=None)


def enter(client: FlaskClient, password: str = PASSWORD, **form: str) -> int:
    return client.post("/login", data={"email": LOGIN, "password": password, **form}).status_code
