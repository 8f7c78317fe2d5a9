"""Time with a question, from the times of events: breaks and absences are nobody's."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from diagnostics.sittings.models import EventKind
from diagnostics.sittings.queries.pace import BREAK_SECONDS, Moment, pace

START = datetime(2026, 9, 1, 9, 0, tzinfo=UTC)
SHOWN, ANSWER, SKIP, LEAVE = EventKind.SHOWN, EventKind.ANSWER, EventKind.SKIP, EventKind.LEAVE


def moments(*events: tuple[float, EventKind, str]) -> list[Moment]:
    """(seconds from the start, kind, item) by the server's clock."""
    return [Moment("s", kind, item, "c", START + timedelta(seconds=at), None) for at, kind, item in events]


@pytest.mark.parametrize(
    ("events", "spent"),
    [
        ([(0, SHOWN, "a"), (40, ANSWER, "a"), (45, SHOWN, "b"), (75, ANSWER, "b")], {"a": 45, "b": 30}),
        ([(0, SHOWN, ""), (40, ANSWER, "a"), (70, ANSWER, "b")], {"a": 40, "b": 30}),
        ([(0, SHOWN, "a"), (20, SKIP, "a"), (50, ANSWER, "b"), (60, ANSWER, "a")], {"a": 30, "b": 30}),
        ([(0, SHOWN, "a"), (BREAK_SECONDS + 1, ANSWER, "a"), (BREAK_SECONDS + 6, ANSWER, "b")], {"b": 5}),
        ([(0, SHOWN, "a"), (10, LEAVE, "a"), (300, ANSWER, "a")], {"a": 10}),
        ([(0, SHOWN, "a")], {}),
    ],
)
def test_the_time_between_two_events_belongs_to_one_question(
    events: list[tuple[float, EventKind, str]], spent: dict[str, float]
) -> None:
    assert pace(moments(*events)) == spent


def test_answers_sent_together_keep_the_times_of_the_device() -> None:
    sent = START + timedelta(minutes=30)
    given = [
        Moment("s", ANSWER, item, "c", sent, START + timedelta(seconds=at))
        for item, at in (("a", 20), ("b", 50))
    ]
    assert pace(given) == {"b": 30}


def test_clocks_of_two_devices_are_not_mixed() -> None:
    first = Moment("s", ANSWER, "a", "phone", START, START + timedelta(hours=3))
    second = Moment("s", ANSWER, "b", "laptop", START + timedelta(seconds=15), START)
    assert pace([first, second]) == {"b": 15}
