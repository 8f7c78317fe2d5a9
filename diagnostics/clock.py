"""The only "now" of the product.

Injectable: tests freeze it and the demo acts in the past through ordinary actions. Every value is
timezone-aware UTC. It is the clock of the machine and may be set back: what must not run backwards keeps an order
of its own (positions of events, numbers of audit rows), and a sitting never notes a moment before its last one.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_shift: ContextVar[timedelta | None] = ContextVar("clock_shift", default=None)
_frozen: ContextVar[datetime | None] = ContextVar("clock_frozen", default=None)


def now() -> datetime:
    frozen = _frozen.get()
    if frozen is not None:
        return frozen
    moment = datetime.now(UTC)
    shift = _shift.get()
    return moment + shift if shift is not None else moment


@contextmanager
def frozen(moment: datetime) -> Iterator[None]:
    """Everything inside happens at `moment` (aware)."""
    token = _frozen.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _frozen.reset(token)


@contextmanager
def shifted(by: timedelta) -> Iterator[None]:
    """Everything inside happens `by` away from the real time."""
    token = _shift.set(by)
    try:
        yield
    finally:
        _shift.reset(token)


def end_of_day(day: date, zone: str) -> datetime:
    """A deadline date means 23:59:59 in the zone of the place; the result is UTC.

    Where the clocks jump at midnight it is the last second that belongs to the day: no time in a gap, and
    the second of two equal ones.
    """
    return start_of_day(day + timedelta(days=1), zone) - timedelta(seconds=1)


def start_of_day(day: date, zone: str) -> datetime:
    """Midnight in the zone, or the moment after the gap where the clocks jump over midnight; UTC."""
    return datetime.combine(day, time(0, 0), tzinfo=ZoneInfo(zone)).astimezone(UTC)


def local(moment: datetime, zone: str) -> datetime:
    return moment.astimezone(ZoneInfo(zone))


def hour(moment: datetime) -> datetime:
    """The beginning of the hour: all that is kept of the times of who answers without a name."""
    return moment.replace(minute=0, second=0, microsecond=0)
