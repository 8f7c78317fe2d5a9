"""A form whose key or page is out of date: the answer is held, stored on coming in again, gone after a day."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from diagnostics import clock
from diagnostics.campaigns.models import Campaign, Privacy
from diagnostics.database import session
from diagnostics.sittings import actions as sittings
from diagnostics.sittings import queries as reading
from diagnostics.sittings.actions import holding
from diagnostics.sittings.entry_models import HeldAnswer
from diagnostics.sittings.models import AnswerEvent, LateEvent, SittingKey
from tests.support.answering import World, event, link, open_player, wave

COOKIE = "orientir"
ANSWER = {"answer": "b", "item": "S1", "base": "0"}


def lose(client: FlaskClient) -> None:
    """The browser was closed over night: its session is gone."""
    client.delete_cookie(COOKIE)


def post(client: FlaskClient, sitting: str, place: int = 2, **more: Any) -> Any:
    return client.post(f"{sitting}/q/{place}", data=ANSWER | more)


def come_in(client: FlaskClient, place: World, seat: int = 0) -> Any:
    address = link(place, seat)
    session.commit()
    answer = client.post(address, data={"surname": ("Соколова", "Елкин")[seat]})
    while answer.status_code in (302, 303):
        answer = client.get(answer.location)
    return answer


def answers(sitting: str) -> dict[str, Any]:
    session.rollback()
    return dict(reading.answers(sitting.removeprefix("/t/")))


def count(table: type[Any]) -> int:
    session.rollback()
    return session.scalar(sa.select(sa.func.count()).select_from(table)) or 0


def test_a_lost_session_loses_no_answer(client: FlaskClient, place: World, sitting: str) -> None:
    lose(client)
    page = post(client, sitting)
    assert (page.status_code, "Ответ не потерян" in page.text) == (401, True)
    assert answers(sitting) == {}
    assert "Ваш ответ сохранён." in come_in(client, place).text
    assert answers(sitting) == {"S1": "b"}
    assert count(HeldAnswer) == 0


def test_what_is_posted_twice_is_stored_once_and_the_newest_counts(
    client: FlaskClient, place: World, sitting: str
) -> None:
    lose(client)
    post(client, sitting)
    post(client, sitting, answer="c")
    post(client, sitting, place=3, item="S2", answer="a")
    assert "Сохранены ваши ответы: 2." in come_in(client, place).text
    assert answers(sitting) == {"S1": "c", "S2": "a"}


def test_only_the_browser_that_posted_stores_it(
    app: Flask, client: FlaskClient, place: World, sitting: str
) -> None:
    lose(client)
    post(client, sitting)
    other = app.test_client()
    assert "сохранён" not in come_in(other, place).text.split("<main")[1].split("<h1")[0]
    assert answers(sitting) == {}
    come_in(client, place)
    assert answers(sitting) == {"S1": "b"}


def test_another_person_with_the_same_browser_stores_nothing_of_it(
    client: FlaskClient, place: World, sitting: str
) -> None:
    lose(client)
    post(client, sitting)
    come_in(client, place, 1)
    assert answers(sitting) == {}
    assert count(HeldAnswer) == 1


def test_an_old_page_is_confirmed_by_one_button(
    app: Flask, client: FlaskClient, place: World, sitting: str
) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    page = post(client, sitting, csrf_token="old")
    assert page.status_code == 403
    assert "Сохранить ответ и продолжить" in page.text
    assert answers(sitting) == {}
    token = page.text.split('name="csrf_token" value="')[1].split('"')[0]
    told = client.post(f"{sitting}/held", data={"csrf_token": token, "place": "2"})
    assert told.location.endswith(f"{sitting}/q/2")
    assert "Ваш ответ сохранён." in client.get(told.location).text
    assert answers(sitting) == {"S1": "b"}


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Referer": "https://evil.example/"},
    ],
)
def test_a_form_of_another_site_is_not_held(
    client: FlaskClient, sitting: str, headers: dict[str, str]
) -> None:
    lose(client)
    assert client.post(f"{sitting}/q/2", data=ANSWER, headers=headers).status_code == 401
    assert count(HeldAnswer) == 0


def test_nothing_is_held_of_a_sitting_that_is_not_there(client: FlaskClient, sitting: str) -> None:
    lose(client)
    assert post(client, "/t/00000000000000").status_code == 401
    assert count(HeldAnswer) == 0


def test_what_nobody_came_back_for_goes_after_a_day(client: FlaskClient, place: World, sitting: str) -> None:
    lose(client)
    post(client, sitting)
    with clock.frozen(clock.now() + timedelta(hours=25)):
        come_in(client, place)
        assert answers(sitting) == {}
        assert holding.clear(clock.now()) == 1


@pytest.mark.parametrize(("most", "posted"), [("MOST", 21), ("MOST_OF_SITTING", 21)])
def test_a_browser_and_a_sitting_hold_so_many(
    client: FlaskClient, sitting: str, monkeypatch: pytest.MonkeyPatch, most: str, posted: int
) -> None:
    monkeypatch.setattr(holding, most, 2)
    lose(client)
    for item in ("S1", "S2", "M1", "N1"):
        post(client, sitting, item=item)
    assert count(HeldAnswer) == 2
    assert post(client, sitting, item="L1", answer="x" * holding.LONGEST).status_code == 401


def test_what_comes_after_the_end_is_kept_for_a_decision(
    client: FlaskClient, place: World, sitting: str
) -> None:
    client.post(f"{sitting}/submit", data={"without": "yes"})
    lose(client)
    post(client, sitting)
    assert "решит организатор" in come_in(client, place).text
    assert (count(AnswerEvent), count(LateEvent), count(HeldAnswer)) == (0, 1, 0)


def test_after_the_last_day_the_link_is_over_and_the_answer_goes_with_its_day(
    client: FlaskClient, place: World, sitting: str
) -> None:
    lose(client)
    post(client, sitting)
    address = link(place)
    session.commit()
    with clock.frozen(wave(place).closes_at + timedelta(hours=1)):
        assert client.post(address, data={"surname": "Соколова"}).status_code == 410


def test_an_answer_that_is_none_is_told_with_its_words(
    client: FlaskClient, place: World, sitting: str
) -> None:
    lose(client)
    post(client, sitting, place=5, item="N1", answer="много")
    told = come_in(client, place).text
    assert "не сохранён" in told
    assert "много" in told
    assert answers(sitting) == {}


def test_the_same_browser_gets_its_key_again_and_a_resend_is_recognised(
    client: FlaskClient, place: World, sitting: str
) -> None:
    rows = {"events": [event(1, "S1", "b"), event(2, "S2", "a")]}
    first = client.post(f"{sitting}/events", json=rows)
    lose(client)
    refused = client.post(f"{sitting}/events", json=rows)
    assert (refused.status_code, refused.get_json()["code"]) == (401, "key_needed")
    come_in(client, place)
    again = client.post(f"{sitting}/events", json=rows)
    assert (again.status_code, again.data) == (200, first.data)
    assert (count(AnswerEvent), count(SittingKey)) == (2, 1)


def test_a_script_without_session_and_token_is_told_to_come_in_again(
    app: Flask, client: FlaskClient, sitting: str
) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    lose(client)
    refused = client.post(f"{sitting}/events", json={"events": [event(1, "S1", "b")]})
    assert (refused.status_code, refused.get_json()["code"]) == (401, "key_needed")


def test_a_stopped_key_lives_again_when_the_person_comes_in(
    client: FlaskClient, place: World, sitting: str
) -> None:
    sittings.revoke_keys(sitting.removeprefix("/t/"), actor_id=None)
    session.commit()
    assert post(client, sitting).status_code == 401
    come_in(client, place)
    assert answers(sitting) == {"S1": "b"}


def test_two_browsers_have_two_keys(app: Flask, client: FlaskClient, place: World, sitting: str) -> None:
    assert open_player(app.test_client(), place) == sitting
    assert count(SittingKey) == 2


def test_after_nameless_answers_the_browser_keeps_no_mark(
    client: FlaskClient, place: World, sitting: str
) -> None:
    assert client.get_cookie("device") is not None
    session.execute(sa.update(Campaign).values(privacy=Privacy.ANONYMOUS))
    session.commit()
    client.post(f"{sitting}/submit", data={"without": "yes"})
    assert client.get_cookie("device") is None


def test_a_night_of_thinking_changes_nothing(client: FlaskClient, sitting: str) -> None:
    with clock.frozen(clock.now() + timedelta(hours=14)):
        assert post(client, sitting).status_code == 303
    assert answers(sitting) == {"S1": "b"}


def test_sending_after_a_lost_session_says_what_to_do(app: Flask, client: FlaskClient, sitting: str) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    lose(client)
    page = client.post(f"{sitting}/submit", data={"without": "yes"})
    assert (page.status_code, "ещё раз по своей ссылке или карточке" in page.text) == (401, True)
