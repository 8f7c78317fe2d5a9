"""Bad and good answers of every item type, by the form and by the API; a consent before sending."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from diagnostics.catalogue import queries as versions
from diagnostics.database import session, set_reading
from diagnostics.findings import actions as findings
from diagnostics.sittings.models import Sitting
from tests.support.answering import World, event, open_player, world

pytestmark = pytest.mark.parametrize("base", ["sqlite"], indirect=True)


@pytest.fixture
def place(app: Flask) -> Any:
    with app.app_context():
        set_reading(False)
        yield world(every_type=True)
        session.remove()


@pytest.fixture
def sitting(client: FlaskClient, place: World) -> str:
    return open_player(client, place)


def number_of(sitting: str, code: str) -> int:
    """The place of the item's page."""
    found = session.get_one(Sitting, sitting.removeprefix("/t/"))
    instrument = versions.instrument(found.instrument_id)
    return instrument.form(found.form).item_codes.index(code) + 1


def asked_of(sitting: str) -> int:
    """Questions of the work: neither words to read nor the consent."""
    found = session.get_one(Sitting, sitting.removeprefix("/t/"))
    items = versions.instrument(found.instrument_id).form_items(found.form)
    return len([item for item in items if item.type not in ("info", "consent")])


REFUSED = [
    ("S1", "b9", "option_unknown"),
    ("S1", ["a", "b"], "too_many_choices"),
    ("M1", ["a"], "too_few_choices"),
    ("M2", ["a", "a"], "option_repeated"),
    ("P1", {"p1": "z"}, "option_unknown"),
    ("P1", {"p3": "a"}, "prompt_unknown"),
    ("P1", ["a", "b"], "wrong_shape"),
    ("R1", ["a", "b"], "order_incomplete"),
    ("R1", ["a", "a", "b", "c"], "option_repeated"),
    ("R1", ["a", "b", "A1"], "option_unknown"),
    ("N1", "1e309", "not_a_number"),
    ("N1", "NaN", "not_a_number"),
    ("T1", "а" * 41, "too_long"),
    ("W1", "а" * 401, "too_long"),
    ("W1", "а\x00б", "bad_character"),
    ("W1", "а\ud800б", "bad_character"),
    ("F1", 6, "not_on_scale"),
    ("V1", "C2", "option_unknown"),
    ("V1", "a", "option_unknown"),
    ("O1", 4, "not_on_scale"),
    ("AGREE", {"agreed": False}, "wrong_shape"),
    ("AGREE", "yes", "wrong_shape"),
    ("READ", "слово", "not_answerable"),
]


@pytest.mark.parametrize(("item", "value", "code"), REFUSED)
def test_the_api_refuses_what_is_no_answer(
    client: FlaskClient, sitting: str, item: str, value: Any, code: str
) -> None:
    answer = client.post(f"{sitting}/events", json={"events": [event(1, item, value)]})
    assert (answer.status_code, answer.get_json()["code"]) == (HTTPStatus.UNPROCESSABLE_ENTITY, code)
    assert answer.get_json()["title"].strip() not in ("", code), "said in words"


FORMS = [
    ("P1", {"answer.p1": "z"}, "нет варианта «z»"),
    ("P1", {"answer.p1": ["a", "b"]}, "не так, как ожидает"),
    ("R1", {"answer.a": "1", "answer.b": "1", "answer.c": "2"}, "Место 1 указано больше одного раза"),
    ("R1", {"answer.a": "1"}, "Без места осталось: 2"),
    ("R1", {"answer.a": "9", "answer.b": "1", "answer.c": "2"}, "Места «9» нет"),
    ("W1", {"answer": "а" * 401}, "помещается 400"),
    ("V1", {"answer": ["A1", "B1"]}, "можно не больше 1"),
    ("AGREE", {"answer": "no"}, "не так, как ожидает"),
]


@pytest.mark.parametrize(("item", "data", "words"), FORMS)
def test_a_form_without_script_is_told_the_mistake_and_keeps_what_was_typed(
    client: FlaskClient, sitting: str, item: str, data: dict[str, Any], words: str
) -> None:
    page = client.post(f"{sitting}/q/{number_of(sitting, item)}", data={**data, "go": "next"})
    assert page.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert words in page.text


def test_places_chosen_by_a_form_become_an_order(client: FlaskClient, sitting: str) -> None:
    data = {"answer.a": "3", "answer.b": "1", "answer.c": "2"}
    client.post(f"{sitting}/q/{number_of(sitting, 'R1')}", data=data)
    review = client.get(f"{sitting}/review").text
    assert "1) Найти причину затруднения; 2) Подобрать задания; 3) Проверить, что изменилось" in review


def test_a_consent_has_no_number_and_is_needed_before_anything_else(
    client: FlaskClient, sitting: str
) -> None:
    page = client.get(f"{sitting}/q/{number_of(sitting, 'AGREE')}").text
    assert "Вопрос " not in page.split("<h1")[1].split("</h1>")[0]
    assert f"Отвечено 0 из {asked_of(sitting)}" in client.get(f"{sitting}/list").text
    refused = client.post(
        f"{sitting}/submit", data={"without": "yes"}, headers={"Accept": "application/json"}
    )
    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert (refused.get_json()["code"], refused.get_json()["parameters"]["items"]) == (
        "consent_missing",
        ["AGREE"],
    )
    client.post(f"{sitting}/q/{number_of(sitting, 'AGREE')}", data={"answer": "agreed"})
    assert client.post(f"{sitting}/submit", data={"without": "yes"}).location == f"{sitting}/done"


def test_an_answer_that_waits_for_an_expert_is_kept_so_in_the_finding(
    client: FlaskClient, sitting: str
) -> None:
    agreed = event(1, "AGREE", {"agreed": True})
    client.post(f"{sitting}/events", json={"events": [agreed, event(2, "W1", "Своими словами")]})
    client.post(f"{sitting}/submit", data={"without": "yes"})
    found = findings.score(sitting.removeprefix("/t/"))
    assert found.items["W1"] == [None, 3, "awaiting"]
