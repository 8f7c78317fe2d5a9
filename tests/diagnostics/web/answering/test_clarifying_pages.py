"""Clarifying tasks by page, without script: offered, answered one by one, passed, declined."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from diagnostics import clock
from diagnostics.catalogue import queries as catalogue
from diagnostics.database import session, set_reading
from diagnostics.sittings import queries as reading
from diagnostics.sittings.models import AnswerEvent, EventKind, Sitting, SittingState
from tests.support.answering import World, event, own, world
from tests.support.kept import kept
from tests.support.sitting import half, right

pytestmark = pytest.mark.parametrize("base", ["sqlite"], indirect=True)


@pytest.fixture
def place(app: Flask) -> Iterator[World]:
    made = kept(app, f"clarifying pages {clock.now().date()}", lambda: world(shipped=True, clarify=2))
    with app.app_context():
        set_reading(False)
        yield made
        session.remove()


@pytest.fixture
def filled(client: FlaskClient, sitting: str) -> str:
    """Each second task right: blocks are in doubt."""
    found = reading.one(sitting.removeprefix("/t/"))
    assert found is not None
    given = half(found.instrument_id, reading.invitation(found.seat_id).seat.scoring_id or "", "A")
    rows = [
        event(number, item, own(sitting, item, answer))
        for number, (item, answer) in enumerate(given.items(), 1)
    ]
    for start in range(0, len(rows), 20):
        assert client.post(f"{sitting}/events", json={"events": rows[start : start + 20]}).status_code == 200
    return sitting


def drawn() -> list[str]:
    session.rollback()
    query = (
        sa.select(AnswerEvent.item).where(AnswerEvent.kind == EventKind.DRAWN).order_by(AnswerEvent.position)
    )
    return list(session.scalars(query))


def state(sitting: str) -> SittingState:
    session.rollback()
    return session.get_one(Sitting, sitting.removeprefix("/t/")).state


def test_who_begins_is_told_of_them(client: FlaskClient, place: World, filled: str) -> None:
    session.execute(sa.update(Sitting).values(state=SittingState.OPEN))
    told = client.get(f"{filled}/start").text
    assert "до 2 уточняющих заданий" in told
    assert "Система считает" not in told, "nothing is watched where nobody asked for it"


def test_sending_leads_past_the_offer_and_it_can_be_declined(client: FlaskClient, filled: str) -> None:
    offered = client.post(f"{filled}/submit")
    assert offered.location == f"{filled}/clarify"
    page = client.get(offered.location).text
    assert "вывод пока неясен" in page
    assert "Отправить без уточнения" in page
    assert state(filled) is SittingState.OPEN
    sent = client.post(f"{filled}/submit", data={"clarify": "no"})
    assert sent.location == f"{filled}/done"
    assert (state(filled), drawn()) == (SittingState.SUBMITTED, [])


def test_they_are_answered_one_by_one_up_to_the_limit(client: FlaskClient, filled: str) -> None:
    first = client.post(f"{filled}/clarify")
    assert re.fullmatch(rf"{filled}/q/25", first.location)
    page = client.get(first.location).text
    assert "Уточняющие задания" in page
    assert "Остановиться" in page
    assert "Пропустить" in page
    assert "data-online" in page
    gap = client.post(first.location, data={"base": "0", "go": "next", "item": drawn()[0]})
    assert gap.status_code == 422
    second = client.post(first.location, data={"base": "0", "go": "skip", "item": drawn()[0]})
    assert second.location == f"{filled}/q/26"
    item = drawn()[1]
    found = reading.one(filled.removeprefix("/t/"))
    assert found is not None
    scoring = reading.invitation(found.seat_id).seat.scoring_id or ""
    answer = own(filled, item, right(scoring, item))
    over = client.post(second.location, data={"base": "0", "go": "next", "item": item, "answer": answer})
    assert over.location == f"{filled}/clarify"
    assert "Все уточняющие задания пройдены." in client.get(over.location).text
    assert len(drawn()) == 2
    assert client.post(f"{filled}/clarify").location == f"{filled}/clarify", "the limit was told"
    assert len(drawn()) == 2
    assert client.post(f"{filled}/submit", data={"clarify": "no"}).location == f"{filled}/done"


def test_the_form_is_closed_once_they_have_begun(client: FlaskClient, filled: str) -> None:
    client.post(f"{filled}/clarify")
    for page in (f"{filled}/q/1", f"{filled}/review", f"{filled}/list"):
        assert client.get(page).location == f"{filled}/clarify"
    hub = client.get(f"{filled}/clarify").text
    assert "ждёт ответа" in hub
    assert f'href="{filled}/q/25"' in hub


def test_whoever_stops_at_one_sends_the_rest(client: FlaskClient, filled: str) -> None:
    first = client.post(f"{filled}/clarify")
    stopped = client.post(first.location, data={"base": "0", "go": "review", "item": drawn()[0]})
    assert client.get(stopped.location).location == f"{filled}/clarify"
    assert client.post(f"{filled}/submit", data={"clarify": "no"}).location == f"{filled}/done"
    assert state(filled) is SittingState.SUBMITTED


def test_no_key_of_a_drawn_task_reaches_the_browser(client: FlaskClient, filled: str) -> None:
    first = client.post(f"{filled}/clarify")
    page = client.get(first.location).text
    found = reading.one(filled.removeprefix("/t/"))
    assert found is not None
    scoring = catalogue.scoring(reading.invitation(found.seat_id).seat.scoring_id or "")
    key = scoring.items[drawn()[0]]
    for secret in (key.rationale or {}).values():
        assert secret not in page


def test_a_sitting_with_gaps_has_nothing_to_clear_up(client: FlaskClient, sitting: str) -> None:
    assert client.get(f"{sitting}/clarify").location == f"{sitting}/review"
    assert client.post(f"{sitting}/clarify").location == f"{sitting}/clarify"
    assert drawn() == []
