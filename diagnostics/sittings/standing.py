"""Events in order → where a sitting stands: current answers, marks, answers that two devices gave apart.

The current answer is the one with the highest position that no other client or tab contradicts. An answer given
over a stale base has a rival: it waits beside the current one until the person chooses or answers anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
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


def takes(kind: EventKind, value: Answer) -> bool:
    """Whether such an event answers its question or passes it."""
    return kind is EventKind.SKIP or (kind in GIVES_ANSWER and value is not None)


def standing(rows: Iterable[EventRow]) -> Standing:
    """The fold of the events, which must come in the order of positions."""
    shown: dict[str, None] = {}  # in the order in which they were met
    flagged: set[str] = set()
    taken: set[str] = set()
    current: dict[str, EventRow] = {}
    waiting: dict[str, dict[str, EventRow]] = {}  # item → client → its latest value beside the current one
    drawn: list[str] = []
    last: EventRow | None = None
    for row in rows:
        last, code, kind = row, row.item, row.kind
        shown[code] = None
        if kind in GIVES_ANSWER:
            if row.value is not None:
                taken.add(code)
            if row.rival is None:
                current[code] = row
                waiting.pop(code, None)
            else:
                waiting.setdefault(code, {})[row.client] = row
        elif kind is EventKind.SKIP:
            taken.add(code)
        elif kind is EventKind.FLAG:
            flagged.add(code)
        elif kind is EventKind.UNFLAG:
            flagged.discard(code)
        elif kind is EventKind.DRAWN:
            drawn.append(code)
    return Standing(
        answers={
            code: current[code].value for code in shown if code in current and current[code].value is not None
        },
        shown=frozenset(shown),
        flagged=frozenset(flagged),
        taken=frozenset(taken),
        conflicts={
            code: found
            for code in shown
            if code in waiting and (found := _conflict(current.get(code), waiting[code].values()))
        },
        drawn=tuple(drawn),
        last_item=last.item if last else None,
        last_position=last.position if last else 0,
        saved_at=last.at if last else None,
    )


def _conflict(current: EventRow | None, waiting: Iterable[EventRow]) -> tuple[Given, ...]:
    """Different values only: two devices that gave one answer agree."""
    if current is None:
        return ()
    different: list[EventRow] = []
    for row in waiting:
        if row.value != current.value and all(row.value != one.value for one in different):
            different.append(row)
    return tuple(Given(one.position, one.value, one.at) for one in (current, *different)) if different else ()
