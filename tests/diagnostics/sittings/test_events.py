"""What a client may send: every kind of bad input has its own code."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnostics.config import Limits
from diagnostics.errors import DomainError
from diagnostics.sittings.errors import EventRefused, ItemMissing
from diagnostics.sittings.events import Asked, answers_hash, read_events
from diagnostics.sittings.models import EventKind
from instruments.formats.yaml import read_document
from tests.support.answering import SAMPLES, event

LIMITS = Limits()
ASKED = Asked(
    read_document((SAMPLES / "workshop.yaml").read_bytes()), "A", last_position=40, last_seq=10, seed=None
)


def read(*rows: Any, **body: Any) -> Any:
    return read_events({"events": list(rows), **body}, ASKED, LIMITS)


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (event(1, "S1", "zz"), "option_unknown"),
        (event(1, "S1", ["a", "b"]), "too_many_choices"),
        (event(1, "M1", ["a", "b", "c"]), "too_many_choices"),
        (event(1, "M1", ["a"]), "too_few_choices"),
        (event(1, "N1", "1e309"), "not_a_number"),
        (event(1, "N1", "NaN"), "not_a_number"),
        (event(1, "N1", float("inf")), "not_a_number"),
        (event(1, "N1", 101), "out_of_range_high"),
        (event(1, "FREE", "а" * 50_001), "too_long"),
        (event(1, "T1", "\ud800"), "bad_character"),
        (event(1, "T1", "a\x00b"), "bad_character"),
        (event(1, "L1", 7), "not_on_scale"),
        (event(1, "S1", {"opt_out": True}), "opt_out_not_offered"),
        (event(1, "READ", "x"), "not_answerable"),
        (event(-1, "S1", "a"), "bad_seq"),
        (event(0, "S1", "a"), "bad_seq"),
        (event(1_000_011, "S1", "a"), "bad_seq"),
        (event("1", "S1", "a"), "bad_seq"),  # type: ignore[arg-type]
        (event(True, "S1", "a"), "bad_seq"),
        (event(1, "S1", "a", base=-1), "bad_base"),
        (event(1, "S1", "a", base=41), "bad_base"),
        (event(1, "S1", "a", base="0"), "bad_base"),  # type: ignore[arg-type]
        (event(1, "S1", "a", kind="drawn"), "unknown_kind"),
        (event(1, "S1", "a", kind=["answer"]), "unknown_kind"),  # type: ignore[arg-type]
        (event(1, "S1", "a", kind="shown"), "unknown_field"),
        (event(1, "S1", "a", client_at="yesterday"), "bad_time"),
        (event(1, "S1", "a", client_at="2026-03-01T10:00:00"), "bad_time"),
        (event(1, "S1", "a", client_at=5), "bad_time"),
        (event(1, "S1", "a", score=10), "unknown_field"),
        (event(1, "S1", "a", correct=True), "unknown_field"),
        (event(1, "S1", "a", started_at="2026-01-01"), "unknown_field"),
        (event(1, "S1", "a", deadline="2030-01-01"), "unknown_field"),
        (event(1, "S1", "a", user_id="x"), "unknown_field"),
        (event(1, "S1", "a", client="x"), "unknown_field"),
        ({"seq": 1, "kind": "answer", "item": "S1"}, "field_missing"),
    ],
)
def test_a_bad_event_is_refused_with_its_code(row: dict[str, Any], code: str) -> None:
    with pytest.raises(EventRefused) as refused:
        read(row)
    assert refused.value.code == code


@pytest.mark.parametrize("item", ["S3", "нет", "", None, 5, ["S1"]])
def test_an_item_that_is_not_asked_here_is_missing(item: Any) -> None:
    with pytest.raises(ItemMissing):
        read(event(1, item, "a"))


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({}, "bad_events"),
        ({"events": []}, "bad_events"),
        ({"events": {"seq": 1}}, "bad_events"),
        ({"events": ["x"]}, "bad_events"),
        ({"events": [event(1, "S1", "a")], "sitting": "x"}, "unknown_field"),
        ({"events": [event(1, "S1", kind="shown")] * 201}, "batch_too_big"),
    ],
)
def test_a_bad_body_is_refused_whole(body: dict[str, Any], code: str) -> None:
    with pytest.raises(EventRefused) as refused:
        read_events(body, ASKED, LIMITS)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("item", "raw", "stored"),
    [
        ("N1", "1,5", 1.5),
        ("N1", "١٢", 12),
        ("N1", " 12 ", 12),
        ("M1", ["c", "a"], ["a", "c"]),
        ("L1", "2", 2),
        ("L2", {"opt_out": True}, {"opt_out": True}),
        ("T1", " \u202eслово ", "\u202eслово"),
    ],
)
def test_an_answer_takes_its_stored_form(item: str, raw: object, stored: object) -> None:
    assert read(event(1, item, raw))[0].value == stored


def test_one_bad_event_refuses_the_batch_and_names_its_number() -> None:
    with pytest.raises(EventRefused) as refused:
        read(event(1, "S1", "a"), event(2, "S2", "zz"))
    assert refused.value.parameters["seq"] == 2


def test_an_empty_answer_clears() -> None:
    assert [one.kind for one in read(event(1, "S1"), event(2, "M1", []))] == [EventKind.CLEAR] * 2


def test_the_body_of_an_event_is_what_it_says_not_when() -> None:
    first, again = read(event(1, "S1", "a"), event(1, "S1", "a", client_at="2026-03-01T10:00:00Z"))
    assert first.body_hash == again.body_hash


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)
near_events = st.fixed_dictionaries(
    {},
    optional={
        "seq": json_values | st.integers(1, 20),
        "base": json_values | st.integers(0, 40),
        "kind": json_values | st.sampled_from(["answer", "clear", "flag"]),
        "item": json_values | st.sampled_from(["S1", "M1", "N1", "T1", "L1"]),
        "value": json_values,
        "client_at": json_values,
    },
)


@given(st.lists(near_events | json_values, max_size=3))
def test_whatever_is_sent_is_read_or_refused_with_a_code(rows: list[Any]) -> None:
    with suppress(DomainError):
        assert len(read(*rows)) == len(rows)


@given(st.dictionaries(st.text(max_size=4), st.integers() | st.text(max_size=5)))
def test_the_hash_of_answers_does_not_know_their_order(answers: dict[str, Any]) -> None:
    turned = dict(reversed(answers.items()))
    assert answers_hash("one", answers) == answers_hash("one", turned)
    assert answers_hash("one", answers) != answers_hash("two", answers)
