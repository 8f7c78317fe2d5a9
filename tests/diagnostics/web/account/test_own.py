from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from diagnostics.people.models import NodeKind
from tests.diagnostics.web.account.conftest import PASSWORD, enter, writing
from tests.support import make
from tests.support.sign_in import sign_in

NEW = "совсем другие слова"


def test_a_new_password_needs_the_present_one(client: FlaskClient, anna: str) -> None:
    enter(client)
    refused = client.post("/account/password", data={"current": "не тот пароль", "password": NEW})
    assert refused.status_code == 422
    assert "Нынешний пароль не подошёл" in refused.text
    assert client.post("/account/password", data={"current": PASSWORD, "password": NEW}).status_code == 302
    client.post("/logout")
    assert enter(client, NEW) == 302


def test_guessing_the_present_password_is_slowed_down(client: FlaskClient, anna: str) -> None:
    enter(client)
    form = {"current": "не тот пароль", "password": NEW}
    found = [client.post("/account/password", data=form).status_code for _ in range(6)]
    assert found == [422] * 5 + [429]


def test_a_changed_password_keeps_this_browser_and_ends_the_others(
    app: Flask, client: FlaskClient, anna: str
) -> None:
    elsewhere = app.test_client()
    for one in (client, elsewhere):
        enter(one)
    client.post("/account/password", data={"current": PASSWORD, "password": NEW})
    assert client.get("/account").status_code == 200
    assert elsewhere.get("/account").status_code == 302


def test_signing_out_everywhere_ends_every_browser(app: Flask, client: FlaskClient, anna: str) -> None:
    elsewhere = app.test_client()
    for one in (client, elsewhere):
        enter(one)
    assert client.post("/account/sign-out-everywhere").location == "/login"
    assert client.get("/account").status_code == elsewhere.get("/account").status_code == 302


def test_the_language_is_remembered_with_the_person(app: Flask, client: FlaskClient, anna: str) -> None:
    enter(client)
    client.post("/account/language", data={"language": "en"})
    elsewhere = app.test_client()
    enter(elsewhere)
    assert '<html lang="en"' in elsewhere.get("/account").text


def test_a_language_chosen_before_signing_in_stays(client: FlaskClient, anna: str) -> None:
    client.get("/login?lang=en")
    enter(client)
    assert '<html lang="en"' in client.get("/account").text


def test_an_unknown_language_is_refused(client: FlaskClient, anna: str) -> None:
    enter(client)
    assert client.post("/account/language", data={"language": "xx"}).status_code == 422


LARGE = {"size": "largest", "spacing": "wide", "contrast": "high"}


def test_how_pages_look_is_kept_in_the_account(app: Flask, client: FlaskClient, anna: str) -> None:
    enter(client)
    client.post("/reading", data=LARGE)
    elsewhere = app.test_client()
    assert 'data-size="normal"' in elsewhere.get("/login").text
    enter(elsewhere)
    assert 'data-size="largest" data-spacing="wide" data-contrast="high"' in elsewhere.get("/account").text


def test_how_pages_look_is_kept_in_the_browser_of_a_stranger(client: FlaskClient) -> None:
    client.post("/reading", data=LARGE)
    assert 'data-size="largest"' in client.get("/login").text


def test_reading_settings_lead_back_to_the_page_they_were_opened_from(client: FlaskClient) -> None:
    page = client.get("/reading", headers={"Referer": "http://localhost/help"})
    assert 'value="/help"' in page.text
    assert client.post("/reading", data={**LARGE, "next": "/help"}).location == "/help"
    foreign = client.get("/reading", headers={"Referer": "https://evil.example/x"})
    assert "evil" not in foreign.text


def test_an_unknown_reading_setting_is_refused(client: FlaskClient) -> None:
    assert client.post("/reading", data={**LARGE, "size": "enormous"}).status_code == 422


@pytest.mark.parametrize("address", ["/help", "/accessibility"])
def test_help_names_the_contact_of_the_nearest_place(
    app: Flask, client: FlaskClient, anna: str, address: str
) -> None:
    assert "Администратору своей организации" in client.get(address).text
    with writing(app):
        region = make.region("Лесной край")
        region.requisites = {"operator_contact": "region@example.org"}
        other = make.node(NodeKind.INSTITUTE, region)
        other.requisites = {"operator_contact": "institute@example.org"}
        make.account(teacher := make.person("Орлова Нина Павловна", at=other))
        mine = teacher.id
    assert "region@example.org" in client.get(address).text
    with app.app_context():
        sign_in(client, mine)
    assert "institute@example.org" in client.get(address).text
