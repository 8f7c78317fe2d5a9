"""Saving by script over HTTP: status, code, sentence; nothing changes when a save is refused."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from diagnostics import clock
from diagnostics.database import session
from diagnostics.sittings import actions as sittings
from diagnostics.sittings import queries as reading
from diagnostics.sittings.models import AnswerEvent, LateEvent
from tests.support.answering import LIMITS, World, event, open_player, statements, wave


def send(client: FlaskClient, sitting: str, *rows: Any, **more: Any) -> Any:
    return client.post(f"{sitting}/events", json={"events": list(rows)}, **more)


def count(table: type[Any]) -> int:
    session.rollback()
    return session.scalar(sa.select(sa.func.count()).select_from(table)) or 0


def test_a_save_is_told_with_its_position_and_time(client: FlaskClient, sitting: str) -> None:
    answer = send(client, sitting, event(1, "S1", "b"))
    body = answer.get_json()
    assert answer.status_code == 200
    assert body["results"] == [{"seq": 1, "position": 1, "status": "stored"}]
    assert body["saved_at"].endswith("+00:00")


def test_a_whole_request_costs_three_statements(client: FlaskClient, sitting: str) -> None:
    send(client, sitting, event(1, "S1", "b"))
    with statements() as sent:
        send(client, sitting, event(2, "S2", "a", base=1))
    assert [one.split()[0] for one in sent] == ["SELECT", "UPDATE", "INSERT"]


def test_a_resend_gets_the_same_answer_to_the_letter(client: FlaskClient, sitting: str) -> None:
    first, second = (send(client, sitting, event(1, "S1", "b")) for _ in range(2))
    assert (second.status_code, second.data) == (200, first.data)
    assert count(AnswerEvent) == 1


def refusal(answer: Any) -> tuple[int, str]:
    assert answer.mimetype == "application/problem+json"
    body = answer.get_json()
    assert body["title"]
    assert "request" in body
    return answer.status_code, body["code"]


@pytest.mark.parametrize(
    ("row", "status", "code"),
    [
        (event(1, "S1", "zz"), 422, "option_unknown"),
        (event(1, "S3", "a"), 404, "missing"),
        (event(1, "S1", ["a", "b"]), 422, "too_many_choices"),
        (event(1, "N1", "1e309"), 422, "not_a_number"),
        (event(1, "N1", "NaN"), 422, "not_a_number"),
        (event(1, "T1", "а" * 41), 422, "too_long"),
        (event(1, "T1", "\x00"), 422, "bad_character"),
        (event(1, "T1", "\ud800"), 422, "bad_character"),
        (event(-1, "S1", "b"), 422, "bad_seq"),
        (event(1_000_001, "S1", "b"), 422, "bad_seq"),
        (event("1", "S1", "b"), 422, "bad_seq"),  # type: ignore[arg-type]
        (event(1, "S1", "b", score=1), 422, "unknown_field"),
        (event(1, "S1", "b", user_id="x"), 422, "unknown_field"),
        (event(1, "S1", "b", base=99), 422, "bad_base"),
    ],
)
def test_a_bad_event_changes_nothing(
    client: FlaskClient, sitting: str, row: dict[str, Any], status: int, code: str
) -> None:
    assert refusal(send(client, sitting, row)) == (status, code)
    assert count(AnswerEvent) == 0


def test_a_number_used_twice_is_a_conflict(client: FlaskClient, sitting: str) -> None:
    send(client, sitting, event(1, "S1", "b"))
    answer = send(client, sitting, event(1, "S1", "a", base=1))
    assert refusal(answer) == (409, "seq_conflict")
    assert answer.get_json()["parameters"]["next_seq"] == 2
    assert count(AnswerEvent) == 1


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ("", 400, "bad_json"),
        ("[]", 400, "bad_json"),
        ("{", 400, "bad_json"),
        ('{"events": [], "events": []}', 400, "bad_json"),
        ('{"events": [NaN]}', 400, "bad_json"),
        ("[" * 100_00 + "]" * 100_00, 400, "bad_json"),
        ('{"events": ' + "9" * 5000 + "}", 400, "bad_json"),
        ("\ufeff{}", 400, "bad_json"),
        ("{}", 422, "bad_events"),
        (json.dumps({"events": [event(1, "S1", kind="shown")] * 900}), 422, "batch_too_big"),
        (json.dumps({"events": [event(1, "FREE", "а" * 65_000)]}), 413, "too_large"),
    ],
)
def test_a_bad_body_is_refused(client: FlaskClient, sitting: str, body: str, status: int, code: str) -> None:
    answer = client.post(f"{sitting}/events", data=body, content_type="application/json")
    assert refusal(answer) == (status, code)
    assert count(AnswerEvent) == 0


def test_json_under_another_name_is_not_taken(client: FlaskClient, sitting: str) -> None:
    body = json.dumps({"events": [event(1, "S1", "b")]})
    answer = client.post(
        f"{sitting}/events", data=body, content_type="text/plain", headers={"Accept": "application/json"}
    )
    assert refusal(answer) == (415, "http_415")


def test_a_save_without_its_token_is_refused(app: Flask, client: FlaskClient, sitting: str) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    assert refusal(send(client, sitting, event(1, "S1", "b"))) == (403, "csrf")
    assert refusal(send(client, sitting, event(1, "S1", "b"), headers={"X-CSRFToken": "x"})) == (403, "csrf")
    page = client.get(f"{sitting}/q/2").text
    token = page.split('name="csrf_token" value="')[1].split('"')[0]
    answer = send(client, sitting, event(1, "S1", "b"), headers={"X-CSRFToken": token})
    assert answer.status_code == 200


@pytest.mark.parametrize("kept", ["nothing", "another", "edited", "revoked"])
def test_without_a_living_key_nothing_is_saved(
    app: Flask, client: FlaskClient, place: World, sitting: str, kept: str
) -> None:
    other = {"nothing": app.test_client(), "another": app.test_client()}.get(kept, client)
    if kept == "another":
        open_player(other, place, 1)
    if kept == "edited":
        with client.session_transaction() as cookie:
            cookie["sittings"] = {sitting.removeprefix("/t/"): "x"}
    if kept == "revoked":
        sittings.revoke_keys(sitting.removeprefix("/t/"), actor_id=None)
        session.commit()
    assert refusal(send(other, sitting, event(1, "S1", "b"))) == (401, "key_needed")
    assert count(AnswerEvent) == 0


def test_a_sitting_that_is_not_there_answers_as_one_without_a_key(client: FlaskClient, sitting: str) -> None:
    assert refusal(send(client, "/t/00000000000000", event(1, "S1", "b"))) == (401, "key_needed")


def test_what_comes_after_sending_is_kept_and_told(client: FlaskClient, sitting: str) -> None:
    client.post(f"{sitting}/submit", data={"without": "yes"})
    answer = send(client, sitting, event(1, "S1", "b"))
    assert refusal(answer) == (409, "attempt_closed")
    assert answer.get_json()["kept"] is True
    assert count(LateEvent) == 1


def test_a_script_and_a_form_of_one_browser_do_not_meet_on_a_number(
    client: FlaskClient, sitting: str
) -> None:
    send(client, sitting, event(1, "S1", "b"))
    client.post(f"{sitting}/q/3", data={"answer": "a", "base": "1"})
    assert send(client, sitting, event(2, "S1", "a", base=2)).status_code == 200
    assert dict(reading.answers(sitting.removeprefix("/t/"))) == {"S1": "a", "S2": "a"}


def test_a_conflict_is_told(app: Flask, place: World) -> None:
    phone, laptop = app.test_client(), app.test_client()
    sitting = open_player(phone, place)
    open_player(laptop, place)
    send(phone, sitting, event(1, "S1", "b"))
    assert send(laptop, sitting, event(1, "S1", "a")).get_json()["results"][0]["status"] == "conflict"


def test_the_cookie_keeps_the_newest_four_keys(client: FlaskClient, sitting: str) -> None:
    with client.session_transaction() as cookie:
        cookie["sittings"] = {str(number): "x" for number in range(4)} | cookie["sittings"]
    client.post(f"{sitting}/start")
    with client.session_transaction() as cookie:
        assert set(cookie["sittings"]) == {"1", "2", "3", sitting.removeprefix("/t/")}


@pytest.mark.parametrize(
    ("seconds", "told"),
    [
        (0, (200, None)),
        (LIMITS.late_grace_seconds, (200, None)),
        (LIMITS.late_grace_seconds + 1, (409, "time_over")),
    ],
)
def test_a_save_counts_to_the_end_of_the_grace_and_is_kept_apart_after_it(
    client: FlaskClient, place: World, sitting: str, seconds: int, told: tuple[int, str | None]
) -> None:
    with clock.frozen(wave(place).closes_at + timedelta(seconds=seconds)):
        answer = send(client, sitting, event(1, "S1", "b"))
    assert (answer.status_code, answer.get_json().get("code")) == told
    assert (count(AnswerEvent), count(LateEvent)) == ((1, 0) if told[0] == 200 else (0, 1))
    assert answer.get_json().get("kept", False) is (told[0] != 200)
