"""How long people stayed with each question, read from the times of their events."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime
from itertools import groupby, pairwise
from operator import attrgetter
from typing import NamedTuple

import sqlalchemy as sa

from diagnostics.campaigns.models import Seat
from diagnostics.database import session
from diagnostics.sittings.models import AnswerEvent, EventKind, Sitting
from diagnostics.sittings.standing import GIVES_ANSWER

#: A longer silence is a break and no work on a question.
BREAK_SECONDS = 600
_CHUNK = 500  # ids in one IN list
_ENDS_HERE = GIVES_ANSWER | {EventKind.SKIP}


class Moment(NamedTuple):
    """One event as its clock saw it: `client_at` of the device where it is known."""

    sitting_id: str
    kind: EventKind
    item: str
    client: str
    at: datetime
    client_at: datetime | None


def paces_of(sitting_ids: Collection[str]) -> dict[str, dict[str, float]]:
    """Sitting → question → seconds with it, breaks left out.

    Nameless sittings keep no times and are absent, and so are those whose events all came at one moment
    (typed in from paper, or sent in one go without the times of the device).
    """
    ids = sorted(sitting_ids)
    found: dict[str, dict[str, float]] = {}
    for start in range(0, len(ids), _CHUNK):
        chunk = ids[start : start + _CHUNK]
        begun = {row.id: _start(*row) for row in session.execute(_begun(chunk))}
        rows = map(Moment._make, session.execute(_query(chunk)))
        for sitting_id, moments in groupby(rows, key=attrgetter("sitting_id")):
            spent = pace((begun[sitting_id], *moments))
            if sum(spent.values()) > 0:
                found[sitting_id] = spent
    return found


def pace(moments: Iterable[Moment]) -> dict[str, float]:
    """Seconds by question of one sitting, its events in the order of positions.

    The time between two events belongs to the question that the second one answers or passes, else to the one
    that was open. Silence of more than `BREAK_SECONDS` and time away from the page count for nobody.
    """
    spent: dict[str, float] = defaultdict(float)
    for before, after in pairwise(moments):
        seconds = _between(before, after)
        item = after.item if after.kind in _ENDS_HERE else before.item
        if item and before.kind is not EventKind.LEAVE and 0 <= seconds <= BREAK_SECONDS:
            spent[item] += seconds
    return dict(spent)


def _between(before: Moment, after: Moment) -> float:
    """By the device's clock where both events have it, by the server's otherwise."""
    if before.client == after.client and before.client_at is not None and after.client_at is not None:
        return (after.client_at - before.client_at).total_seconds()
    return (after.at - before.at).total_seconds()


def _start(sitting_id: str, started_at: datetime) -> Moment:
    """The first question lies open from here on."""
    return Moment(sitting_id, EventKind.SHOWN, "", "", started_at, None)


def _begun(ids: list[str]) -> sa.Select[str, datetime]:
    return sa.select(Sitting.id, Sitting.started_at).where(Sitting.id.in_(ids))


def _query(ids: list[str]) -> sa.Select[str, EventKind, str, str, datetime, datetime | None]:
    return (
        sa.select(
            AnswerEvent.sitting_id,
            AnswerEvent.kind,
            AnswerEvent.item,
            AnswerEvent.client,
            AnswerEvent.at,
            AnswerEvent.client_at,
        )
        .join(Sitting, Sitting.id == AnswerEvent.sitting_id)
        .join(Seat, Seat.id == Sitting.seat_id)
        .where(AnswerEvent.sitting_id.in_(ids), Seat.respondent_id.is_not(None))
        .order_by(AnswerEvent.sitting_id, AnswerEvent.position)
    )
