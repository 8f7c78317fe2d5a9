"""One seat answered as a person does: item by item over half an hour, review, sent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from diagnostics import clock
from diagnostics.catalogue import queries as catalogue
from diagnostics.config import Limits
from diagnostics.database import session
from diagnostics.sittings import actions, queries
from diagnostics.sittings.events import Event
from diagnostics.sittings.models import EventKind
from instruments.items import Answer

LIMITS = Limits()
#: Time for looking the answers through, in questions; answers that one save carries.
REVIEW, IN_A_SAVE = 2, 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What one person answers in a seat. An item that is not among the answers is seen and left empty.

    `person_id` None: nobody knows who answers.
    """

    seat_id: str
    person_id: str | None
    answers: Mapping[str, Answer]
    begins: datetime
    seconds_an_item: float
    stops_after: int | None = None  # items; None: to the end, and sent

    def moment(self, number: int) -> datetime:
        """When the item of this number was answered."""
        return self.begins + timedelta(seconds=round(self.seconds_an_item * number))


@dataclass(frozen=True, slots=True)
class Answered:
    sitting_id: str
    ended: datetime


def answer(sheet: Sheet) -> Answered:
    """Committed as a browser's saves would be: some answers wait for the connection and come together."""
    with clock.frozen(sheet.begins):
        started = actions.start(seat_id=sheet.seat_id, token_id=None, person_id=sheet.person_id)
        writing = queries.writing(started.sitting_id, started.secret)
        if writing is None:
            message = "the key of a sitting that has just begun is unknown"
            raise RuntimeError(message)
    asked = catalogue.instrument(writing.instrument_id).form(writing.form).item_codes
    events = list(_events(sheet, asked))
    for together in _batches(events):
        with clock.frozen(sheet.moment(together[-1].seq)):
            actions.save_events(writing, together, LIMITS)
    ended = sheet.moment(len(events) + REVIEW)
    if sheet.stops_after is None:
        with clock.frozen(ended):
            actions.submit(writing, without_answers=True, limits=LIMITS)
    session.commit()
    return Answered(started.sitting_id, ended)


def _events(sheet: Sheet, asked: Sequence[str]) -> Iterator[Event]:
    for number, item in enumerate(asked[: sheet.stops_after], 1):
        kind = EventKind.ANSWER if item in sheet.answers else EventKind.SHOWN
        yield Event(number, number - 1, kind, item, sheet.answers.get(item), sheet.moment(number))


def _batches(events: Sequence[Event]) -> Iterator[Sequence[Event]]:
    return (events[first : first + IN_A_SAVE] for first in range(0, len(events), IN_A_SAVE))
