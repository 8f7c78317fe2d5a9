from __future__ import annotations

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from diagnostics.config import Limits
from diagnostics.database import session
from diagnostics.people.actions import first
from diagnostics.people.models import OrgNode
from tests.diagnostics.web.account.conftest import writing

FORM = {
    "region": "Заречная область",
    "surname": "Белова",
    "given_name": "Мария",
    "patronymic": "Игоревна",
    "email": "maria@example.org",
    "password": "четыре простых слова",
}


@pytest.fixture
def secret(app: Flask) -> str:
    with writing(app):
        found = first.first_administrator_token(Limits())
    assert found is not None
    return found


def test_the_holder_of_the_link_becomes_administrator_of_a_new_region(
    app: Flask, client: FlaskClient, secret: str
) -> None:
    assert client.get(f"/first/{secret}").status_code == 200
    assert client.post(f"/first/{secret}", data=FORM).location == "/"
    assert client.get("/admin/people").status_code == 200
    with app.app_context():
        assert session.scalars(sa.select(OrgNode.name)).all() == ["Заречная область"]


def test_the_link_works_once_and_no_new_one_is_made(app: Flask, client: FlaskClient, secret: str) -> None:
    client.post(f"/first/{secret}", data=FORM)
    assert client.get(f"/first/{secret}").status_code == 410
    with writing(app):
        assert first.first_administrator_token(Limits()) is None


def test_a_new_link_ends_the_one_before(app: Flask, client: FlaskClient, secret: str) -> None:
    with writing(app):
        newer = first.first_administrator_token(Limits())
    assert client.get(f"/first/{secret}").status_code == 410
    assert client.get(f"/first/{newer}").status_code == 200


@pytest.mark.parametrize(
    ("field", "value"),
    [("email", "не адрес"), ("password", "коротко"), ("region", " "), ("region", "о" * 400), ("surname", "")],
)
def test_a_mistake_is_shown_at_its_field_and_nothing_is_begun(
    app: Flask, client: FlaskClient, secret: str, field: str, value: str
) -> None:
    page = client.post(f"/first/{secret}", data={**FORM, field: value})
    assert page.status_code == 422
    assert f'id="{field}-error"' in page.text
    with app.app_context():
        assert session.scalars(sa.select(OrgNode.name)).all() == []
    assert client.get(f"/first/{secret}").status_code == 200


def test_an_unknown_link_does_not_exist(client: FlaskClient) -> None:
    assert client.get("/first/abc").status_code == 404
