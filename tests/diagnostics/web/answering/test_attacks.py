"""Doors beside the player attacked: forged files, poisoned held answers, twice at once, other people's ids."""

from __future__ import annotations

import io
import json
from http import HTTPStatus
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from diagnostics.audit.models import AuditRow
from diagnostics.campaigns.models import Seat
from diagnostics.database import session
from diagnostics.sittings import queries as reading
from diagnostics.sittings.answers_file.sealing import public_key
from diagnostics.sittings.entry_models import HeldAnswer
from diagnostics.sittings.models import AnswerEvent, SittingKey
from diagnostics.web.answering.proofs import proof_of
from tests.support.answering import World, event, link, open_player
from tests.support.answers_file import letter, sealed
from tests.support.at_once import at_once

COOKIE, DEVICE = "orientir", "device"


def answers(sitting: str) -> dict[str, Any]:
    session.rollback()
    return dict(reading.answers(sitting.removeprefix("/t/")))


def count(table: type[Any], *conditions: Any) -> int:
    session.rollback()
    return session.scalar(sa.select(sa.func.count()).select_from(table).where(*conditions)) or 0


def proof(sitting: str) -> str:
    session.rollback()
    plain = sitting.removeprefix("/t/")
    key = session.scalars(sa.select(SittingKey.id).where(SittingKey.sitting_id == plain)).first()
    return proof_of(plain, key or "")


def send(client: FlaskClient, content: bytes) -> Any:
    return client.post("/code/file", data={"file": (io.BytesIO(content), "answers.json")})


def come_in(client: FlaskClient, place: World, seat: int = 0) -> Any:
    address = link(place, seat)
    session.commit()
    answer = client.post(address, data={"surname": ("Соколова", "Елкин")[seat]})
    while answer.status_code in (302, 303):
        answer = client.get(answer.location)
    return answer


STRANGE_VALUES = [
    "\ud800",
    "\u0000",
    10**400,
    -(10**400),
    1e308,
    [[[[[[]]]]]],
    {"a": {"b": {}}},
    "a" * 60_000,
    True,
    None,
]


@pytest.mark.parametrize("value", STRANGE_VALUES, ids=range(len(STRANGE_VALUES)))
@pytest.mark.parametrize("item", ["S1", "M1", "N1", "T1", "L1", "FREE", "\ud800", "READ"])
def test_a_strange_answer_in_a_file_is_told_and_the_next_one_is_taken(
    app: Flask, sitting: str, item: str, value: Any
) -> None:
    right = proof(sitting)
    content = letter(sitting.removeprefix("/t/"), right, event(1, item, value), event(2, "S2", "a"))
    page = send(app.test_client(), content)
    assert page.status_code == HTTPStatus.OK, page.text
    assert answers(sitting).get("S2") == "a"
    through_api = event(7, item, value)
    assert app.test_client().post(f"{sitting}/events", json={"events": [through_api]}).status_code == 401


@pytest.mark.parametrize(
    "field",
    [
        {"\ud800": 1},
        {"x" * 5000: 1},
        {"seq": 10**400},
        {"base": -1},
        {"kind": "\ud800"},
        {"kind": ["answer"]},
        {"client_at": "\ud800"},
        {"item": {}},
    ],
)
def test_a_strange_field_in_a_file_is_told_and_the_next_answer_is_taken(
    app: Flask, sitting: str, field: dict[str, Any]
) -> None:
    content = letter(
        sitting.removeprefix("/t/"), proof(sitting), event(1, "S1", "b") | field, event(2, "S2", "a")
    )
    page = send(app.test_client(), sealed(content, public_key(app.config["SECRET_KEY"])))
    assert page.status_code == HTTPStatus.OK, page.text
    assert answers(sitting) == {"S2": "a"}


@pytest.mark.parametrize("forged", ["\ud800.x", "x.\ud800", ".", "а.б", "x" * 10_000, "\u0000.\u0000", ""])
def test_a_forged_proof_gives_nothing(app: Flask, sitting: str, forged: str) -> None:
    page = send(app.test_client(), letter(sitting.removeprefix("/t/"), forged, event(1, "S1", "b")))
    assert page.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert answers(sitting) == {}


def test_the_proof_of_one_sitting_says_nothing_of_another(
    app: Flask, client: FlaskClient, place: World, sitting: str
) -> None:
    other = open_player(app.test_client(), place, 1)
    for mine, theirs in ((sitting, other), (other, sitting)):
        page = send(app.test_client(), letter(theirs.removeprefix("/t/"), proof(mine), event(1, "S1", "b")))
        assert page.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert answers(sitting) == answers(other) == {}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"{" * 100_000,
        b'{"format": "orientir-answers", "version": 1e400}',
        b"\xff\xfe{}",
        b"PK\x03\x04",
        b"9" * 5000,
    ],
    ids=["nothing", "a list", "brackets", "endless", "another coding", "a zip", "a number"],
)
def test_what_is_no_file_of_answers_is_told(app: Flask, place: World, content: bytes) -> None:
    page = send(app.test_client(), content)
    assert page.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "field-error" in page.text


def test_one_file_handed_in_twice_at_once_counts_once(app: Flask, sitting: str) -> None:
    rows = [event(1, "S1", "b"), event(2, "S2", "a"), event(3, "N1", 12.5)]
    content = letter(sitting.removeprefix("/t/"), proof(sitting), *rows)
    first, second = app.test_client(), app.test_client()
    pages = at_once(lambda: send(first, content), lambda: send(second, content))
    assert [one.status_code for one in pages] == [HTTPStatus.OK, HTTPStatus.OK]
    assert count(AnswerEvent) == len(rows)


@pytest.mark.parametrize("item", ["NOPE", "\ufffd", "S1' --", "READ", "a" * 64])
def test_a_held_answer_to_no_question_does_not_shut_the_door(
    client: FlaskClient, place: World, sitting: str, item: str
) -> None:
    client.delete_cookie(COOKIE)
    client.post(f"{sitting}/q/2", data={"item": item, "answer": "b", "base": "0"})
    client.post(f"{sitting}/q/2", data={"item": "S1", "answer": "b", "base": "0"})
    page = come_in(client, place)
    assert page.status_code == HTTPStatus.OK
    assert answers(sitting) == {"S1": "b"}
    assert count(HeldAnswer) == 0


def test_one_answer_held_twice_at_once_is_held_once(
    app: Flask, client: FlaskClient, place: World, sitting: str
) -> None:
    client.delete_cookie(COOKIE)
    client.post(f"{sitting}/q/2", data={"item": "S2", "answer": "a", "base": "0"})
    mark = client.get_cookie(DEVICE)
    assert mark is not None
    twins = [app.test_client() for _ in range(4)]
    for one in twins:
        one.set_cookie(DEVICE, mark.value)
    data = {"item": "S1", "answer": "b", "base": "0"}
    pages = at_once(*(lambda one=one: one.post(f"{sitting}/q/2", data=data) for one in twins))
    assert [one.status_code for one in pages] == [HTTPStatus.UNAUTHORIZED] * 4
    assert count(HeldAnswer) == 2


def test_a_form_of_another_site_is_not_held(client: FlaskClient, sitting: str) -> None:
    client.delete_cookie(COOKIE)
    for headers in (
        {"Origin": "https://evil.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Origin": "null"},
        {"Referer": "https://evil.example/x"},
    ):
        client.post(f"{sitting}/q/2", data={"item": "S1", "answer": "b", "base": "0"}, headers=headers)
    assert count(HeldAnswer) == 0


def test_nobody_fills_the_disk_with_held_answers(app: Flask, sitting: str) -> None:
    for number in range(70):
        data = {"item": f"Q{number}", "answer": "x" * 1000, "base": "0"}
        app.test_client().post(f"{sitting}/q/2", data=data)
    app.test_client().post(f"{sitting}/q/2", data={"item": "S1", "answer": "x" * 300_000, "base": "0"})
    assert count(HeldAnswer) <= 60


@pytest.mark.parametrize("start", ["-1", "0", "1e9", "9" * 4000, "9" * 30, "а", "", "1.5", "2&from=3"])
def test_a_pack_from_anywhere_is_a_pack(client: FlaskClient, sitting: str, start: str) -> None:
    answer = client.get(f"{sitting}/pack?from={start}")
    assert answer.status_code == HTTPStatus.OK
    body = json.loads(answer.get_data()) if not answer.headers.get("Content-Encoding") else {"entries": []}
    assert isinstance(body["entries"], list)


def test_a_pack_belongs_to_who_holds_the_key(
    app: Flask, client: FlaskClient, place: World, sitting: str
) -> None:
    other = app.test_client()
    open_player(other, place, 1)
    for stranger in (other, app.test_client()):
        assert stranger.get(f"{sitting}/pack").status_code == HTTPStatus.UNAUTHORIZED
        assert stranger.post(f"{sitting}/held").status_code in (302, 401, 404)
    client.post(f"{sitting}/submit", data={"without": "yes"})
    assert client.get(f"{sitting}/pack").status_code == HTTPStatus.CONFLICT
    assert client.get("/t/00000000000000/pack").status_code in (HTTPStatus.UNAUTHORIZED, HTTPStatus.NOT_FOUND)


def test_who_cannot_take_part_says_so_once(app: Flask, place: World) -> None:
    address = f"{link(place)}/decline"
    session.commit()
    first, second = app.test_client(), app.test_client()
    pages = at_once(
        lambda: first.post(address, data={"reason": "ill"}),
        lambda: second.post(address, data={"reason": "<b>\u202e" * 999}),
    )
    assert [one.status_code for one in pages] == [HTTPStatus.FOUND, HTTPStatus.FOUND]
    assert count(AuditRow, AuditRow.action == "seat.decline", AuditRow.object_id == place.seats[0]) == 1
    assert session.get_one(Seat, place.seats[0]).decline_reason in ("", "ill")
    for secret in ("x", "a" * 5000, "%00", "..%2f..", "'--"):
        for wish in ("decline", "extend"):
            assert app.test_client().post(f"/i/{secret}/{wish}").status_code in {404, 410, 422}


def test_more_days_asked_for_twice_at_once_are_one_wish(app: Flask, place: World) -> None:
    address = f"{link(place)}/extend"
    session.commit()
    first, second = app.test_client(), app.test_client()
    pages = at_once(lambda: first.post(address), lambda: second.post(address))
    assert [one.status_code for one in pages] == [HTTPStatus.FOUND, HTTPStatus.FOUND]
    assert count(AuditRow, AuditRow.action == "seat.ask_extension") == 1
