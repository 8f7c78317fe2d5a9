"""Bad input of the player against the list of expected answers (rows 1–12, 17, 18, 20 and 46), over the real application.

Each row: what is sent, the status and the stable code; nothing is stored, and the answer tells nothing of the inside.
"""

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
from diagnostics.sittings import queries as reading
from diagnostics.sittings.models import AnswerEvent, LateEvent
from tests.support.answering import World, event, link, open_player, pause, wave, world
from tests.support.kept import kept

INSIDE = ("Traceback", "sqlalchemy", "SELECT ", "/diagnostics/", "SECRET")
DEEP = '{"events":' * 1000 + "[]" + "}" * 1000


def send(client: FlaskClient, sitting: str, *rows: Any) -> Any:
    return client.post(f"{sitting}/events", json={"events": list(rows)})


def count(table: type[Any]) -> int:
    session.rollback()
    return session.scalar(sa.select(sa.func.count()).select_from(table)) or 0


def told(answer: Any) -> tuple[int, str]:
    assert answer.mimetype == "application/problem+json"
    body = answer.get_json()
    assert body["title"] != body["code"]
    assert body["request"]
    assert not any(word in answer.text for word in INSIDE)
    return answer.status_code, body["code"]


EVENTS: list[tuple[str, dict[str, Any], tuple[int, str]]] = [
    ("1", event(1, "S1", "zz"), (422, "option_unknown")),
    ("1 of another item", event(1, "M1", ["a", "S1"]), (422, "option_unknown")),
    ("2", event(1, "S3", "a"), (404, "missing")),
    ("2 no such item", event(1, "../S1", "a"), (404, "missing")),
    ("3", event(1, "S1", ["a", "b"]), (422, "too_many_choices")),
    ("4 exponent", event(1, "N1", "1e309"), (422, "not_a_number")),
    ("4 NaN", event(1, "N1", "NaN"), (422, "not_a_number")),
    ("5 long", event(1, "FREE", "w" * 50_001), (422, "too_long")),
    ("5 65 KB of a short answer", event(1, "T1", "w" * 60_000), (422, "too_long")),
    ("5 surrogate", event(1, "T1", "\ud800"), (422, "bad_character")),
    ("5 NUL", event(1, "T1", "а\x00"), (422, "bad_character")),
    ("8 jump", event(1_000_000, "S1", "b"), (422, "bad_seq")),
    ("8 negative", event(-5, "S1", "b"), (422, "bad_seq")),
    ("8 string", event("1", "S1", "b"), (422, "bad_seq")),  # type: ignore[arg-type]
    ("8 true", event(True, "S1", "b"), (422, "bad_seq")),
    ("8 fraction", event(1.5, "S1", "b"), (422, "bad_seq")),  # type: ignore[arg-type]
    *(
        (f"10 {name}", event(1, "S1", "b", **{name: 1}), (422, "unknown_field"))
        for name in ("score", "correct", "started_at", "deadline", "user_id", "is_admin", "id", "client")
    ),
]


@pytest.mark.parametrize(("row", "sent", "expected"), EVENTS, ids=[row for row, _, _ in EVENTS])
def test_an_event_is_refused_as_written(
    client: FlaskClient, sitting: str, row: str, sent: dict[str, Any], expected: tuple[int, str]
) -> None:
    assert told(send(client, sitting, sent)) == expected
    assert count(AnswerEvent) == 0


@pytest.mark.parametrize(("typed", "stored"), [("1,5", 1.5), ("1.5", 1.5), ("١٢", 12)])
def test_row_4_what_people_type_for_a_number_is_read(
    client: FlaskClient, sitting: str, typed: str, stored: float
) -> None:
    assert send(client, sitting, event(1, "N1", typed)).status_code == 200
    session.rollback()
    assert reading.answers(sitting.removeprefix("/t/")) == {"N1": stored}


def test_row_5_right_to_left_is_kept_and_shown_apart(client: FlaskClient, sitting: str) -> None:
    assert send(client, sitting, event(1, "T1", "\u202eсло")).status_code == 200
    assert "<bdi>\u202eсло</bdi>" in client.get(f"{sitting}/review").text


BODIES: list[tuple[str, str | bytes, tuple[int, str]]] = [
    ("12 65 KiB", json.dumps({"events": [event(1, "FREE", "w" * 66_000)]}), (413, "too_large")),
    ("12 10,000 events", json.dumps({"events": [{}] * 10_000}), (422, "batch_too_big")),
    ("46 no JSON", "events", (400, "bad_json")),
    ("46 array", "[]", (400, "bad_json")),
    ("46 twice", '{"events": [], "events": []}', (400, "bad_json")),
    ("46 twice below", '{"events": [{"seq": 1, "seq": 2}]}', (400, "bad_json")),
    ("46 depth", DEEP, (400, "bad_json")),
    ("46 1e400", '{"events": [{"seq": 1, "base": 0, "kind": "answer", "item": "N1", "value": 1e400}]}', (422, "not_a_number")),
    ("46 BOM", b"\xef\xbb\xbf{}", (400, "bad_json")),
    ("46 UTF-16", '{"events": []}'.encode("utf-16"), (400, "bad_json")),
]  # fmt: skip


@pytest.mark.parametrize(("row", "body", "expected"), BODIES, ids=[row for row, _, _ in BODIES])
def test_a_body_is_refused_as_written(
    client: FlaskClient, sitting: str, row: str, body: str | bytes, expected: tuple[int, str]
) -> None:
    answer = client.post(f"{sitting}/events", data=body, content_type="application/json")
    assert told(answer) == expected
    assert count(AnswerEvent) == 0


def test_row_3_sending_without_answers_names_them(client: FlaskClient, sitting: str) -> None:
    answer = client.post(f"{sitting}/submit", headers={"Accept": "application/json"})
    assert told(answer) == (422, "answers_missing")
    assert "S1" in answer.get_json()["parameters"]["items"]


def test_rows_6_and_7_a_number_again(client: FlaskClient, sitting: str) -> None:
    first, again = (send(client, sitting, event(1, "S1", "b")) for _ in range(2))
    assert (again.status_code, again.data) == (200, first.data)
    assert told(send(client, sitting, event(1, "S1", "c"))) == (409, "seq_conflict")
    assert count(AnswerEvent) == 1


@pytest.mark.parametrize(
    ("closed", "code", "is_kept"),
    [("sent", "attempt_closed", True), ("over", "time_over", True), ("paused", "paused", False)],
)
def test_row_9_a_save_that_comes_when_nothing_is_taken(
    client: FlaskClient, place: World, sitting: str, closed: str, code: str, is_kept: bool
) -> None:
    now = clock.now()
    if closed == "sent":
        client.post(f"{sitting}/submit", data={"without": "yes"})
    elif closed == "over":
        now = wave(place).closes_at + timedelta(minutes=1)
        session.rollback()
    else:
        pause(place)
        session.commit()
    with clock.frozen(now):
        answer = send(client, sitting, event(1, "S1", "b"))
    assert told(answer) == (409, code)
    assert answer.get_json()["kept"] is is_kept
    assert (count(AnswerEvent), count(LateEvent)) == (0, int(is_kept))


@pytest.mark.parametrize(
    ("item", "typed", "code"),
    [
        ("S1", "zz", "option_unknown"),
        ("N1", "1e309", "not_a_number"),
        ("T1", "w" * 65_000, "too_long"),
        ("T1", "а\x00", "bad_character"),
    ],
)
def test_a_form_is_refused_by_the_same_rules_and_keeps_what_was_typed(
    client: FlaskClient, sitting: str, item: str, typed: str, code: str
) -> None:
    place = ("READ", "S1", "S2", "M1", "N1", "T1").index(item) + 1
    page = client.post(f"{sitting}/q/{place}", data={"answer": typed, "base": "0", "item": item})
    assert (page.status_code, "error-summary" in page.text) == (422, True), code
    assert not any(word in page.text for word in INSIDE)
    if item != "S1" and "\x00" not in typed:
        assert typed[:100] in page.text
    assert count(AnswerEvent) == 0


def test_row_18_a_token_of_another_browser_is_none(app: Flask, client: FlaskClient, sitting: str) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    foreign = app.test_client().get("/code").text.split('name="csrf_token" value="')[1].split('"')[0]
    answer = client.post(
        f"{sitting}/events",
        json={"events": [event(1, "S1", "b")]},
        headers={"X-CSRFToken": foreign},
    )
    assert told(answer) == (403, "csrf")


def test_row_20_an_edited_cookie_holds_no_key(client: FlaskClient, sitting: str) -> None:
    cookie = client.get_cookie("orientir")
    assert cookie is not None
    client.set_cookie("orientir", cookie.value[:-2] + "xx")
    assert told(send(client, sitting, event(1, "S1", "b"))) == (401, "key_needed")


def test_yesterdays_queue_sent_again_adds_nothing(client: FlaskClient, sitting: str) -> None:
    """A browser that missed every acknowledgement sends its whole queue anew the next day, after newer answers."""
    queue = [event(1, "S1", "b"), event(2, "S2", "a"), event(3, "S1", "c", base=0)]
    first = send(client, sitting, *queue).get_json()["results"]
    send(client, sitting, event(4, "S1", "a", base=3))
    with clock.frozen(clock.now() + timedelta(days=1)):
        assert send(client, sitting, *queue).get_json()["results"] == first
    session.rollback()
    assert reading.answers(sitting.removeprefix("/t/")) == {"S1": "a", "S2": "a"}
    assert count(AnswerEvent) == 4


def test_yesterdays_queue_of_another_browser_overwrites_nothing(
    app: Flask, client: FlaskClient, place: World, sitting: str
) -> None:
    other = app.test_client()
    open_player(other, place)
    send(other, sitting, event(1, "S1", "c"))
    result = send(client, sitting, event(1, "S1", "b")).get_json()["results"]
    assert [one["status"] for one in result] == ["conflict"]
    session.rollback()
    assert reading.answers(sitting.removeprefix("/t/"))["S1"] == "c"


def test_a_forwarded_link_opens_nothing_without_the_surname(
    app: Flask, client: FlaskClient, place: World
) -> None:
    """The colleague to whom a letter was passed on sees whom it is for, not the answers."""
    address = link(place)
    session.commit()
    colleague = app.test_client()
    page = colleague.get(address).text
    assert "Соколова" not in page
    refused = colleague.post(address, data={"surname": "Елкин"})
    assert refused.status_code == 422
    with colleague.session_transaction() as cookie:
        assert "sittings" not in cookie
        assert "link" not in cookie


@pytest.mark.parametrize("hours", [-24, 24, -24 * 400])
def test_a_clock_that_is_wrong_moves_nothing(
    client: FlaskClient, place: World, sitting: str, hours: int
) -> None:
    told_time = (clock.now() + timedelta(hours=hours)).isoformat()
    answer = send(client, sitting, event(1, "S1", "b", client_at=told_time))
    assert answer.status_code == 200
    session.rollback()
    row = session.scalars(sa.select(AnswerEvent)).one()
    assert abs(row.at - clock.now()) < timedelta(minutes=1)
    end = wave(place).closes_at
    session.rollback()
    with clock.frozen(end + timedelta(minutes=1)):
        late = send(client, sitting, event(2, "S2", "a", client_at=told_time))
    assert told(late) == (409, "time_over")


def test_row_11_a_question_that_is_not_open_yet(app: Flask, client: FlaskClient) -> None:

    made: World = kept(app, f"answering in order {clock.now().date()}", lambda: world(ordered=True))
    with app.app_context():
        sitting = open_player(client, made)
        session.remove()
    assert told(send(client, sitting, event(1, "S2", "a"))) == (409, "out_of_order")
    assert client.get(f"{sitting}/q/4").status_code == 409
