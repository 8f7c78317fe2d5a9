"""A fixed order at the base of every save: what is not open yet is refused whole; on both databases."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from diagnostics import clock
from diagnostics.database import session
from diagnostics.sittings import queries as reading
from diagnostics.sittings.errors import OutOfOrder
from diagnostics.sittings.models import AnswerEvent, LateEvent
from diagnostics.sittings.queries import Writing
from tests.support.answering import ANSWERS, World, begin, close_wave, event, save, statements, world

Row = dict[str, Any]


@pytest.fixture
def place(in_app: Flask) -> World:
    return world(ordered=True)


def stored() -> list[str]:
    return list(session.scalars(sa.select(AnswerEvent.item).order_by(AnswerEvent.position)))


@pytest.mark.parametrize(
    ("rows", "first"),
    [
        ([event(1, "S2", "a")], ("S1", 1, 2)),
        ([event(1, "FREE", "слово")], ("S1", 1, 2)),
        ([event(1, "S2", kind="shown")], ("S1", 1, 2)),
        ([event(1, "S2", kind="flag")], ("S1", 1, 2)),
        ([event(1, "S2", kind="skip")], ("S1", 1, 2)),
        ([event(1, "S2", kind="clear")], ("S1", 1, 2)),
        ([event(1, "S1", "b"), event(2, "M1", ["a", "b"])], ("S2", 2, 3)),
        ([event(1, "S1", kind="shown"), event(2, "S2", "a")], ("S1", 1, 2)),  # seen is not passed
        ([event(1, "S1", kind="flag"), event(2, "S2", "a")], ("S1", 1, 2)),
        ([event(1, "S1", kind="clear"), event(2, "S2", "a")], ("S1", 1, 2)),
        ([event(1, "S2", "a"), event(2, "S1", "b")], ("S1", 1, 2)),  # the batch itself is out of order
    ],
)
def test_what_is_not_open_yet_is_refused_with_the_question_to_continue_with(
    phone: Writing, rows: list[Row], first: tuple[str, int, int]
) -> None:
    with pytest.raises(OutOfOrder) as refused:
        save(phone, *rows)
    told = refused.value.parameters
    assert (told["item"], told["number"], told["place"]) == first
    assert refused.value.status == 409
    assert stored() == []


@pytest.mark.parametrize(
    "rows",
    [
        [event(1, "READ", kind="shown"), event(2, "S1", kind="shown")],
        [event(1, "S1", "b"), event(2, "S2", "a")],
        [event(1, "S1", kind="skip"), event(2, "S2", "a")],
        [event(1, "S1", "b"), event(2, "S1", kind="clear"), event(3, "S2", "a")],
        [event(number, item, value) for number, (item, value) in enumerate(ANSWERS.items(), 1)],
    ],
)
def test_what_comes_in_order_is_stored_in_one_batch(phone: Writing, rows: list[Row]) -> None:
    save(phone, *rows)
    assert stored() == [row["item"] for row in rows]


def test_an_answer_taken_back_later_locks_nothing(phone: Writing) -> None:
    save(phone, event(1, "S1", "b"), event(2, "S2", "a"))
    save(phone, event(3, "S1", kind="clear", base=2))
    assert save(phone, event(4, "M1", ["a", "b"])).refusal is None


def test_going_back_is_free(phone: Writing) -> None:
    save(phone, event(1, "S1", "b"), event(2, "S2", kind="skip"), event(3, "M1", ["a", "c"]))
    save(phone, event(4, "S1", "a", base=3), event(5, "S2", "c", base=3))
    assert dict(reading.answers(phone.sitting_id)) == {"S1": "a", "S2": "c", "M1": ["a", "c"]}


def test_a_resend_is_the_same_events_and_not_out_of_order(phone: Writing) -> None:
    batch = [event(1, "S1", "b"), event(2, "S2", "a")]
    first, second = save(phone, *batch), save(phone, *batch)
    assert second.results == first.results
    assert stored() == ["S1", "S2"]


def test_another_device_goes_on_where_the_first_one_stopped(phone: Writing, place: World) -> None:
    save(phone, event(1, "S1", "b"))
    laptop = begin(place)
    assert save(laptop, event(1, "S2", "a", base=1)).refusal is None
    with pytest.raises(OutOfOrder):
        save(laptop, event(2, "N1", 12, base=1))


@pytest.mark.parametrize("days", [0, 30])
def test_late_events_obey_the_order_too(phone: Writing, place: World, days: int) -> None:
    save(phone, event(1, "S1", "b"))
    close_wave(place)
    with clock.frozen(clock.now() + timedelta(days=days)):
        assert save(phone, event(2, "S2", "a")).kept
        assert save(phone, event(3, "M1", ["a", "b"])).kept  # opened by an answer that waits for a decision
        with pytest.raises(OutOfOrder):
            save(phone, event(4, "T1", "слово"))
    kept = session.scalars(sa.select(LateEvent.seq).order_by(LateEvent.seq)).all()
    assert kept == [2, 3]


def test_a_work_in_free_order_is_asked_nothing_more(in_app: Flask) -> None:
    free = begin(world())
    save(free, event(1, "FREE", "слово"))
    with statements() as sent:
        save(free, event(2, "S1", "b", base=1))
    assert len(sent) == 3
