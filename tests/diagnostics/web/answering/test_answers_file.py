"""«Отправить файл с ответами»: what was typed without a connection arrives by a file, once."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from diagnostics import clock
from diagnostics.audit.models import AuditRow
from diagnostics.database import session
from diagnostics.sittings import actions as sittings
from diagnostics.sittings import queries as reading
from diagnostics.sittings.answers_file.sealing import public_key
from diagnostics.sittings.models import AnswerEvent, LateEvent, SittingKey
from diagnostics.web.answering.proofs import proof_of
from tests.support.answering import World, event, open_player, pause, wave
from tests.support.answers_file import letter, sealed

Make = Callable[..., bytes]


def client_id(sitting: str) -> str:
    session.rollback()
    query = sa.select(SittingKey.id).where(SittingKey.sitting_id == sitting.removeprefix("/t/"))
    return session.scalars(query.order_by(SittingKey.created_at)).first() or ""


@pytest.fixture
def made(app: Flask, sitting: str) -> Make:
    """A sealed file of this sitting with the proof of its browser."""

    def make(*events: dict[str, Any], proof: str | None = "", seal: bool = True) -> bytes:
        plain_id = sitting.removeprefix("/t/")
        right = proof_of(plain_id, client_id(sitting)) if proof == "" else proof
        content = letter(plain_id, right, *events)
        return sealed(content, public_key(app.config["SECRET_KEY"])) if seal else content

    return make


def send(client: FlaskClient, content: bytes, address: str = "/code/file") -> Any:
    given = (io.BytesIO(content), "orientir-answers-k3v0ab-20261122-1605.json")
    return client.post(address, data={"file": given}, content_type="multipart/form-data")


def answers(sitting: str) -> dict[str, Any]:
    session.rollback()
    return dict(reading.answers(sitting.removeprefix("/t/")))


def count(table: type[Any]) -> int:
    session.rollback()
    return session.scalar(sa.select(sa.func.count()).select_from(table)) or 0


def test_the_code_page_leads_to_it(client: FlaskClient, place: World) -> None:
    assert 'href="/code/file"' in client.get("/code").text
    assert "Отправить файл с ответами" in client.get("/code/file").text


@pytest.mark.parametrize("seal", [True, False])
def test_a_file_is_taken_from_any_browser_and_only_once(
    app: Flask, client: FlaskClient, sitting: str, made: Make, seal: bool
) -> None:
    client.post(f"{sitting}/events", json={"events": [event(1, "S1", "b")]})
    content = made(
        event(1, "S1", "b"), event(2, "S2", "a", base=1), event(3, "N1", kind="shown", base=1), seal=seal
    )
    page = send(app.test_client(), content)
    assert page.status_code == 200
    assert "1 ответ принят." in page.text
    assert "1 ответ уже был." in page.text
    assert answers(sitting) == {"S1": "b", "S2": "a"}
    again = send(app.test_client(), content)
    assert re.search(r"2 ответ\w+ уже были", again.text)
    assert "принят." not in again.text
    assert count(AnswerEvent) == 3


def test_who_still_holds_the_key_goes_on_to_the_review(client: FlaskClient, sitting: str, made: Make) -> None:
    assert f"{sitting}/review" in send(client, made(event(1, "S1", "b"))).text


def test_what_cannot_be_taken_is_told_by_question_and_the_rest_is_taken(
    client: FlaskClient, sitting: str, made: Make
) -> None:
    page = send(
        client,
        made(
            event(1, "S1", "zz"),
            event(2, "ELSE", "a"),
            event(3, "S2", "a"),
            event(4, "S1", "b", score=5),
            event("5", "S1", "b"),  # type: ignore[arg-type]
        ),
    )
    assert "1 ответ принят." in page.text
    assert re.search(r"Не приняты 4 ответ", page.text)
    assert answers(sitting) == {"S2": "a"}


def test_a_number_used_for_another_answer_is_refused_and_the_others_are_not(
    client: FlaskClient, sitting: str, made: Make
) -> None:
    client.post(f"{sitting}/events", json={"events": [event(1, "S1", "b")]})
    send(client, made(event(1, "S1", "a"), event(2, "S2", "a")))
    assert answers(sitting) == {"S1": "b", "S2": "a"}
    session.rollback()
    assert [row.position for row in session.scalars(sa.select(AnswerEvent).order_by("position"))] == [1, 2]


@pytest.mark.parametrize("after", ["sending", "end"])
def test_what_comes_too_late_waits_for_a_decision(
    client: FlaskClient, place: World, sitting: str, made: Make, after: str
) -> None:
    content = made(event(1, "S1", "b"))
    now = clock.now()
    if after == "sending":
        client.post(f"{sitting}/submit", data={"without": "yes"})
    else:
        now = wave(place).closes_at + timedelta(hours=1)
        session.rollback()
    with clock.frozen(now):
        assert "решит организатор" in send(client, content).text
    assert (answers(sitting), count(LateEvent)) == ({}, 1)


def test_in_a_pause_nothing_is_taken_and_the_file_stays_good(
    client: FlaskClient, place: World, sitting: str, made: Make
) -> None:
    content = made(event(1, "S1", "b"))
    pause(place)
    session.commit()
    assert "приостановлена" in send(client, content).text
    assert answers(sitting) == {}


@pytest.mark.parametrize("proof", [None, "x", "x.y", "{client}.AAAA", "{client}", "{other}"])
def test_without_a_right_proof_nobody_but_an_organiser_hands_it_in(
    app: Flask, client: FlaskClient, place: World, sitting: str, made: Make, proof: str | None
) -> None:
    other = open_player(app.test_client(), place, 1).removeprefix("/t/")
    told = proof and proof.format(client=client_id(sitting), other=proof_of(other, client_id(sitting)))
    page = send(client, made(event(1, "S1", "b"), proof=told))
    assert (page.status_code, "отметка устройства не сходится" in page.text) == (422, True)
    assert answers(sitting) == {}


def test_a_stopped_key_proves_nothing(client: FlaskClient, sitting: str, made: Make) -> None:
    content = made(event(1, "S1", "b"))
    sittings.revoke_keys(sitting.removeprefix("/t/"), actor_id=None)
    session.commit()
    assert send(client, content).status_code == 422


@pytest.mark.parametrize("content", [b"", b"{}", b"\x00" * 10, b"x" * 400_000])
def test_a_file_of_another_kind_is_refused_in_words(
    client: FlaskClient, place: World, content: bytes
) -> None:
    page = send(client, content)
    assert page.status_code == 422
    assert "error-summary" in page.text


def test_guessing_is_slowed_down(app: Flask, client: FlaskClient, place: World) -> None:
    for _ in range(app.extensions["orientir"].limits.paper_code_failures):
        send(client, b"{}")
    assert send(client, b"{}").status_code == 429


def test_every_file_leaves_a_line_in_the_journal(client: FlaskClient, sitting: str, made: Make) -> None:
    send(client, made(event(1, "S1", "b")))
    session.rollback()
    line = session.scalars(sa.select(AuditRow).where(AuditRow.action == "sitting.file")).one()
    assert (line.object_id, line.actor_id, line.note) == (sitting.removeprefix("/t/"), None, "1/0/0/0")
