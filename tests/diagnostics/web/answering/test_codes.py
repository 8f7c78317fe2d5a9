from __future__ import annotations

from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from diagnostics import clock
from diagnostics.campaigns import actions as campaigns
from diagnostics.campaigns.codes import spaced
from diagnostics.database import session
from tests.support.answering import World, wave

# Pages do not depend on the database; what stands under them is tried on both.
pytestmark = pytest.mark.parametrize("base", ["sqlite"], indirect=True)


def card(place: World) -> str:
    code = campaigns.mint_paper_code(place.seats[0])
    session.commit()
    return code


@pytest.mark.parametrize("typed", [str.lower, spaced, str.strip])
def test_a_card_and_the_surname_open_the_seat(client: FlaskClient, place: World, typed: object) -> None:
    assert callable(typed)
    answer = client.post("/code", data={"school": " 012 ", "code": typed(card(place))})
    assert answer.location == "/code/name"
    assert "Анна С." in client.get("/code/name").text
    answer = client.post("/code/name", data={"surname": "Соколова"})
    assert answer.location == f"/seat/{place.seats[0]}"


def test_a_wrong_code_tells_which_characters_never_occur(client: FlaskClient, place: World) -> None:
    card(place)
    answer = client.post("/code", data={"school": "012", "code": "AAAAAAA"})
    assert answer.status_code == 422
    assert "не бывает знаков 0, 1, I, L, O, U" in answer.text
    assert 'value="AAAAAAA"' in answer.text


def test_a_card_of_another_school_is_a_wrong_code(client: FlaskClient, place: World) -> None:
    assert client.post("/code", data={"school": "013", "code": card(place)}).status_code == 422


def test_both_codes_are_needed(client: FlaskClient, place: World) -> None:
    answer = client.post("/code", data={})
    assert (answer.status_code, answer.text.count("Введите код")) == (422, 4)


def test_one_pair_of_codes_is_slowed_down_and_others_are_not(client: FlaskClient, place: World) -> None:
    code, wrong = card(place), {"school": "012", "code": "AAAAAAA"}
    for _ in range(10):
        assert client.post("/code", data=wrong).status_code == 422
    slowed = client.post("/code", data=wrong)
    assert (slowed.status_code, "Повторите через 15" in slowed.text) == (429, True)
    assert client.post("/code", data={"school": "012", "code": code}).status_code == 302
    with clock.shifted(timedelta(minutes=16)):
        assert client.post("/code", data=wrong).status_code == 422


def test_scanning_a_school_from_one_network_is_slowed_down(client: FlaskClient, place: World) -> None:
    for number in range(100):
        client.post("/code", data={"school": "012", "code": f"AAAA{number:03d}"})
    assert client.post("/code", data={"school": "012", "code": "BBBBBBB"}).status_code == 429


def test_an_old_card_is_over(client: FlaskClient, place: World) -> None:
    code = card(place)
    with clock.frozen(wave(place).closes_at + timedelta(minutes=1)):
        assert client.post("/code", data={"school": "012", "code": code}).status_code == 410


def test_the_page_of_the_surname_needs_a_card_first(client: FlaskClient, place: World) -> None:
    assert client.get("/code/name").location == "/code"
