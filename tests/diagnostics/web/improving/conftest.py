from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from diagnostics import clock
from diagnostics.database import session, set_reading
from tests.diagnostics.web.answering.conftest import Apart
from tests.support import school as support
from tests.support.school import School, launched


@pytest.fixture
def app(app: Flask) -> Flask:
    app.test_client_class = Apart
    return app


@pytest.fixture
def place(app: Flask) -> Iterator[School]:
    with clock.frozen(support.NOW):
        made = support.kept_school(app)
        with app.app_context():
            set_reading(False)
            yield made
            session.remove()


@pytest.fixture
def campaign(client: FlaskClient, place: School) -> str:
    """A launched self-assessment; the client is the deputy who launched it."""
    return launched(client, place)
