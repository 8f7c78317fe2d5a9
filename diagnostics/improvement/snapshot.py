"""Zones of one school as they are frozen: codes and whole numbers, nothing of any single respondent.

What is hidden is not there: a hidden mark holds no value, no interval and no count.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter

from diagnostics.improvement.groups import Group

#: Words beside the classes of the preset.
APART, FEW_DATA = "views_apart", "few_data"


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupFacts:
    """Явка of one group: exact, it is organisational. `hidden`: fewer answers than `least`.

    ways     how answers came: sheet, codes, link
    """

    group: Group
    n: int
    expected: int
    least: int
    hidden: bool
    ways: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What a group says of one thing, 0…100; `value` None = hidden, fewer than `least` with a valid result."""

    group: Group
    value: float | None
    low: float | None = None
    high: float | None = None
    n: int | None = None
    least: int

    @property
    def hidden(self) -> bool:
        return self.value is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """A mean over groups; never made where a group that was asked is hidden."""

    value: float
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    code: str
    marks: tuple[Mark, ...]
    apart: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Direction:
    """One row of the page.

    word         a class of the preset, `views_apart` or `few_data`; `border`: the class its interval reaches
    apart        pairs of groups whose views differ, the higher one first
    beyond       groups from which the declaration of the administration is far
    """

    code: str
    marks: tuple[Mark, ...]
    index: Index | None
    word: str
    border: str | None
    apart: tuple[tuple[Group, Group], ...]
    beyond: tuple[Group, ...]
    statements: tuple[Statement, ...]

    @property
    def hidden(self) -> tuple[Group, ...]:
        return tuple(mark.group for mark in self.marks if mark.hidden)


@dataclass(frozen=True, slots=True, kw_only=True)
class Zone:
    """Its word comes from the indices of its directions that are shown, by their numbers of statements."""

    code: str
    word: str
    border: str | None
    index: Index | None
    directions: tuple[Direction, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Priority:
    code: str
    importance: float
    gap: float
    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """`no_order`: why there is no list of priorities: index_hidden, importance_hidden, not_asked."""

    framework_id: str
    method_id: str
    preset: str
    documents: Mapping[Group, tuple[str, str, str]]
    groups: tuple[GroupFacts, ...]
    zones: tuple[Zone, ...]
    order: tuple[Priority, ...]
    unstable: tuple[tuple[int, int], ...]
    no_order: str | None
    data_cut: datetime
    closed_at: datetime
    timezone: str

    @property
    def directions(self) -> tuple[Direction, ...]:
        return tuple(one for zone in self.zones for one in zone.directions)

    @property
    def hidden_groups(self) -> tuple[Group, ...]:
        return tuple(facts.group for facts in self.groups if facts.hidden)

    @property
    def told_groups(self) -> frozenset[str]:
        """Groups of people about whom figures stand here; a sheet is a declaration, no secret of anybody."""
        return frozenset(
            facts.group.value
            for facts in self.groups
            if facts.n and not facts.hidden and facts.group is not Group.SHEET
        )


_BODY: TypeAdapter[Snapshot] = TypeAdapter(Snapshot)


def to_body(snapshot: Snapshot) -> dict[str, Any]:
    body: dict[str, Any] = _BODY.dump_python(snapshot, mode="json")
    return body


def from_body(body: Mapping[str, Any]) -> Snapshot:
    return _BODY.validate_python(body)


def for_outside(snapshot: Snapshot) -> Snapshot:
    """The copy for the district and the region: without single statements and counts below the явка."""
    zones = tuple(
        replace(zone, directions=tuple(_outside(one) for one in zone.directions)) for zone in snapshot.zones
    )
    return replace(snapshot, zones=zones)


def _outside(direction: Direction) -> Direction:
    marks = tuple(replace(mark, n=None) for mark in direction.marks)
    return replace(direction, marks=marks, statements=())
