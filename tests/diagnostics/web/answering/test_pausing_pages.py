"""A paused stage as the people who answer meet it: by page and by the API, 409 and a way on."""

from __future__ import annotations

import re
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from diagnostics.database import session
from diagnostics.sittings import queries as reading
from diagnostics.sittings.models import AnswerEvent, LateEvent, Sitting, SittingState
from tests.support.answering import World, event, link, open_player, pause, resume

pytestmark = pytest.mark.parametrize("base", ["sqlite"], indirect=True)
SENTENCE = "Диагностика приостановлена организатором. Ответы сохранены; продолжите, когда её возобновят."


def paused(place: World, reason: str = "") -> None:
    session.rollback()
    pause(place, reason)
    session.commit()


def resumed(place: World) -> None:
    session.rollback()
    resume(place)
    session.commit()


def stored() -> int:
    session.rollback()
    return session.scalar(sa.select(sa.func.count()).select_from(AnswerEvent)) or 0


def hidden(page: str) -> list[tuple[str, str]]:
    """What the page's form would send again, without the token."""
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page)
    return [(name, value) for name, value in found if name != "csrf_token"]


@pytest.mark.parametrize("page", ["/q/2", "/q/2?back=review", "/list", "/review"])
def test_a_page_says_so_and_leads_back_to_itself(
    client: FlaskClient, place: World, sitting: str, page: str
) -> None:
    paused(place, "Нет связи <b>")
    answer = client.get(sitting + page)
    assert answer.status_code == 409
    assert SENTENCE in answer.text
    assert "Организатор пишет: Нет связи &lt;b&gt;" in answer.text
    assert f'href="{sitting + page}"' in answer.text
    assert 'href="/"' in answer.text
    resumed(place)
    assert client.get(sitting + page).status_code == 200


def test_a_reason_that_was_not_given_leaves_no_empty_line(
    client: FlaskClient, place: World, sitting: str
) -> None:
    paused(place)
    assert "Организатор пишет" not in client.get(f"{sitting}/q/2").text


@pytest.mark.parametrize(
    ("item_place", "typed"),
    [(2, {"answer": "b"}), (4, {"answer": ["a", "c"]}), (10, {"answer": "Две строки\r\nи «кавычки» <i>"})],
)
def test_a_posted_answer_stays_on_the_page_and_goes_by_its_button(
    client: FlaskClient, place: World, sitting: str, item_place: int, typed: dict[str, Any]
) -> None:
    paused(place)
    address = f"{sitting}/q/{item_place}?back=review"
    refused = client.post(address, data={"base": "0", "go": "next", **typed})
    assert (refused.status_code, stored()) == (409, 0)
    assert "только на этой странице" in refused.text
    assert f'action="{address}"' in refused.text
    names = [name for name, _value in hidden(refused.text)]
    assert sorted(set(names)) == ["answer", "base", "go"]
    again = client.post(address, data={"base": "0", "go": "next", **typed})
    assert again.status_code == 409
    resumed(place)
    sent = client.post(address, data={"base": "0", "go": "next", **typed})
    assert (sent.status_code, sent.location) == (303, f"{sitting}/review")
    given = next(iter(reading.answers(sitting.removeprefix("/t/")).values()))
    assert given == (
        typed["answer"].replace("\r\n", "\n") if isinstance(typed["answer"], str) else typed["answer"]
    )


def test_the_page_of_the_pause_holds_every_value_of_the_form(
    client: FlaskClient, place: World, sitting: str
) -> None:
    paused(place)
    page = client.post(f"{sitting}/q/4", data={"base": "3", "go": "later", "answer": ["a", "c"]}).text
    assert hidden(page) == [("base", "3"), ("go", "later"), ("answer", "a"), ("answer", "c")]


def test_the_api_refuses_with_code_and_sentence_and_keeps_nothing_apart(
    client: FlaskClient, place: World, sitting: str
) -> None:
    client.post(f"{sitting}/events", json={"events": [event(1, "S1", "b")]})
    paused(place)
    batch = {"events": [event(1, "S1", "b"), event(2, "S2", "a")]}
    answer = client.post(f"{sitting}/events", json=batch)
    body = answer.get_json()
    assert answer.status_code == 409
    assert (body["code"], body["title"], body["kept"]) == ("paused", SENTENCE, False)
    assert [one["seq"] for one in body["results"]] == [1]
    assert (stored(), session.scalar(sa.select(sa.func.count()).select_from(LateEvent))) == (1, 0)
    resumed(place)
    assert client.post(f"{sitting}/events", json=batch).status_code == 200
    assert stored() == 2


def test_sending_is_refused_by_page_and_by_api(client: FlaskClient, place: World, sitting: str) -> None:
    paused(place)
    page = client.post(f"{sitting}/submit", data={"without": "yes"})
    assert (page.status_code, SENTENCE in page.text) == (409, True)
    assert f'href="{sitting}/review"' in page.text, "a page that can be opened again"
    told = client.post(f"{sitting}/submit", data={"without": "yes"}, headers={"Accept": "application/json"})
    assert (told.status_code, told.get_json()["code"]) == (409, "paused")
    session.rollback()
    assert session.scalars(sa.select(Sitting.state)).one() is SittingState.OPEN


def test_nobody_begins_by_a_link_and_the_link_says_why(client: FlaskClient, place: World) -> None:
    address = link(place)
    session.commit()
    paused(place, "Эвакуация")
    shown = client.get(address)
    assert SENTENCE in shown.text
    assert "Эвакуация" in shown.text
    assert "Фамилия" not in shown.text
    opened = client.post(address, data={"surname": "Соколова"}, follow_redirects=True)
    assert (opened.status_code, SENTENCE in opened.text) == (409, True)
    begun = client.post(f"/t/{place.seats[0]}/start")
    assert (begun.status_code, SENTENCE in begun.text) == (409, True)
    session.rollback()
    assert session.scalar(sa.select(sa.func.count()).select_from(Sitting)) == 0


def test_who_began_comes_back_after_the_pause_where_it_stopped(
    app: Flask, client: FlaskClient, place: World, sitting: str
) -> None:
    client.post(f"{sitting}/events", json={"events": [event(1, "S1", "b")]})
    paused(place)
    resumed(place)
    assert open_player(app.test_client(), place) == sitting


def test_a_stranger_learns_nothing_of_a_pause(app: Flask, place: World, sitting: str) -> None:
    paused(place, "Эвакуация")
    stranger = app.test_client()
    for answer in (
        stranger.get(f"{sitting}/q/2"),
        stranger.post(f"{sitting}/q/2", data={"answer": "b"}),
        stranger.post(f"{sitting}/events", json={"events": [event(1, "S1", "b")]}),
        stranger.post(f"{sitting}/submit"),
    ):
        assert answer.status_code == 401
        assert "Эвакуация" not in answer.text
        assert "приостановлена" not in answer.text


def test_the_receipt_of_a_sent_work_opens_in_a_pause(client: FlaskClient, place: World, sitting: str) -> None:
    client.post(f"{sitting}/submit", data={"without": "yes"})
    paused(place)
    assert client.get(f"{sitting}/done").status_code == 200
    assert client.get(f"{sitting}/q/2").location == f"{sitting}/done"
