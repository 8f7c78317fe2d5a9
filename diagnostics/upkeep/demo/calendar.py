"""When things happen in the demo: days counted back from today, hours when teachers have time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from diagnostics import clock

ZONE = ZoneInfo("Europe/Moscow")
Days = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Calendar:
    """All days of the story; `today` is the day on which the demo is made."""

    today: date

    @property
    def preparation(self) -> date:
        return self.today - timedelta(days=110)

    @property
    def trial(self) -> Days:
        """New questions are tried out."""
        return self._back(104, 98)

    @property
    def entry(self) -> Days:
        """The finished diagnosis."""
        return self._back(94, 84)

    @property
    def routes(self) -> Days:
        return self._back(83, 42)

    @property
    def exit(self) -> Days:
        return self._back(41, 31)

    @property
    def outside(self) -> date:
        """Results of another portal come."""
        return self._back(28, 28)[0]

    @property
    def second_entry(self) -> Days:
        """The diagnosis whose exit is open now."""
        return self._back(62, 54)

    @property
    def second_routes(self) -> Days:
        return self._back(53, 7)

    @property
    def second_exit(self) -> Days:
        return self._back(6, -8)

    @property
    def self_assessment(self) -> Days:
        """Teachers of the second stream tell how they see themselves, before the test says anything."""
        return self._back(74, 69)

    @property
    def schools(self) -> Days:
        """Schools have assessed themselves."""
        return self._back(29, 19)

    @property
    def school_now(self) -> Days:
        """One school is collecting answers."""
        return self._back(5, -9)

    def _back(self, first: int, last: int) -> Days:
        return self.today - timedelta(days=first), self.today - timedelta(days=last)


def today() -> date:
    return clock.local(clock.now(), str(ZONE)).date()


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """A moment of a day in the zone of the region."""
    return datetime.combine(day, time(hour, minute), tzinfo=ZONE)


def between(days: Days, share: float, hour: int, minute: int) -> datetime:
    """A moment on the day that lies `share` (0–1) of the way through `days`."""
    first, last = days
    return at(first + timedelta(days=round(share * (last - first).days)), hour, minute)
