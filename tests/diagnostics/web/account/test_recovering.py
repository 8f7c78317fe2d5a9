from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from diagnostics import clock
from diagnostics.config import Limits
from diagnostics.database import session
from diagnostics.outbox.models import Letter
from diagnostics.people.actions import tokens
from diagnostics.people.models import TokenKind
from tests.diagnostics.web.account.conftest import LOGIN, enter, writing

NEW = "совсем другие слова"


def letters(app: Flask) -> list[Letter]:
    with app.app_context():
        return list(session.scalars(sa.select(Letter)))


def link_of(app: Flask, client: FlaskClient) -> str:
    """Ask for a new password; the path of the link in the letter."""
    client.post("/forgot", data={"email": LOGIN})
    return letters(app)[-1].text.split("http://127.0.0.1:8000")[1].split()[0]


def test_a_known_and_an_unknown_address_get_the_same_page(client: FlaskClient, anna: str) -> None:
    known = client.post("/forgot", data={"email": LOGIN})
    unknown = client.post("/forgot", data={"email": "nobody@example.org"})
    assert known.status_code == unknown.status_code == 200
    assert known.text == unknown.text


def test_only_a_known_address_gets_a_letter(app: Flask, client: FlaskClient, anna: str) -> None:
    for email in ("nobody@example.org", LOGIN):
        client.post("/forgot", data={"email": email})
    assert [one.to_address for one in letters(app)] == [LOGIN]


def test_the_link_of_a_letter_keeps_the_configured_host(app: Flask, client: FlaskClient, anna: str) -> None:
    client.post("/forgot", data={"email": LOGIN}, headers={"Host": "evil.example"})
    text = letters(app)[0].text
    assert "http://127.0.0.1:8000/reset/" in text
    assert "evil" not in text


def test_asking_again_and_again_is_slowed_down(client: FlaskClient, anna: str) -> None:
    found = [client.post("/forgot", data={"email": LOGIN}).status_code for _ in range(6)]
    assert found == [200] * 5 + [429]


def test_a_link_from_a_letter_sets_the_password_and_signs_in(
    app: Flask, client: FlaskClient, anna: str
) -> None:
    path = link_of(app, client)
    assert client.get(path).status_code == 200
    assert client.post(path, data={"password": NEW}).location == "/"
    assert client.get("/account").status_code == 200
    client.post("/logout")
    assert enter(client) == 422
    assert enter(client, NEW) == 302


def test_a_link_is_used_once(app: Flask, client: FlaskClient, anna: str) -> None:
    path = link_of(app, client)
    client.post(path, data={"password": NEW})
    client.post("/logout")
    for response in (client.get(path), client.post(path, data={"password": "третьи слова подряд"})):
        assert response.status_code == 410
    assert enter(client, NEW) == 302


def test_an_old_and_an_edited_link_are_gone(app: Flask, client: FlaskClient, anna: str) -> None:
    path = link_of(app, client)
    assert client.get(path[:-1] + ("a" if path[-1] != "a" else "b")).status_code == 410
    with clock.frozen(clock.now() + timedelta(minutes=61)):
        assert client.get(path).status_code == 410


def test_a_refused_password_leaves_the_link_unused(app: Flask, client: FlaskClient, anna: str) -> None:
    path = link_of(app, client)
    refused = client.post(path, data={"password": "коротко"})
    assert refused.status_code == 422
    assert "короче 10 знаков" in refused.text
    assert client.get(path).status_code == 200


def test_a_new_password_signs_out_every_other_browser(app: Flask, client: FlaskClient, anna: str) -> None:
    elsewhere = app.test_client()
    enter(elsewhere)
    client.post(link_of(app, client), data={"password": NEW})
    response = elsewhere.get("/account", headers={"Accept": "application/json"})
    assert response.status_code == 401


def test_an_invitation_greets_by_name_and_opening_it_uses_nothing_up(
    client: FlaskClient, invited: str
) -> None:
    for _ in range(2):
        page = client.get(f"/invite/{invited}")
        assert page.status_code == 200
        assert "Здравствуйте, Вера Ильинична" in page.text
    assert client.post(f"/invite/{invited}", data={"password": NEW}).location == "/"


def test_an_invitation_that_is_21_of_22_characters_right_does_not_exist(
    client: FlaskClient, invited: str
) -> None:
    assert client.get(f"/invite/{invited[:-1]}").status_code == 404


def test_a_revoked_and_an_expired_invitation_are_gone(app: Flask, client: FlaskClient, anna: str) -> None:
    with writing(app):
        first = tokens.invite(person_id=anna, limits=Limits(), actor_id=None)
        tokens.revoke(anna, TokenKind.INVITATION, actor_id=None)
        second = tokens.invite(person_id=anna, limits=Limits(), actor_id=None)
    assert client.get(f"/invite/{first}").status_code == 410
    with clock.frozen(clock.now() + timedelta(days=14, seconds=1)):
        assert client.get(f"/invite/{second}").status_code == 410


def test_somebody_else_who_is_signed_in_is_asked_to_switch(
    client: FlaskClient, anna: str, invited: str
) -> None:
    enter(client)
    page = client.get(f"/invite/{invited}")
    assert page.status_code == 409
    assert "Анна Игоревна Белова" in page.text
    assert client.post(f"/invite/{invited}", data={"password": NEW}).status_code == 409
    out = client.post("/logout", data={"next": f"/invite/{invited}"})
    assert out.location == f"/invite/{invited}"
    assert client.get(out.location).status_code == 200
