"""A fixed order holds for every way in: the page and the API ask this one module."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import sqlalchemy as sa

from diagnostics import database
from diagnostics.catalogue import queries as catalogue
from diagnostics.sittings.core import LATE
from diagnostics.sittings.errors import OutOfOrder
from diagnostics.sittings.events import Event
from diagnostics.sittings.models import EventKind
from diagnostics.sittings.queries.keys import Writing
from diagnostics.sittings.queries.sittings import standing_of
from diagnostics.sittings.standing import takes
from instruments import path
from instruments.document import is_question
from instruments.order import is_ordered, locked
from instruments.path import Step


def refuse_skipping(writing: Writing, events: Iterable[Event], *, late: bool = False) -> None:
    """OutOfOrder for the first event of a question that is not open yet, marks and «shown» too.

    Events of one batch open the way for one another. `late`: those that are kept apart count as given.
    """
    instrument = catalogue.instrument(writing.instrument_id)
    if not is_ordered(instrument, writing.form):
        return
    standing = standing_of(writing.sitting_id)
    steps = path.asked(instrument, writing.form, standing.answers)
    taken = standing.taken | (_taken_late(writing.sitting_id) if late else frozenset())
    waits = locked(instrument, steps, taken)
    for event in events:
        refuse_locked(steps, waits, event.item)
        if takes(event.kind, event.value) and event.item not in taken:
            taken |= {event.item}
            waits = locked(instrument, steps, taken)


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
