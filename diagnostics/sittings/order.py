"""What is asked and open now holds for every way in: the page and the API ask this one module."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import sqlalchemy as sa

from diagnostics import database
from diagnostics.catalogue import queries as catalogue
from diagnostics.sittings.core import EVENT, LATE
from diagnostics.sittings.errors import NotOnPath, OutOfOrder
from diagnostics.sittings.events import Event
from diagnostics.sittings.models import EventKind
from diagnostics.sittings.queries.keys import Writing
from diagnostics.sittings.queries.sittings import standing_of
from diagnostics.sittings.standing import GIVES_ANSWER, takes
from instruments import path
from instruments.document import Instrument, is_question
from instruments.items import Answer
from instruments.order import is_ordered, locked
from instruments.path import Step


def refuse_skipping(writing: Writing, events: Iterable[Event], *, late: bool = False) -> None:
    """Refuse the batch for its first event of a question that is not open now, marks and «shown» too.

    Events of one batch open the way for one another. `late`: those that are kept apart count as given.

    A question that the answers do not lead to is refused and not kept: another device has changed the answer
    that led here, or a client made the question up. What such an answer said could never count unseen, and
    storing it would let anybody fill branches that were never shown. One that was stored while its question
    was asked stays an event for good, and a re-send of it gets its first result.

    Raises
    ------
    OutOfOrder
        A question that still waits for an earlier one.
    NotOnPath
        A question that is not asked for these answers; late ones are kept for who decides about them.
    """
    instrument = catalogue.instrument(writing.instrument_id)
    if not is_ordered(instrument, writing.form) and not path.is_branching(instrument, writing.form):
        return
    standing = standing_of(writing.sitting_id)
    taken = standing.taken | (_taken_late(writing.sitting_id) if late else frozenset())
    way = _Way(instrument, writing, dict(standing.answers), set(taken), standing.drawn)
    for event in events:
        if event.item in way.open_codes:
            refuse_locked(way.steps, way.waits, event.item)
        elif not late and not _is_resent(writing, event):
            raise NotOnPath(item=event.item, seq=event.seq)
        way.take(event)


class _Way:
    """What is asked and open after each event of a batch."""

    def __init__(
        self,
        instrument: Instrument,
        writing: Writing,
        answers: dict[str, Answer],
        taken: set[str],
        drawn: tuple[str, ...],
    ) -> None:
        self.instrument, self.form = instrument, writing.form
        # An order of its own only tells who waits for whom; in a free order nobody does.
        self.seed = writing.seed if is_ordered(instrument, writing.form) else None
        self.answers, self.taken, self.drawn = answers, taken, drawn
        self.steering = path.steering(instrument, writing.form)
        self._look()

    def take(self, event: Event) -> None:
        steers = event.kind in GIVES_ANSWER and event.item in self.steering
        if event.kind in GIVES_ANSWER:
            self.answers[event.item] = event.value
        opens = takes(event.kind, event.value) and event.item not in self.taken
        if opens:
            self.taken.add(event.item)
        if opens or steers:
            self._look()

    def _look(self) -> None:
        self.steps = path.asked(self.instrument, self.form, self.answers, self.seed, self.drawn)
        self.open_codes = {step.item.code for step in self.steps}
        self.waits = locked(self.instrument, self.steps, self.taken)


def _is_resent(writing: Writing, event: Event) -> bool:
    """Whether this client gave the same number to an event that is stored; the save compares what it says."""
    query = sa.select(EVENT.c.seq).where(
        EVENT.c.sitting_id == writing.sitting_id,
        EVENT.c.client == writing.client,
        EVENT.c.seq == event.seq,
        EVENT.c.item == event.item,
    )
    return database.connection().execute(query).first() is not None


def refuse_locked(steps: Sequence[Step], waits: Mapping[str, str], item: str) -> None:
    """OutOfOrder, which names the question to continue with, when the item still waits for one."""
    first = waits.get(item)
    if first is None:
        return
    place = next(place for place, step in enumerate(steps, 1) if step.item.code == first)
    number = sum(is_question(step.item) for step in steps[:place])
    raise OutOfOrder(number=number, place=place, item=first)


def _taken_late(sitting_id: str) -> frozenset[str]:
    query = sa.select(LATE.c.body).where(LATE.c.sitting_id == sitting_id)
    bodies = database.connection().execute(query).scalars()
    return frozenset(
        str(body["item"]) for body in bodies if takes(EventKind(body["kind"]), body.get("value"))
    )
