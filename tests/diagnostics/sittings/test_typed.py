"""What is typed from paper and what it means, type by type, there and back."""

from __future__ import annotations

from typing import Any

import pytest

from diagnostics.sittings.errors import EventRefused
from diagnostics.sittings.typed import enterable, raw_of, text_of, tokens
from instruments.document import Instrument
from instruments.formats.yaml import read_document
from instruments.items import read
from tests.support.answering import SAMPLES


def every_type() -> Instrument:
    document = read_document((SAMPLES / "every-type.yaml").read_bytes())
    assert isinstance(document, Instrument)
    return document


ASKED = every_type()
FORM = ASKED.forms[0].code
ITEMS = {item.code: item for item in enterable(ASKED, FORM)}
BY_TYPE: dict[str, Any] = {}
for one in ITEMS.values():
    BY_TYPE.setdefault(one.type, one)


def sample(kind: str) -> str:
    """Something that can be typed for a question of this type."""
    item = BY_TYPE[kind]
    if kind == "multiple":
        return " ".join(str(place) for place in range(1, (item.choose or 2) + 1))
    if kind == "ordering":
        return " ".join(str(place) for place in range(len(item.options), 0, -1))
    if kind == "matching":
        return " ".join("1" if place else "0" for place, _ in enumerate(item.prompts))
    if kind == "table":
        return " / ".join("; ".join("1" for _ in item.columns) for _ in item.rows or (1,))
    if kind == "number":
        return str(int(item.minimum or 1))
    return tokens(item)[0].typed if tokens(item) else "Своими словами"


@pytest.mark.parametrize("kind", sorted(BY_TYPE))
def test_what_is_typed_is_an_answer_and_can_be_typed_again(kind: str) -> None:
    item = BY_TYPE[kind]
    found = read(item, raw_of(item, sample(kind)))
    assert found.problems == ()
    assert found.answer is not None
    again = read(item, raw_of(item, text_of(item, found.answer)))
    assert (again.answer, again.problems) == (found.answer, ())


@pytest.mark.parametrize("kind", sorted(BY_TYPE))
def test_an_empty_field_is_no_answer(kind: str) -> None:
    assert raw_of(BY_TYPE[kind], "  ") is None
    assert text_of(BY_TYPE[kind], None) == ""


@pytest.mark.parametrize("item", [one for one in ITEMS.values() if getattr(one, "opt_out", False)])
def test_i_cannot_say_has_a_number_of_its_own(item: Any) -> None:
    away = tokens(item)[-1]
    assert away.raw == {"opt_out": True}
    assert text_of(item, {"opt_out": True}) == away.typed
    assert len({one.typed for one in tokens(item)}) == len(tokens(item))


@pytest.mark.parametrize("typed", ["77", "x", "-1", "1.5", "1 2"])
def test_a_number_that_no_row_has_is_refused(typed: str) -> None:
    with pytest.raises(EventRefused) as refused:
        raw_of(BY_TYPE["single"], typed)
    assert refused.value.code == "paper_token"


@pytest.mark.parametrize("kind", ["ordering", "matching"])
def test_too_few_numbers_are_refused(kind: str) -> None:
    with pytest.raises(EventRefused) as refused:
        raw_of(BY_TYPE[kind], "1")
    assert refused.value.code == "paper_count"


@pytest.mark.parametrize("typed", ["12", "1 2", "1,2", "1, 2"])
def test_several_numbers_may_be_typed_together_or_apart(typed: str) -> None:
    item = BY_TYPE["multiple"]
    assert raw_of(item, typed) == [item.options[0].code, item.options[1].code]


def test_a_table_too_wide_is_refused() -> None:
    with pytest.raises(EventRefused) as refused:
        raw_of(BY_TYPE["table"], ";".join("1" * 40))
    assert refused.value.code == "paper_table"
