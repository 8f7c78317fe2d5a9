from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from diagnostics.database import session, set_reading
from diagnostics.people.models import OrgNode, Role
from tests.support import make
from tests.support.anew import AnewClient
from tests.support.sign_in import sign_in


@pytest.fixture
def region(app: Flask) -> Iterator[OrgNode]:
    app.test_client_class = AnewClient
    with app.app_context():
        set_reading(False)
        made = make.region()
        make.work()
        session.commit()
        yield made
        session.rollback()


@pytest.fixture
def methodologist(region: OrgNode, app: Flask) -> FlaskClient:
    return client_of(app, Role.METHODOLOGIST, region)


@pytest.fixture
def trainer(region: OrgNode, app: Flask) -> FlaskClient:
    return client_of(app, Role.TRAINER, region)


def client_of(app: Flask, role: Role, at: OrgNode) -> FlaskClient:
    client = app.test_client()
    sign_in(client, make.staff(role, at).id)
    return client
