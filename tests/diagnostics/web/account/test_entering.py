from __future__ import annotations

import time
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from diagnostics import clock
from diagnostics.config import Limits
from diagnostics.database import session
from diagnostics.people import passwords
from diagnostics.people.actions import accounts
from diagnostics.people.models import SignIn
from tests.diagnostics.web.account.conftest import LOGIN, PASSWORD, enter, writing


def is_in(client: FlaskClient) -> bool:
    return client.get("/account").status_code == 200


def test_the_right_password_opens_the_account(client: FlaskClient, anna: str) -> None:
    assert enter(client) == 302
    assert is_in(client)


def test_a_login_is_found_however_it_is_typed(client: FlaskClient, anna: str) -> None:
    assert enter(client, email=" Anna@Example.ORG ") == 302


@pytest.mark.parametrize("email", [LOGIN, "nobody@example.org", "not an address"])
def test_wrong_login_and_wrong_password_get_the_same_page(client: FlaskClient, anna: str, email: str) -> None:
    response = client.post("/login", data={"email": email, "password": "не тот пароль"})
    assert response.status_code == 422
    assert "Почта или пароль не подошли" in response.text
    assert "не тот пароль" not in response.text


def test_after_five_failures_even_the_right_password_waits_and_then_succeeds(
    client: FlaskClient, anna: str
) -> None:
    now = clock.now()
    with clock.frozen(now):
        for _ in range(5):
            assert enter(client, "не тот пароль") == 422
        refused = client.post("/login", data={"email": LOGIN, "password": PASSWORD})
        assert refused.status_code == 429
        assert "через 15 мин" in refused.text
    with clock.frozen(now + timedelta(minutes=15, seconds=1)):
        assert enter(client) == 302


def test_failures_from_another_network_do_not_slow_this_one(client: FlaskClient, anna: str) -> None:
    for _ in range(5):
        form = {"email": LOGIN, "password": "не тот пароль"}
        client.post("/login", data=form, environ_base={"REMOTE_ADDR": "203.0.113.9"})
    assert enter(client) == 302


def test_a_password_of_a_million_characters_is_refused_at_once(client: FlaskClient, anna: str) -> None:
    body = f"email={LOGIN}&password=".encode() + b"a" * 1_000_000
    spent = []
    for _ in range(5):
        began = time.process_time()
        response = client.post("/login", data=body, content_type="application/x-www-form-urlencoded")
        spent.append(time.process_time() - began)
        assert response.status_code == 422
        assert "длиннее 1000 знаков" in response.text
    assert min(spent) < 0.05


def test_a_password_of_64_characters_is_accepted(app: Flask, client: FlaskClient, anna: str) -> None:
    long = "длинный пароль из слов " * 2 + "и ещё восемнадцать"
    assert len(long) == 64
    with writing(app):
        accounts.set_password(anna, passwords.hashed(long, Limits()), actor_id=None)
    assert enter(client, long) == 302


@pytest.mark.parametrize(
    "address",
    [
        "//evil.example",
        "https://evil.example/",
        "javascript:alert(1)",
        "\\\\evil",
        "/\\evil",
        "/\t/evil.example",
        "evil",
        "/" + "a" * 600,
    ],
)
def test_only_own_addresses_are_followed_after_signing_in(
    client: FlaskClient, anna: str, address: str
) -> None:
    response = client.post("/login", data={"email": LOGIN, "password": PASSWORD, "next": address})
    assert response.location == "/"


def test_an_own_address_is_followed_after_signing_in(client: FlaskClient, anna: str) -> None:
    response = client.post("/login", data={"email": LOGIN, "password": PASSWORD, "next": "/account?x=1"})
    assert response.location == "/account?x=1"


def test_a_page_asked_for_leads_to_the_sign_in_with_its_address(client: FlaskClient, anna: str) -> None:
    response = client.get("/account")
    assert response.status_code == 302
    assert response.location == "/login?next=/account"


def test_a_machine_without_a_sign_in_gets_401(client: FlaskClient, anna: str) -> None:
    response = client.get("/account", headers={"Accept": "application/json"})
    assert response.status_code == 401
    assert response.json is not None
    assert response.json["code"] == "http_401"


def test_an_object_looks_to_a_stranger_as_one_that_does_not_exist(client: FlaskClient, anna: str) -> None:
    assert client.get(f"/admin/people/{anna}").status_code == 302
    assert client.get("/admin/people/00000000000000").status_code == 302


def cookie_of(client: FlaskClient) -> str:
    found = client.get_cookie("orientir")
    assert found is not None
    return found.value


def test_a_cookie_from_before_signing_out_opens_nothing(client: FlaskClient, anna: str) -> None:
    enter(client)
    old = cookie_of(client)
    client.post("/logout")
    client.set_cookie("orientir", old)
    assert not is_in(client)
    assert client.get("/account", headers={"Accept": "application/json"}).status_code == 401


def test_an_edited_cookie_opens_nothing(client: FlaskClient, anna: str) -> None:
    enter(client)
    client.set_cookie("orientir", cookie_of(client)[:-3] + "abc")
    assert not is_in(client)


def test_every_sign_in_has_a_new_secret(client: FlaskClient, anna: str) -> None:
    enter(client)
    first = cookie_of(client)
    client.post("/logout")
    enter(client)
    assert cookie_of(client) != first


def test_half_an_hour_of_silence_ends_the_sign_in(client: FlaskClient, anna: str) -> None:
    now = clock.now()
    with clock.frozen(now):
        enter(client)
    with clock.frozen(now + timedelta(minutes=31)):
        assert not is_in(client)


def test_reading_pages_keeps_the_sign_in_alive_up_to_twelve_hours(client: FlaskClient, anna: str) -> None:
    now = clock.now()
    with clock.frozen(now):
        enter(client)
    for minutes in range(20, 12 * 60, 20):
        with clock.frozen(now + timedelta(minutes=minutes)):
            assert is_in(client)
    with clock.frozen(now + timedelta(hours=12, seconds=1)):
        assert not is_in(client)


def test_a_sign_in_is_touched_at_most_once_a_minute(app: Flask, client: FlaskClient, anna: str) -> None:
    now = clock.now()
    with clock.frozen(now):
        enter(client)
    with clock.frozen(now + timedelta(seconds=59)):
        is_in(client)
    assert _seen_at(app) == now
    with clock.frozen(now + timedelta(seconds=61)):
        is_in(client)
    assert _seen_at(app) == now + timedelta(seconds=61)


def _seen_at(app: Flask) -> datetime | None:
    with app.app_context():
        return session.scalar(sa.select(SignIn.seen_at))


def test_signing_out_without_being_signed_in_is_no_mistake(client: FlaskClient) -> None:
    assert client.post("/logout").location == "/login"
