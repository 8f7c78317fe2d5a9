"""A condition as a tree. Values are kept as they were written; the item they are compared with gives the type."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

Sign: TypeAlias = Literal["=", "!=", "<", "<=", ">", ">="]


@dataclass(frozen=True, slots=True)
class Compare:
    item: str
    sign: Sign
    value: str


@dataclass(frozen=True, slots=True)
class Within:
    item: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answered:
    item: str


@dataclass(frozen=True, slots=True)
class Not:
    part: Rule


@dataclass(frozen=True, slots=True)
class All:
    """Two parts or more, every one of which must hold."""

    parts: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """Two parts or more, one of which is enough."""

    parts: tuple[Rule, ...]


Test: TypeAlias = Compare | Within | Answered
Rule: TypeAlias = Test | Not | All | Either


def tests(rule: Rule) -> Iterator[Test]:
    """Every test of the condition, from left to right."""
    if isinstance(rule, Not):
        yield from tests(rule.part)
    elif isinstance(rule, (All, Either)):
        for part in rule.parts:
            yield from tests(part)
    else:
        yield rule


def items_of(rule: Rule) -> tuple[str, ...]:
    """Codes of the items that the condition asks about, in the order of their first mention."""
    return tuple(dict.fromkeys(test.item for test in tests(rule)))


def values_of(test: Test) -> tuple[str, ...]:
    if isinstance(test, Compare):
        return (test.value,)
    return test.values if isinstance(test, Within) else ()


def mentioned(rule: Rule, item: str) -> tuple[str, ...]:
    """The values that the condition compares the item with."""
    found = (value for test in tests(rule) if test.item == item for value in values_of(test))
    return tuple(dict.fromkeys(found))
