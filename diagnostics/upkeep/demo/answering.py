"""One seat answered as a person does: consent, item by item over half an hour, review, sent."""

from __future__ import annotations

from collections.abc import Mapping
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
#: Questions of a form, and time for looking the answers through, in questions.
ITEMS, REVIEW = 24, 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What one person answers in a seat. An item that is not among the answers is seen and left empty."""

    seat_id: str
    person_id: str
    answers: Mapping[str, Answer]
    begins: datetime
    seconds_an_item: float
    stops_after: int | None = None  # items; None: to the end, and sent

    def moment(self, number: int) -> datetime:
        """When the item of this number was answered."""
        return self.begins + timedelta(seconds=round(self.seconds_an_item * number))

    @property
    def ends(self) -> datetime:
        """When the review after the last item was over."""
        return self.moment(ITEMS + REVIEW)


def answer(sheet: Sheet) -> str:
    """The id of the sitting; committed as a browser's saves would be."""
    with clock.frozen(sheet.begins):
        started = actions.start(seat_id=sheet.seat_id, token_id=None, person_id=sheet.person_id)
        writing = queries.writing(started.sitting_id, started.secret)
        if writing is None:
            message = "the key of a sitting that has just begun is unknown"
            raise RuntimeError(message)
    asked = catalogue.instrument(writing.instrument_id).form(writing.form).item_codes
    seen = asked[: sheet.stops_after]
    for number, item in enumerate(seen, 1):
        with clock.frozen(sheet.moment(number)):
            actions.save_events(writing, [_event(number, item, sheet.answers)], LIMITS)
    if sheet.stops_after is None:
        with clock.frozen(sheet.ends):
            actions.submit(writing, without_answers=True, limits=LIMITS)
    session.commit()
    return started.sitting_id


def _event(number: int, item: str, given: Mapping[str, Answer]) -> Event:
    kind = EventKind.ANSWER if item in given else EventKind.SHOWN
    return Event(number, number - 1, kind, item, given.get(item))
