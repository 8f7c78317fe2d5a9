"""The fold of events: what is current, what waits for a choice, where the person stopped."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from diagnostics.sittings.models import EventKind
from diagnostics.sittings.standing import GIVES_ANSWER, EventRow, standing

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def row(
    position: int,
    item: str,
    value: object = None,
    *,
    kind: EventKind = EventKind.ANSWER,
    client: str = "phone",
    rival: int | None = None,
) -> EventRow:
    at = NOON + timedelta(seconds=position)
    return EventRow(position, kind, item, value, client, rival, at)  # type: ignore[arg-type]


def test_nothing_happened_yet() -> None:
    found = standing([])
    assert (found.answers, found.last_item, found.last_position, found.saved_at) == ({}, None, 0, None)


def test_marks_do_not_touch_the_answer() -> None:
    found = standing([row(1, "S1", "a"), row(2, "S1", kind=EventKind.FLAG)])
    assert (found.answers, found.flagged) == ({"S1": "a"}, {"S1"})


def test_a_mark_taken_off_is_off() -> None:
    found = standing([row(1, "S1", kind=EventKind.FLAG), row(2, "S1", kind=EventKind.UNFLAG)])
    assert found.flagged == frozenset()


def test_three_devices_leave_three_answers_to_choose_from() -> None:
    found = standing(
        [
            row(1, "S1", "a"),
            row(2, "S1", "b", client="laptop", rival=1),
            row(3, "S1", "c", client="desk", rival=2),
        ]
    )
    assert [one.value for one in found.conflicts["S1"]] == ["a", "b", "c"]


def test_of_one_device_only_its_latest_value_waits() -> None:
    found = standing(
        [
            row(1, "S1", "a"),
            row(2, "S1", "b", client="laptop", rival=1),
            row(3, "S1", "c", client="laptop", rival=1),
        ]
    )
    assert [one.value for one in found.conflicts["S1"]] == ["a", "c"]


def test_two_devices_with_one_answer_agree() -> None:
    found = standing([row(1, "S1", "a"), row(2, "S1", "a", client="laptop", rival=1)])
    assert found.conflicts == {}


def test_a_cleared_answer_can_be_in_conflict_too() -> None:
    cleared = row(2, "S1", kind=EventKind.CLEAR)
    found = standing([row(1, "S1", "a"), cleared, row(3, "S1", "b", client="laptop", rival=2)])
    assert [one.value for one in found.conflicts["S1"]] == [None, "b"]


def test_the_last_event_says_where_the_person_stopped() -> None:
    found = standing([row(1, "S1", "a"), row(2, "S2", kind=EventKind.SHOWN)])
    assert (found.last_item, found.last_position) == ("S2", 2)


kinds = st.sampled_from(sorted(EventKind))
facts = st.tuples(kinds, st.sampled_from(["S1", "S2"]), st.sampled_from(["a", "b", None]))


@given(st.lists(facts))
def test_with_one_device_the_last_answer_always_counts(said: list[tuple[EventKind, str, str | None]]) -> None:
    rows = [
        row(position, item, None if kind is EventKind.CLEAR else value, kind=kind)
        for position, (kind, item, value) in enumerate(said, 1)
    ]
    expected = {one.item: one.value for one in rows if one.kind in GIVES_ANSWER}
    found = standing(rows)
    assert found.answers == {item: value for item, value in expected.items() if value is not None}
    assert found.conflicts == {}
    assert found.shown == {one.item for one in rows}
