from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from diagnostics import clock
from diagnostics.database import session, set_reading
from diagnostics.people.models import Role
from tests.support import diagnosis, make
from tests.support.anew import AnewClient
from tests.support.kept import kept
from tests.support.sign_in import sign_in


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with clock.frozen(diagnosis.TODAY):
        yield


@pytest.fixture
def scene(app: Flask) -> Iterator[diagnosis.Scene]:
    """Committed, so that requests see it; the session stays open for looking."""
    app.test_client_class = AnewClient
    made = kept(app, "running", diagnosis.scene)
    with app.app_context():
        set_reading(False)
        yield made
        session.rollback()


@pytest.fixture
def trainer(scene: diagnosis.Scene, client: FlaskClient) -> FlaskClient:
    sign_in(client, scene.trainer.id)
    return client


@pytest.fixture
def other_trainer(scene: diagnosis.Scene, app: Flask) -> FlaskClient:
    """A trainer of the same institute who owns nothing here."""
    stranger = make.staff(Role.TRAINER, scene.institute, "Чужая Ольга Ивановна")
    client = app.test_client()
    sign_in(client, stranger.id)
    return client
