"""When things happen in the demo: days counted back from today, hours when teachers have time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from diagnostics import clock

ZONE = ZoneInfo("Europe/Moscow")


@dataclass(frozen=True, slots=True)
class Calendar:
    """All days of the story; `today` is the day on which the demo is made."""

    today: date

    @property
    def preparation(self) -> date:
        return self._back(60)

    @property
    def entry(self) -> tuple[date, date]:
        return self._back(47), self._back(37)

    @property
    def routes(self) -> tuple[date, date]:
        return self._back(36), self._back(12)

    @property
    def exit(self) -> tuple[date, date]:
        return self._back(11), self._back(4)

    @property
    def collection(self) -> tuple[date, date]:
        """The second diagnosis: open now."""
        return self._back(3), self.today + timedelta(days=11)

    def _back(self, days: int) -> date:
        return self.today - timedelta(days=days)


def today() -> date:
    return clock.local(clock.now(), str(ZONE)).date()


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """A moment of a day in the zone of the region."""
    return datetime.combine(day, time(hour, minute), tzinfo=ZONE)


def between(days: tuple[date, date], share: float, hour: int, minute: int) -> datetime:
    """A moment on the day that lies `share` (0–1) of the way through `days`."""
    first, last = days
    return at(first + timedelta(days=round(share * (last - first).days)), hour, minute)
