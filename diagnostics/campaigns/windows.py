"""From dates that people write to moments: a window of a wave and the order of waves."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from diagnostics import clock
from diagnostics.campaigns.models import Wave, WaveKind
from diagnostics.config import Limits
from diagnostics.errors import FieldRefused

FIRST_YEAR, LAST_YEAR = 2000, 2100
LONGEST_DAYS = 400  # a school year and the summer after it
ORDER = (WaveKind.ENTRY, WaveKind.INTERIM, WaveKind.EXIT, WaveKind.SURVEY)


def window(first_day: date, last_day: date, zone: str) -> tuple[datetime, datetime]:
    """Beginning of the first day and 23:59:59 of the last one in the zone, as UTC.

    FieldRefused names `first_day` or `last_day`.
    """
    for field, day in (("first_day", first_day), ("last_day", last_day)):
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise FieldRefused("date_impossible", field=field, first=FIRST_YEAR, last=LAST_YEAR)
    if last_day < first_day:
        raise FieldRefused("end_before_start", field="last_day")
    if (last_day - first_day).days > LONGEST_DAYS:
        raise FieldRefused("window_too_long", field="last_day", days=LONGEST_DAYS)
    opens_at, closes_at = clock.start_of_day(first_day, zone), clock.end_of_day(last_day, zone)
    for field, day in (("first_day", first_day), ("last_day", last_day)):
        # A day that the place skipped by moving over the date line.
        if clock.end_of_day(day, zone) < clock.start_of_day(day, zone):
            raise FieldRefused("day_skipped", field=field)
    return opens_at, closes_at


def closes_itself_at(closes_at: datetime, limits: Limits) -> datetime:
    """When the system closes a wave with this deadline: answers on their way may still arrive until then."""
    return closes_at + timedelta(hours=limits.wave_close_grace_hours)


def check_order(kind: WaveKind, opens_at: datetime, closes_at: datetime, others: Iterable[Wave]) -> None:
    """A later measurement begins after the earlier one ended; else FieldRefused names the date to mend."""
    place = ORDER.index(kind)
    for other in others:
        if ORDER.index(other.kind) < place and opens_at <= other.closes_at:
            raise FieldRefused("exit_before_entry", field="first_day")
        if ORDER.index(other.kind) > place and closes_at >= other.opens_at:
            raise FieldRefused("exit_before_entry", field="last_day")
