"""Events in order → where a sitting stands: current answers, marks, answers that two devices gave apart.

The current answer is the one with the highest position that no other client contradicts. An answer given
over a stale base has a rival: it waits beside the current one until the person chooses or answers anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from diagnostics.sittings.models import EventKind
from instruments.items import Answer

GIVES_ANSWER = frozenset({EventKind.ANSWER, EventKind.CLEAR, EventKind.CHOICE})


class EventRow(NamedTuple):
    """One stored event, the columns that the standing needs, in the order of positions."""

    position: int
    kind: EventKind
    item: str
    value: Answer
    client: str
    rival: int | None
    at: datetime


class Given(NamedTuple):
    """One value that the person gave to an item."""

    position: int
    value: Answer
    at: datetime


@dataclass(frozen=True, slots=True)
class Standing:
    answers: Mapping[str, Answer]  # item → current answer; cleared items are absent
    shown: frozenset[str]
    flagged: frozenset[str]
    taken: frozenset[str]  # answered or passed at least once: what opens the next question of a fixed order
    conflicts: Mapping[str, tuple[Given, ...]]  # item → the current value first, then those waiting
    drawn: tuple[str, ...]  # clarifying tasks that the server drew, in that order
    last_item: str | None  # of the last event: where the person stopped
    last_position: int
    saved_at: datetime | None


@dataclass(slots=True)
class _Item:
    current: Given | None = None
    waiting: dict[str, Given] = field(
        default_factory=dict
    )  # client → its latest value beside the current one
    flagged: bool = False
    taken: bool = False


def takes(kind: EventKind, value: Answer) -> bool:
    """Whether such an event answers its question or passes it."""
    return kind is EventKind.SKIP or (kind in GIVES_ANSWER and value is not None)


def standing(rows: Iterable[EventRow]) -> Standing:
    """The fold of the events, which must come in the order of positions."""
    items: dict[str, _Item] = {}
    last: EventRow | None = None
    drawn: list[str] = []
    for row in rows:
        if row.kind is EventKind.DRAWN:
            drawn.append(row.item)
        _take(items.setdefault(row.item, _Item()), row)
        last = row
    return Standing(
        answers={
            code: one.current.value
            for code, one in items.items()
            if one.current and one.current.value is not None
        },
        shown=frozenset(items),
        flagged=frozenset(code for code, one in items.items() if one.flagged),
        taken=frozenset(code for code, one in items.items() if one.taken),
        conflicts={code: found for code, one in items.items() if (found := _conflict(one))},
        drawn=tuple(drawn),
        last_item=last.item if last else None,
        last_position=last.position if last else 0,
        saved_at=last.at if last else None,
    )


def _take(item: _Item, row: EventRow) -> None:
    if row.kind in (EventKind.FLAG, EventKind.UNFLAG):
        item.flagged = row.kind is EventKind.FLAG
    item.taken = item.taken or takes(row.kind, row.value)
    if row.kind not in GIVES_ANSWER:
        return
    given = Given(row.position, row.value, row.at)
    if row.rival is not None:
        item.waiting[row.client] = given
    else:
        item.current = given
        item.waiting.clear()


def _conflict(item: _Item) -> tuple[Given, ...]:
    """Different values only: two devices that gave one answer agree."""
    if item.current is None:
        return ()
    different: list[Given] = []
    for given in item.waiting.values():
        if given.value != item.current.value and all(given.value != one.value for one in different):
            different.append(given)
    return (item.current, *different) if different else ()
