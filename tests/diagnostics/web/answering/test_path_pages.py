"""Branches, own order and minutes by page and by API."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from diagnostics import clock
from diagnostics.database import session, set_reading
from diagnostics.sittings.models import AnswerEvent, LateEvent, Sitting, SittingState
from diagnostics.worker import periodic
from diagnostics.worker.run import run_due
from tests.support.answering import LIMITS, World, event, open_player, own, world
from tests.support.kept import kept
from tests.support.pages import unsigned

pytestmark = pytest.mark.parametrize("base", ["sqlite"], indirect=True)
SENTENCE = "После изменённого ответа этого вопроса уже не задают."


@pytest.fixture
def place(app: Flask) -> Iterator[World]:
    made = kept(app, f"answering a branch {clock.now().date()}", lambda: world(branching=True))
    with app.app_context():
        set_reading(False)
        yield made
        session.remove()


def post(client: FlaskClient, sitting: str, at: int, item: str, answer: Any = None) -> Any:
    data = {"base": "0", "go": "next", "item": item} | (
        {} if answer is None else {"answer": own(sitting, item, answer)}
    )
    return client.post(f"{sitting}/q/{at}", data=data)


def send(client: FlaskClient, sitting: str, *rows: Any) -> Any:
    named = [row | {"value": own(sitting, row["item"], row["value"])} for row in rows]
    return client.post(f"{sitting}/events", json={"events": named})


def items() -> list[str]:
    session.rollback()
    return list(session.scalars(sa.select(AnswerEvent.item).order_by(AnswerEvent.position)))


def later(by: timedelta) -> None:
    """The sitting began so much earlier."""
    session.rollback()
    for one in session.scalars(sa.select(Sitting)):
        one.started_at -= by
    session.commit()


def test_the_api_refuses_a_hidden_question_in_words_and_names_the_event(
    client: FlaskClient, sitting: str
) -> None:
    send(client, sitting, event(1, "LEADS", "no"))
    answer = send(client, sitting, event(2, "WHY", "слово"), event(3, "C1", "a"))
    assert answer.status_code == 409
    assert answer.json["code"] == "not_on_path"
    assert answer.json["title"].startswith(SENTENCE)
    assert answer.json["parameters"]["seq"] == 3
    assert items() == ["LEADS"]


def test_a_page_of_a_question_that_was_hidden_meanwhile_answers_nothing_else(
    client: FlaskClient, sitting: str
) -> None:
    post(client, sitting, 1, "LEADS", "yes")
    send(client, sitting, event(1, "LEADS", "no", base=1))
    refused = post(client, sitting, 3, "C1", "b")  # now the third one is K1
    assert refused.status_code == 409
    assert SENTENCE in refused.text
    assert f'href="{sitting}/review"' in refused.text
    assert items() == ["LEADS", "LEADS"]


def test_a_page_whose_question_moved_is_answered_where_it_stands_now(
    client: FlaskClient, sitting: str
) -> None:
    post(client, sitting, 1, "LEADS", "yes")
    send(client, sitting, event(1, "LEADS", "no", base=1))
    post(client, sitting, 8, "K1", "b")
    assert items() == ["LEADS", "LEADS", "K1"]


def test_what_follows_an_answer_is_known_after_it(client: FlaskClient, sitting: str) -> None:
    assert post(client, sitting, 1, "LEADS", "yes").location.endswith("/q/2")
    assert 'data-item="HOURS"' in client.get(f"{sitting}/q/2").text
    assert post(client, sitting, 1, "LEADS", "no").location.endswith("/q/2")
    assert 'data-item="WHY"' in client.get(f"{sitting}/q/2").text


def test_a_place_that_an_answer_hid_leads_to_the_review(client: FlaskClient, sitting: str) -> None:
    post(client, sitting, 1, "LEADS", "yes")
    assert client.get(f"{sitting}/q/12").status_code == 200
    post(client, sitting, 1, "LEADS", "no")
    assert client.get(f"{sitting}/q/12").location.endswith("/review")


def test_nothing_of_a_hidden_branch_reaches_the_browser(client: FlaskClient, sitting: str) -> None:
    post(client, sitting, 1, "LEADS", "no")
    pages = [f"{sitting}/list", f"{sitting}/review", *(f"{sitting}/q/{place}" for place in range(1, 8))]
    for page in pages:
        shown = client.get(page)
        assert shown.status_code == 200
        for secret in ("C1", "Решение C", "HOURS", "Часов в неделю", "show_if", "LEADS ="):
            assert secret not in unsigned(shown.text), page


def test_options_keep_their_order_and_their_ids(client: FlaskClient, sitting: str) -> None:
    post(client, sitting, 1, "LEADS", "no")
    first, again = (options(client.get(f"{sitting}/q/3").text) for _ in range(2))
    assert first == again
    assert sorted(first[:-1]) == sorted(own(sitting, "K1", code) for code in "abcd")
    assert first[-1] == "_opt_out"
    post(client, sitting, 3, "K1", "c")
    assert f'value="{own(sitting, "K1", "c")}" checked' in client.get(f"{sitting}/q/3").text
    session.rollback()
    stored = session.scalars(sa.select(AnswerEvent.value).where(AnswerEvent.item == "K1")).all()
    assert stored == ["c"], "the base keeps the document's code"


@pytest.mark.parametrize("foreign", ["c", "zzzzzz", "K1"])
def test_a_code_or_an_id_of_somebody_else_is_no_answer_here(
    client: FlaskClient, sitting: str, foreign: str
) -> None:
    post(client, sitting, 1, "LEADS", "no")
    form = client.post(f"{sitting}/q/3", data={"base": "0", "go": "next", "item": "K1", "answer": foreign})
    assert form.status_code == 422
    assert "В этом задании нет варианта" in form.text
    sent = client.post(f"{sitting}/events", json={"events": [event(2, "K1", foreign, base=1)]})
    assert (sent.status_code, sent.json["code"]) == (422, "option_unknown")
    assert sent.json["parameters"]["seq"] == 2
    assert items() == ["LEADS"]


def options(page: str) -> list[str]:
    return re.findall(r'name="answer" value="(\w+)"', page)


def test_the_page_tells_the_time_and_the_end_of_it(client: FlaskClient, sitting: str) -> None:
    later(timedelta(minutes=18))
    shown = client.get(f"{sitting}/q/1").text
    assert "Осталось около 12 мин." in shown
    assert "Ответить нужно до" in shown
    later(timedelta(minutes=12, seconds=10))
    over = client.get(f"{sitting}/q/1")
    assert over.status_code == 409
    assert "Время вышло" in over.text
    assert "Отправить сохранённое" in over.text


def test_an_answer_on_its_way_counts_and_a_later_one_waits(client: FlaskClient, sitting: str) -> None:
    later(timedelta(minutes=30, seconds=10))
    assert send(client, sitting, event(1, "LEADS", "no")).status_code == 200
    later(timedelta(minutes=1))
    late = send(client, sitting, event(2, "WHY", "слово", base=1))
    assert (late.status_code, late.json["code"], late.json["kept"]) == (409, "time_over", True)
    session.rollback()
    assert session.scalars(sa.select(LateEvent.reason)).all() == ["after_deadline"]


def test_the_clock_of_the_house_sends_what_nobody_sent(app: Flask, client: FlaskClient, sitting: str) -> None:
    send(client, sitting, event(1, "LEADS", "no"))
    later(timedelta(minutes=31))
    periodic.Periodic(LIMITS).enqueue()
    session.commit()
    run_due(app)
    session.rollback()
    assert session.scalars(sa.select(Sitting.state)).all() == [SittingState.SUBMITTED]
    done = client.get(f"{sitting}/done")
    assert "Время на работу вышло" in done.text


def test_before_beginning_the_limit_is_told(client: FlaskClient, place: World, sitting: str) -> None:
    later(timedelta(minutes=31))
    shown = client.get(f"{sitting}/start")
    assert shown.status_code == 409
    assert "Время на работу закончилось." in shown.text


def test_the_player_is_opened_on_the_first_question(client: FlaskClient, place: World) -> None:
    sitting = open_player(client, place)
    assert 'data-item="LEADS"' in client.get(f"{sitting}/q/1").text
