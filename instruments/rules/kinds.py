"""What a condition may ask about an item, by the item's type."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

from instruments.texts import Texts


class Kind(StrEnum):
    """How the answers of an item can be compared."""

    ONE = "one"  # one of several codes: equal or not
    MANY = "many"  # several of several codes: among them or not
    LEVEL = "level"  # one of several codes in rising order
    MARK = "mark"  # one of several whole numbers with words
    NUMBER = "number"
    WORDLESS = "wordless"  # only answered or not
    NEVER = "never"  # cannot be answered


KINDS: Mapping[str, Kind] = {
    "single": Kind.ONE,
    "multiple": Kind.MANY,
    "level": Kind.LEVEL,
    "likert": Kind.MARK,
    "frequency": Kind.MARK,
    "observation": Kind.MARK,
    "row": Kind.MARK,
    "number": Kind.NUMBER,
    "info": Kind.NEVER,
}
ORDERED = frozenset({Kind.LEVEL, Kind.MARK, Kind.NUMBER})


def kind_of(item: Any) -> Kind:
    """Of a type without a row only `answered` can be asked."""
    return KINDS.get(item.type, Kind.WORDLESS)


def values_of(item: Any) -> Mapping[str, Texts]:
    """What can be chosen: code or mark, as a condition writes it → its words; empty where nothing is."""
    points: Sequence[Any] = getattr(item, "scale", None) or ()
    choices: Sequence[Any] = getattr(item, "levels", None) or getattr(item, "options", None) or ()
    return {str(one.value): one.text for one in points} or {one.code: one.text for one in choices}


def ranks_of(items: Sequence[Any]) -> dict[str, tuple[str, ...]]:
    """Item → its codes in rising order, of those that have such an order."""
    return {item.code: tuple(values_of(item)) for item in items if kind_of(item) is Kind.LEVEL}
