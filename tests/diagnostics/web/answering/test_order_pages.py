"""A fixed order by page and by API: skipping ahead is 409 and names the question to continue with."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from diagnostics import clock
from diagnostics.database import session, set_reading
from diagnostics.sittings.models import AnswerEvent
from tests.support.answering import ANSWERS, World, close_wave, event, link, open_player, world
from tests.support.kept import kept

pytestmark = pytest.mark.parametrize("base", ["sqlite"], indirect=True)
SENTENCE = "Вопросы этой работы открываются по порядку. Сначала ответьте на вопрос {} или пропустите его."


@pytest.fixture
def place(app: Flask) -> Iterator[World]:
    made = kept(app, f"answering in order {clock.now().date()}", lambda: world(ordered=True))
    with app.app_context():
        set_reading(False)
        yield made
        session.remove()


def post(client: FlaskClient, sitting: str, at: int, go: str = "next", answer: Any = None) -> Any:
    data = {"base": "0", "go": go} | ({} if answer is None else {"answer": answer})
    return client.post(f"{sitting}/q/{at}", data=data)


def send(client: FlaskClient, sitting: str, *rows: Any) -> Any:
    return client.post(f"{sitting}/events", json={"events": list(rows)})


def kinds() -> list[str]:
    session.rollback()
    return [
        kind.value for kind in session.scalars(sa.select(AnswerEvent.kind).order_by(AnswerEvent.position))
    ]


@pytest.mark.parametrize("at", [3, 4, 7, 10])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_skipping_ahead_by_page_is_refused_with_a_link_to_go_on(
    client: FlaskClient, sitting: str, method: str, at: int
) -> None:
    answer = client.open(f"{sitting}/q/{at}", method=method, data={"answer": "a", "base": "0"})
    assert answer.status_code == 409
    assert SENTENCE.format(1) in answer.text
    assert f'href="{sitting}/q/2"' in answer.text
    assert kinds() == []


def test_skipping_ahead_by_api_is_refused_with_the_same_sentence(client: FlaskClient, sitting: str) -> None:
    answer = send(client, sitting, event(1, "S1", "b"), event(2, "N1", 12))
    body = answer.get_json()
    assert (answer.status_code, body["code"], body["title"]) == (409, "out_of_order", SENTENCE.format(2))
    assert (body["parameters"]["place"], body["parameters"]["item"]) == (3, "S2")
    assert kinds() == []


@pytest.mark.parametrize("kind", ["shown", "flag", "skip", "clear"])
def test_no_kind_of_event_gets_ahead(client: FlaskClient, sitting: str, kind: str) -> None:
    assert send(client, sitting, event(1, "M1", kind=kind)).status_code == 409


def test_what_the_api_opened_the_page_opens(client: FlaskClient, sitting: str) -> None:
    send(client, sitting, event(1, "S1", "b"), event(2, "S2", kind="skip"))
    assert client.get(f"{sitting}/q/4").status_code == 200
    assert client.get(f"{sitting}/q/5").status_code == 409


def test_next_without_an_answer_asks_to_answer_or_pass(client: FlaskClient, sitting: str) -> None:
    page = post(client, sitting, 2)
    assert page.status_code == 422
    assert "нажмите «Пропустить»" in page.text
    assert 'value="skip"' in page.text
    assert kinds() == []


def test_passing_opens_the_next_question_and_is_kept(client: FlaskClient, sitting: str) -> None:
    assert post(client, sitting, 2, "skip").location == f"{sitting}/q/3"
    assert kinds() == ["skip"]
    post(client, sitting, 2, "skip")
    assert kinds() == ["skip"], "passed is passed"
    assert post(client, sitting, 2).location == f"{sitting}/q/3"


@pytest.mark.parametrize(("typed", "kept"), [(["a"], ["skip"]), (["a", "c"], ["answer"])])
def test_half_an_answer_does_not_hold_up_who_passes(
    client: FlaskClient, sitting: str, typed: list[str], kept: list[str]
) -> None:
    send(client, sitting, event(1, "S1", "b"), event(2, "S2", "a"))
    assert post(client, sitting, 4, "skip", typed).location == f"{sitting}/q/5"
    assert kinds()[2:] == kept


@pytest.mark.parametrize(
    ("go", "leads"), [("later", "/q/2"), ("back", "/q/1"), ("list", "/list"), ("review", "/review")]
)
def test_other_buttons_open_nothing_ahead(client: FlaskClient, sitting: str, go: str, leads: str) -> None:
    assert post(client, sitting, 2, go).location == sitting + leads
    assert client.get(f"{sitting}/q/3").status_code == 409


def test_an_answer_turns_the_page_and_back_is_free(client: FlaskClient, sitting: str) -> None:
    assert post(client, sitting, 2, answer="b").location == f"{sitting}/q/3"
    assert post(client, sitting, 3, "back", "a").location == f"{sitting}/q/2"
    assert client.get(f"{sitting}/q/1").status_code == 200


def test_the_list_says_closed_in_words_and_gives_no_link(client: FlaskClient, sitting: str) -> None:
    post(client, sitting, 2, "skip")
    for page in ("list", "review"):
        shown = client.get(f"{sitting}/{page}").text
        assert f"{sitting}/q/3" in shown
        assert f"{sitting}/q/4" not in shown
        assert shown.count("Закрыт<") == 7
        assert "Пропущен" in shown


def test_the_whole_work_is_answered_in_order_and_sent(client: FlaskClient, sitting: str) -> None:
    typed = {item: "_opt_out" if isinstance(value, dict) else value for item, value in ANSWERS.items()}
    for at, answer in enumerate(typed.values(), 2):
        assert post(client, sitting, at, answer=answer).status_code == 303
    assert "Закрыт<" not in client.get(f"{sitting}/list").text
    assert client.post(f"{sitting}/submit").location == f"{sitting}/done"


def test_another_device_goes_on_at_the_first_question_to_take(
    app: Flask, client: FlaskClient, place: World, sitting: str
) -> None:
    send(client, sitting, event(1, "S1", "b"), event(2, "S2", kind="skip"))
    send(client, sitting, event(3, "S1", "a", base=2))  # went back to mend an answer
    desk, address = app.test_client(), link(place)
    session.commit()
    answer = desk.post(address, data={"surname": "Соколова"})
    assert answer.location == f"{sitting}/q/4"


def test_before_the_first_question_stand_the_words_to_read(
    app: Flask, client: FlaskClient, place: World, sitting: str
) -> None:
    address = link(place)
    session.commit()
    assert app.test_client().post(address, data={"surname": "Соколова"}).location == f"{sitting}/q/1"


def test_the_start_page_says_that_the_order_is_fixed(app: Flask, place: World) -> None:
    client, address = app.test_client(), link(place)
    session.commit()
    client.post(address, data={"surname": "Соколова"})
    page = client.get(f"/t/{place.seats[0]}/start").text
    assert "следующий откроется после ответа или кнопки «Пропустить»" in page


def test_another_persons_order_is_not_told(app: Flask, sitting: str) -> None:
    stranger = app.test_client()
    assert stranger.get(f"{sitting}/q/7").status_code == 401
    assert send(stranger, sitting, event(1, "N1", 12)).status_code == 401


def test_what_came_too_late_obeys_the_order_too(client: FlaskClient, place: World, sitting: str) -> None:
    send(client, sitting, event(1, "S1", "b"))
    close_wave(place)
    session.commit()
    assert send(client, sitting, event(2, "S2", "a")).get_json()["kept"] is True
    ahead = send(client, sitting, event(3, "N1", 12))
    assert (ahead.status_code, ahead.get_json()["code"]) == (409, "out_of_order")
    assert send(client, sitting, event(3, "M1", ["a", "b"])).get_json()["kept"] is True


def test_a_place_that_is_not_there_is_missing_in_any_order(client: FlaskClient, sitting: str) -> None:
    assert client.get(f"{sitting}/q/11").status_code == 404


def test_two_browsers_of_one_person_share_what_is_open(
    app: Flask, client: FlaskClient, place: World, sitting: str
) -> None:
    desk = app.test_client()
    open_player(desk, place)
    send(client, sitting, event(1, "S1", "b"))
    assert send(desk, sitting, event(1, "S2", "a", base=1)).status_code == 200
