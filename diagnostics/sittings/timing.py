"""When a sitting ends: with its stage, or with the minutes that the work gives, whichever comes first.

The server alone knows the time; a page only tells it. A nameless sitting keeps the hour of its beginning, not
the minute, so no limit can be held there and none is: such a sitting ends with its stage.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from diagnostics import clock
from diagnostics.campaigns.models import Privacy
from diagnostics.campaigns.queries.pauses import pauses_of
from diagnostics.campaigns.queries.seats import SeatFacts
from diagnostics.catalogue import queries as catalogue


class Timed(Protocol):
    """What decides about the end: a key's right to write, or `Work`."""

    @property
    def instrument_id(self) -> str: ...
    @property
    def started_at(self) -> datetime: ...
    @property
    def closes_at(self) -> datetime: ...
    @property
    def privacy(self) -> Privacy: ...
    @property
    def extra_time(self) -> float: ...
    @property
    def wave_id(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Work:
    """The same of a sitting and its seat."""

    instrument_id: str
    started_at: datetime
    closes_at: datetime
    privacy: Privacy
    extra_time: float
    wave_id: str

    @classmethod
    def of(cls, sitting: Begun, seat: SeatFacts) -> Work:
        begun = sitting.instrument_id, sitting.started_at
        return cls(*begun, seat.closes_at, seat.privacy, seat.extra_time, seat.wave_id)


class Begun(Protocol):
    @property
    def instrument_id(self) -> str: ...
    @property
    def started_at(self) -> datetime: ...


def minutes_of(instrument_id: str, privacy: Privacy) -> int | None:
    """Minutes that the work gives to who answers it; None where it gives none, or nobody is named."""
    return None if privacy is Privacy.ANONYMOUS else catalogue.instrument(instrument_id).time_limit


def given(minutes: int, extra_time: float) -> timedelta:
    """The person's own time: a need that was agreed before the start makes it longer."""
    return timedelta(minutes=minutes) * max(1.0, extra_time)


def ends_at(work: Timed) -> datetime:
    """The last moment of answering. No statement where the work has no limit of its own.

    A pause of the stage stops the minutes and gives them back; it cannot move the last day.
    """
    minutes = minutes_of(work.instrument_id, work.privacy)
    if minutes is None:
        return work.closes_at
    end = work.started_at + given(minutes, work.extra_time)
    for pause in pauses_of(work.wave_id, work.started_at):
        began = max(pause.began, work.started_at)
        if began < end:
            end += max(timedelta(), (pause.ended or clock.now()) - began)
    return min(work.closes_at, end)
