"""Doors of the account under hostile input: the same work for a stranger, no token no change, dead cookies."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient

from diagnostics.database import session
from diagnostics.people import passwords
from diagnostics.people.models import SignIn
from tests.diagnostics.web.account.conftest import LOGIN, PASSWORD, enter
from tests.support.passwords import CHEAP, use_cheap

JSON = {"Accept": "application/json"}


class Counting(PasswordHasher):
    """Remembers against which hashes a password was tried."""

    def __init__(self) -> None:
        super().__init__(
            time_cost=CHEAP.time_cost, memory_cost=CHEAP.memory_cost, parallelism=CHEAP.parallelism
        )
        self.tried: list[str] = []

    def verify(self, hash: str | bytes, password: str | bytes) -> bool:  # type: ignore[override]  # noqa: A002
        self.tried.append(str(hash))
        return bool(super().verify(hash, password))


@pytest.mark.parametrize("email", [LOGIN, "nobody@example.org", "not an address"])
def test_one_password_is_tried_whoever_is_named(client: FlaskClient, anna: str, email: str) -> None:
    counting = Counting()
    passwords.use(counting)
    try:
        client.post("/login", data={"email": email, "password": "не тот пароль"})
    finally:
        use_cheap()
    (tried,) = counting.tried
    assert tried.startswith("$argon2id$")


def answer_of(client: FlaskClient, email: str) -> tuple[int, str]:
    response = client.post("/login", data={"email": email, "password": "не тот пароль"})
    return response.status_code, response.text.replace(email, "")


def test_a_wrong_login_and_a_wrong_password_differ_in_nothing(client: FlaskClient, anna: str) -> None:
    assert answer_of(client, LOGIN) == answer_of(client, "nobody@example.org")


POSTS = (
    "/login",
    "/logout",
    "/forgot",
    "/account/password",
    "/account/language",
    "/account/sign-out-everywhere",
)


def token_of(client: FlaskClient, address: str = "/login") -> str:
    return client.get(address).text.split('name="csrf_token" value="')[1].split('"')[0]


@pytest.mark.parametrize("address", POSTS)
@pytest.mark.parametrize("token", ["none", "foreign", "edited"])
def test_a_form_without_its_own_token_changes_nothing(
    app: Flask, client: FlaskClient, anna: str, address: str, token: str
) -> None:
    enter(client)
    app.config["WTF_CSRF_ENABLED"] = True
    given = {"none": "", "foreign": token_of(app.test_client()), "edited": token_of(client, "/account") + "x"}
    data = {"csrf_token": given[token], "email": LOGIN, "password": PASSWORD, "language": "en"}
    page = client.post(address, data=data)
    assert page.status_code == 403
    assert "Страница устарела" in page.text
    machine = client.post(address, data=data, headers=JSON)
    assert (machine.status_code, machine.get_json()["code"]) == (403, "csrf")
    assert client.get("/account").status_code == 200
    assert signs_ended(app) == 0


def signs_ended(app: Flask) -> int:
    with app.app_context():
        query = sa.select(sa.func.count()).select_from(SignIn).where(SignIn.revoked_at.is_not(None))
        return session.scalar(query) or 0


def test_no_door_is_excused_from_the_token(app: Flask) -> None:
    guard = app.extensions["csrf"]
    assert (guard._exempt_views, guard._exempt_blueprints) == (set(), set())
    assert app.config.get("WTF_CSRF_CHECK_DEFAULT", True)


@pytest.mark.parametrize("cut", [0, 1, -1, None])
def test_an_edited_cookie_is_nobodys(client: FlaskClient, anna: str, cut: int | None) -> None:
    enter(client)
    cookie = client.get_cookie("orientir")
    assert cookie is not None
    body, signed = cookie.value.rsplit(".", 1)
    edited = {0: "", 1: f"x{cookie.value}", -1: f"{body}.{signed[:-4]}AAAA", None: f"{body}."}[cut]
    client.set_cookie("orientir", edited)
    answer = client.get("/account", headers=JSON)
    assert (answer.status_code, answer.get_json()["code"]) == (401, "http_401")


def test_a_cookie_from_before_the_new_password_is_nobodys(app: Flask, client: FlaskClient, anna: str) -> None:
    enter(client)
    kept = client.get_cookie("orientir")
    assert kept is not None
    other = app.test_client()
    enter(other)
    new = "пять совсем новых простых слов"
    changed = other.post("/account/password", data={"current": PASSWORD, "password": new})
    assert changed.status_code == 302, changed.text
    thief = app.test_client()
    thief.set_cookie("orientir", kept.value)
    assert thief.get("/account", headers=JSON).status_code == 401


@pytest.mark.parametrize("field", ["email", "password", "next"])
def test_a_sign_that_the_base_cannot_keep_is_refused(client: FlaskClient, anna: str, field: str) -> None:
    data = {"email": LOGIN, "password": PASSWORD, "next": "/"}
    answer = client.post("/login", data=data | {field: "а\x00б"}, headers=JSON)
    body = answer.get_json()
    assert (answer.status_code, body["code"], body["parameters"]["field"]) == (422, "hidden_character", field)
    assert "невидимые знаки" in body["title"]
