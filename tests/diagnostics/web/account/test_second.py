from __future__ import annotations

import dataclasses
import re
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from diagnostics import clock
from diagnostics.config import Config, Limits
from diagnostics.database import session
from diagnostics.people import passwords, totp
from diagnostics.people.actions import accounts, second_step, tokens
from diagnostics.people.models import Role, RoleGrant, SecondStep
from tests.diagnostics.web.account.conftest import LOGIN, PASSWORD, enter, writing
from tests.support import make

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def _code(app: Flask, person_id: str) -> str:
    config: Config = app.extensions["orientir"]
    with writing(app):
        salt = session.get_one(SecondStep, person_id).salt
    return totp.code(totp.derived(config.secret_key, person_id, salt), totp.counter_at(clock.now()))


@pytest.fixture
def codes(app: Flask, anna: str) -> tuple[str, ...]:
    """Anna's second step is on since an hour; her recovery codes."""
    config: Config = app.extensions["orientir"]
    with clock.frozen(NOW - timedelta(hours=1)):
        with writing(app):
            second_step.begin(anna)
        code = _code(app, anna)
        with writing(app):
            return second_step.confirm(anna, code, key=config.secret_key, limits=Limits())


def _is_in(client: FlaskClient) -> bool:
    return client.get("/account").status_code == 200


def test_the_password_alone_opens_nothing(client: FlaskClient, anna: str, codes: object) -> None:
    with clock.frozen(NOW):
        answer = client.post("/login", data={"email": LOGIN, "password": PASSWORD})
        assert answer.headers["Location"] == "/login/second"
        assert "Второй шаг входа" in client.get("/login/second").text
        assert not _is_in(client)


def test_the_code_opens_and_leads_where_one_wanted_to_go(
    app: Flask, client: FlaskClient, anna: str, codes: object
) -> None:
    with clock.frozen(NOW):
        client.post("/login", data={"email": LOGIN, "password": PASSWORD, "next": "/account/data"})
        answer = client.post("/login/second", data={"code": _code(app, anna)})
        assert answer.headers["Location"] == "/account/data"
        assert _is_in(client)


def test_a_code_seen_over_the_shoulder_opens_nothing_more(
    app: Flask, client: FlaskClient, anna: str, codes: object
) -> None:
    with clock.frozen(NOW):
        code = _code(app, anna)
        enter(client)
        assert client.post("/login/second", data={"code": code}).status_code == 302
        other = app.test_client()
        enter(other)
        refused = other.post("/login/second", data={"code": code})
        assert refused.status_code == 422
        assert "уже использован" in refused.text
        assert code not in refused.text
        assert not _is_in(other)


def test_a_recovery_code_opens_once_and_says_how_many_are_left(
    app: Flask, client: FlaskClient, anna: str, codes: tuple[str, ...]
) -> None:
    with clock.frozen(NOW):
        enter(client)
        assert client.post("/login/second", data={"recovery": codes[0]}).status_code == 302
        assert "Осталось: 9" in client.get("/account").text
        other = app.test_client()
        enter(other)
        assert other.post("/login/second", data={"recovery": codes[0]}).status_code == 422


def test_wrong_codes_are_slowed_by_person_from_any_network(
    client: FlaskClient, anna: str, codes: object
) -> None:
    with clock.frozen(NOW):
        enter(client)
        for number in range(5):
            place = {"REMOTE_ADDR": f"203.0.{number}.9"}
            assert (
                client.post("/login/second", data={"code": "000000"}, environ_base=place).status_code == 422
            )
        slowed = client.post("/login/second", data={"code": "000000"})
        assert slowed.status_code == 429
        assert "через 15 мин" in slowed.text


def test_ten_minutes_after_the_password_one_begins_anew(
    app: Flask, client: FlaskClient, anna: str, codes: object
) -> None:
    with clock.frozen(NOW):
        enter(client)
    with clock.frozen(NOW + timedelta(minutes=10, seconds=1)):
        answer = client.post("/login/second", data={"code": _code(app, anna)})
        assert answer.headers["Location"] == "/login"
        assert not _is_in(client)


def test_a_password_changed_meanwhile_ends_the_waiting(
    app: Flask, client: FlaskClient, anna: str, codes: object
) -> None:
    with clock.frozen(NOW):
        enter(client)
    with clock.frozen(NOW + timedelta(minutes=1)):
        with writing(app):
            accounts.set_password(anna, passwords.hashed("совсем другой пароль", Limits()), actor_id=None)
        assert client.post("/login/second", data={"code": _code(app, anna)}).headers["Location"] == "/login"


def test_without_a_password_the_second_step_is_no_door(client: FlaskClient, anna: str) -> None:
    for address in ("/login/second", "/login/second/set-up"):
        assert client.get(address).headers["Location"] == "/login"
        assert client.post(address, data={"code": "123456"}).headers["Location"] == "/login"


def test_a_reset_password_does_not_go_round_the_second_step(
    app: Flask, client: FlaskClient, anna: str, codes: object
) -> None:
    with clock.frozen(NOW):
        with writing(app):
            secret = tokens.start_reset(person_id=anna, limits=Limits(), actor_id=None)
        answer = client.post(f"/reset/{secret}", data={"password": "новый хороший пароль"})
        assert answer.headers["Location"] == "/login/second"
        assert not _is_in(client)


def test_it_is_turned_on_from_ones_own_page_and_shows_ten_codes_once(
    app: Flask, client: FlaskClient, anna: str
) -> None:
    with clock.frozen(NOW):
        enter(client)
        assert "Включить второй шаг" in client.get("/account/second").text
        client.post("/account/second/begin")
        page = client.get("/account/second/confirm").text
        assert "otpauth://totp/Orientir" in page
        assert "<svg" in page
        wrong = client.post("/account/second/confirm", data={"code": "000000"})
        assert wrong.status_code == 422
        done = client.post("/account/second/confirm", data={"code": _code(app, anna)}).text
        assert len(re.findall(r"<code>[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}</code>", done)) == 10
        assert "включён с" in client.get("/account/second").text
        assert client.get("/account/second/confirm").status_code == 404


def test_it_is_turned_off_only_with_a_code(app: Flask, client: FlaskClient, anna: str, codes: object) -> None:
    with clock.frozen(NOW):
        enter(client)
        client.post("/login/second", data={"code": _code(app, anna)})
        assert client.post("/account/second/off", data={"code": "000000"}).status_code == 422
    with clock.frozen(NOW + timedelta(minutes=1)):
        assert client.post("/account/second/off", data={"code": _code(app, anna)}).status_code == 302
        other = app.test_client()
        enter(other)
        assert _is_in(other)


@pytest.fixture
def strict(app: Flask, anna: str) -> None:
    """Anna administers, and administrators need a second step."""
    config: Config = app.extensions["orientir"]
    app.extensions["orientir"] = dataclasses.replace(config, second_step="administrators")
    with writing(app):
        region = make.region("Другая область")
        session.add(
            RoleGrant(person_id=anna, role=Role.ADMINISTRATOR, node_id=region.id, since=make.LONG_AGO)
        )


def test_who_must_have_it_gets_no_session_before_it_works(
    app: Flask, client: FlaskClient, anna: str, strict: None
) -> None:
    with clock.frozen(NOW):
        answer = client.post("/login", data={"email": LOGIN, "password": PASSWORD})
        assert answer.headers["Location"] == "/login/second/set-up"
        assert not _is_in(client)
        assert "otpauth://" in client.get("/login/second/set-up").text
        assert client.post("/login/second/set-up", data={"code": "000000"}).status_code == 422
        assert (
            "Коды восстановления" in client.post("/login/second/set-up", data={"code": _code(app, anna)}).text
        )
        assert _is_in(client)


def test_who_must_have_it_cannot_turn_it_off(
    app: Flask, client: FlaskClient, anna: str, codes: object, strict: None
) -> None:
    with clock.frozen(NOW):
        enter(client)
        client.post("/login/second", data={"code": _code(app, anna)})
        assert client.post("/account/second/off", data={"code": "123456"}).status_code == 409
        assert "Выключить второй шаг" not in client.get("/account/second").text


def test_the_chosen_language_is_kept_over_both_steps(
    app: Flask, client: FlaskClient, anna: str, codes: object
) -> None:
    with clock.frozen(NOW):
        client.get("/login?lang=en")
        enter(client)
        client.post("/login/second", data={"code": _code(app, anna)})
        assert '<html lang="en"' in client.get("/account").text
