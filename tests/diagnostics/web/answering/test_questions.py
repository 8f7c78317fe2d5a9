"""The player by forms alone: no script, every button, Back, sending once."""

from __future__ import annotations

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
from tests.support.answering import ANSWERS, ITEMS, World, close_wave, open_player, wave

# Pages do not depend on the database; what stands under them is tried on both.
pytestmark = pytest.mark.parametrize("base", ["sqlite"], indirect=True)

PLACES = {item: place for place, item in enumerate(ITEMS, 1)}
TYPED: dict[str, Any] = {
    item: "_opt_out" if isinstance(value, dict) else value for item, value in ANSWERS.items()
}


def post(client: FlaskClient, sitting: str, item: str, answer: Any = None, **form: Any) -> Any:
    """The form of a question as a browser without script posts it, over the base that the page showed."""
    base = reading.standing_of(sitting.removeprefix("/t/")).last_position
    data = {"base": base, "go": "next", **form}
    if answer is not None:
        data["answer"] = answer
    return client.post(f"{sitting}/q/{PLACES[item]}", data=data)


def answers(sitting: str) -> dict[str, Any]:
    session.rollback()
    return dict(reading.answers(sitting.removeprefix("/t/")))


def standing(sitting: str) -> reading.Standing:
    session.rollback()
    return reading.standing_of(sitting.removeprefix("/t/"))


def test_every_type_of_question_is_answered_without_script(client: FlaskClient, sitting: str) -> None:
    for item, typed in TYPED.items():
        assert post(client, sitting, item, typed).status_code == 303
    assert answers(sitting) == ANSWERS


@pytest.mark.parametrize("item", ITEMS)
def test_a_page_shows_what_was_answered(client: FlaskClient, sitting: str, item: str) -> None:
    if item in TYPED:
        post(client, sitting, item, TYPED[item])
    page = client.get(f"{sitting}/q/{PLACES[item]}").text
    if item in ("S1", "S2", "L1", "L2", "L3"):
        assert page.count(" checked") == 1
    if item == "M1":
        assert page.count(" checked") == 2
    if item == "N1":
        assert 'value="12,5"' in page
    if item in ("T1", "FREE"):
        assert str(TYPED[item]) in page


@pytest.mark.parametrize(
    ("item", "go", "leads"),
    [
        ("S1", "next", "/q/3"),
        ("S1", "back", "/q/1"),
        ("READ", "back", "/q/1"),
        ("S1", "later", "/q/3"),
        ("S1", "list", "/list"),
        ("S1", "review", "/review"),
        ("FREE", "next", "/review"),
        ("S1", "//evil.example", "/q/3"),
    ],
)
def test_each_button_keeps_the_answer_and_leads_on(
    client: FlaskClient, sitting: str, item: str, go: str, leads: str
) -> None:
    typed = TYPED.get(item)
    assert post(client, sitting, item, typed, go=go).location == f"{sitting}{leads}"
    assert answers(sitting) == ({item: ANSWERS[item]} if typed else {})


def test_a_mark_to_return_is_set_and_taken_off(client: FlaskClient, sitting: str) -> None:
    post(client, sitting, "S1", go="later")
    assert standing(sitting).flagged == {"S1"}
    assert "Снять пометку" in client.get(f"{sitting}/q/2").text
    assert post(client, sitting, "S1", go="unflag").location == f"{sitting}/q/2"
    assert standing(sitting).flagged == frozenset()


def test_the_same_answer_again_adds_nothing(client: FlaskClient, sitting: str) -> None:
    for _ in range(3):
        post(client, sitting, "S1", "b")
    assert session.scalar(sa.select(sa.func.count()).select_from(AnswerEvent)) == 1


def test_a_question_left_empty_was_shown(client: FlaskClient, sitting: str) -> None:
    post(client, sitting, "S1")
    assert (standing(sitting).shown, answers(sitting)) == ({"S1"}, {})


@pytest.mark.parametrize(
    ("item", "typed", "words"),
    [
        ("N1", "много", "Введите число"),
        ("N1", "1e309", "Введите число"),
        ("N1", "101", "не больше 100"),
        ("M1", ["a"], "нужно 2"),
        ("T1", "а" * 41, "Ответ длиннее"),
        ("S1", "zz", "нет варианта"),
        ("S1", ["a", "b"], "не больше 1"),
    ],
)
def test_a_mistake_stands_at_the_field_and_keeps_what_was_typed(
    client: FlaskClient, sitting: str, item: str, typed: Any, words: str
) -> None:
    answer = post(client, sitting, item, typed)
    assert answer.status_code == 422
    assert answer.text.count(words) == 2
    assert answer.text.count("Ошибка:") >= 2
    if item in ("N1", "T1"):
        assert typed in answer.text
    assert answers(sitting) == {}


def test_progress_counts_questions_and_not_words_to_read(client: FlaskClient, sitting: str) -> None:
    post(client, sitting, "S1", "b")
    assert "Вопрос 2 из 9, с ответом — 1" in client.get(f"{sitting}/q/3").text
    assert "<title>Введение" in client.get(f"{sitting}/q/1").text


@pytest.mark.parametrize("number", ["0", "11", "-1", "x"])
def test_there_are_no_other_pages(client: FlaskClient, sitting: str, number: str) -> None:
    assert client.get(f"{sitting}/q/{number}").status_code == 404


def test_the_list_names_states_and_filters(client: FlaskClient, sitting: str) -> None:
    post(client, sitting, "S1", "b", go="later")
    everything = client.get(f"{sitting}/list").text
    assert (everything.count("Отвечен<"), everything.count(">Без ответа<")) == (1, 8)
    assert client.get(f"{sitting}/list?only=open").text.count("Один ответ S1") == 0
    assert client.get(f"{sitting}/list?only=later").text.count("/q/") == 1


def test_the_check_shows_gaps_first_and_returns_to_itself(client: FlaskClient, sitting: str) -> None:
    post(client, sitting, "S1", "b")
    page = client.get(f"{sitting}/review").text
    assert page.index("Без ответа — 8") < page.index("Отвечено — 1")
    assert "Отправить без 8 ответов" in page
    answer = client.post(f"{sitting}/q/3?back=review", data={"answer": "a"})
    assert answer.location == f"{sitting}/review"


def test_words_of_the_person_cannot_turn_the_page_round(client: FlaskClient, sitting: str) -> None:
    post(client, sitting, "T1", "\u202e<b>слово")
    assert "<bdi>\u202e&lt;b&gt;слово</bdi>" in client.get(f"{sitting}/review").text


def test_sending_with_gaps_needs_the_tick(client: FlaskClient, sitting: str) -> None:
    refused = client.post(f"{sitting}/submit")
    assert (refused.status_code, "Отметьте, что отправляете" in refused.text) == (422, True)
    told = client.post(f"{sitting}/submit", headers={"Accept": "application/json"}).get_json()
    assert (told["code"], told["parameters"]["items"]) == ("answers_missing", list(ITEMS[1:]))
    assert client.post(f"{sitting}/submit", data={"without": "yes"}).location == f"{sitting}/done"


def test_a_second_press_shows_the_same_receipt(client: FlaskClient, sitting: str) -> None:
    pages = []
    for _ in range(2):
        answer = client.post(f"{sitting}/submit", data={"without": "yes"})
        pages.append(client.get(answer.location).text)
    assert pages[0] == pages[1]
    found = reading.one(sitting.removeprefix("/t/"))
    assert found is not None
    assert str(found.receipt) in pages[0]
    assert str(found.answers_hash) in pages[0]


@pytest.mark.parametrize("page", ["q/2", "list", "review"])
def test_after_sending_browser_back_shows_the_receipt(client: FlaskClient, sitting: str, page: str) -> None:
    client.post(f"{sitting}/submit", data={"without": "yes"})
    assert client.get(f"{sitting}/{page}").location == f"{sitting}/done"


def test_an_answer_posted_after_sending_is_kept_apart_and_said_so(client: FlaskClient, sitting: str) -> None:
    client.post(f"{sitting}/submit", data={"without": "yes"})
    answer = post(client, sitting, "S1", "b")
    assert (answer.status_code, "хранится отдельно" in answer.text) == (409, True)
    assert session.scalar(sa.select(sa.func.count()).select_from(LateEvent)) == 1
    assert "1 ответ дошёл позже" in client.get(f"{sitting}/done").text


def test_after_the_deadline_answers_are_kept_apart(client: FlaskClient, sitting: str, place: World) -> None:
    closing = wave(place).closes_at
    with clock.frozen(closing + timedelta(minutes=1)):
        answer = post(client, sitting, "S1", "b")
        page = client.get(f"{sitting}/q/2")
        refused = client.post(f"{sitting}/submit", data={"without": "yes"})
    assert (answer.status_code, "решит организатор" in answer.text) == (409, True)
    assert (page.status_code, refused.status_code) == (409, 409)


def test_a_closed_collection_takes_no_more(client: FlaskClient, sitting: str, place: World) -> None:
    close_wave(place)
    session.commit()
    assert post(client, sitting, "S1", "b").status_code == 409


def test_a_withdrawn_consent_ends_the_page(client: FlaskClient, sitting: str, place: World) -> None:
    sittings.stop_of_person(place.people[0], actor_id=place.people[0])
    session.commit()
    assert post(client, sitting, "S1", "b").status_code == 401
    assert "остановлена" in client.get(client.get(f"{sitting}/q/2").location, follow_redirects=True).text


def test_two_devices_answer_apart_and_the_person_chooses(app: Flask, place: World) -> None:
    phone, laptop = app.test_client(), app.test_client()
    sitting = open_player(phone, place)
    assert open_player(laptop, place) == sitting
    page = f"{sitting}/q/2"
    phone.post(page, data={"answer": "a", "base": "0"})
    answer = laptop.post(page, data={"answer": "b", "base": "0"})
    assert answer.location == page
    shown = laptop.get(page).text
    assert "На другом устройстве или в другой вкладке вы ответили иначе" in shown
    assert answers(sitting) == {"S1": "a"}
    assert laptop.post(f"{sitting}/submit", data={"without": "yes"}).status_code == 422
    laptop.post(page, data={"go": "choose", "choice": "2"})
    assert answers(sitting) == {"S1": "b"}
    assert "На другом устройстве" not in phone.get(page).text
