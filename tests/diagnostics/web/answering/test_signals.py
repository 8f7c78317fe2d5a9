"""Leaving the page and pasting: counts where the diagnosis said so before, nothing anywhere else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from diagnostics import clock
from diagnostics.campaigns.models import Campaign
from diagnostics.database import session, set_reading
from diagnostics.sittings.models import AnswerEvent, PageSignal
from tests.support.answering import World, world
from tests.support.kept import kept

TOLD = "Система считает, сколько раз вы уходили с этой страницы и вставляли текст."


@pytest.fixture
def place(app: Flask) -> Iterator[World]:
    made = kept(app, f"watched {clock.now().date()}", lambda: world(shipped=True, watch=True))
    with app.app_context():
        set_reading(False)
        yield made
        session.remove()


def counts() -> list[tuple[int, int]]:
    session.rollback()
    return [(one.leaves, one.pastes) for one in session.scalars(sa.select(PageSignal))]


def tell(client: FlaskClient, sitting: str, **told: Any) -> int:
    return int(client.post(f"{sitting}/signals", json=told).status_code)


def test_people_are_told_before_they_begin(client: FlaskClient, sitting: str) -> None:
    assert TOLD in client.get(f"{sitting}/start").text
    assert f'data-signals="{sitting}/signals"' in client.get(f"{sitting}/q/1").text


def test_whole_counts_are_kept_and_a_second_message_adds_nothing(client: FlaskClient, sitting: str) -> None:
    for told in ({"leave": 2, "paste": 1}, {"leave": 2, "paste": 1}, {"leave": 1}, {"leave": 3}):
        assert tell(client, sitting, **told) == 204
    assert counts() == [(3, 1)]
    assert not session.scalars(sa.select(AnswerEvent)).all(), (
        "a count is no event: it has no moment and no task"
    )


@pytest.mark.usefixtures("place")
def test_nothing_but_numbers_is_kept() -> None:
    assert {column.name for column in PageSignal.__table__.columns} == {
        "sitting_id",
        "client",
        "leaves",
        "pastes",
    }


def test_a_count_has_an_end(client: FlaskClient, sitting: str) -> None:
    tell(client, sitting, leave=10**9)
    assert counts() == [(200, 0)]


@pytest.mark.parametrize(
    "told",
    [{"leave": -1}, {"leave": "3"}, {"leave": True}, {"leave": 1.5}, {"text": "ответ"}, {"paste": None}],
)
def test_anything_else_is_refused(client: FlaskClient, sitting: str, told: dict[str, Any]) -> None:
    assert tell(client, sitting, **told) == 422
    assert counts() == []


def test_without_a_key_nothing_is_counted(client: FlaskClient, sitting: str) -> None:
    with client.session_transaction() as cookie:
        cookie.clear()
    assert tell(client, sitting, leave=1) == 401


def test_where_nothing_is_counted_a_message_leaves_no_trace(client: FlaskClient, sitting: str) -> None:
    session.execute(sa.update(Campaign).values(watch=False))
    session.commit()
    assert tell(client, sitting, leave=1) == 204
    assert counts() == []
    assert "data-signals" not in client.get(f"{sitting}/q/1").text
