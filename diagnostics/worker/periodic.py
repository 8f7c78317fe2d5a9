"""Work that nobody asks for and the clock brings: each sweeper enqueues it, unique keys keep it single."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from diagnostics import clock
from diagnostics.campaigns.actions import readiness
from diagnostics.campaigns.queries import timetable
from diagnostics.config import Limits
from diagnostics.jobs import actions, queries
from diagnostics.sittings.queries import timed

SEAL, CLOSE, OPEN = "audit.seal", "campaigns.close_wave", "campaigns.open_wave"
SEND = "sittings.close_by_time"
CLEAR = "upkeep.clear"
LOOK_EVERY = timedelta(minutes=1)
#: A wave that could not be closed or opened is tried again after this pause, not at every look.
PAUSE = timedelta(hours=1)


@dataclass(slots=True)
class Periodic:
    """The timetable of one sweeper; it remembers only when it last looked."""

    limits: Limits
    sealed: datetime | None = field(default=None)
    cleared: date | None = field(default=None)
    looked: datetime | None = field(default=None)

    def enqueue(self) -> None:
        """Enqueue what is due now, in the caller's transaction."""
        now = clock.now()
        # The audit is sealed once an hour by whoever comes first.
        hour = now.replace(minute=0, second=0, microsecond=0)
        if self.sealed != hour:
            self.sealed = hour
            _enqueue(SEAL, hour.isoformat())
        if self.cleared != now.date():
            self.cleared = now.date()
            _enqueue(CLEAR, now.date().isoformat())
        if self.looked is None or now - self.looked >= LOOK_EVERY:
            self.looked = now
            _waves(self.limits, now)
            _works(self.limits, now)


def _works(limits: Limits, now: datetime) -> None:
    """Works whose minutes are over; one that could not be sent waits for a pause like a wave."""
    tried = queries.subjects_since(SEND, now - PAUSE)
    for sitting_id in timed.over(limits):
        if sitting_id not in tried:
            _enqueue(SEND, sitting_id)


def _waves(limits: Limits, now: datetime) -> None:
    closed, opened = (queries.subjects_since(kind, now - PAUSE) for kind in (CLOSE, OPEN))
    for wave_id in timetable.overdue(limits):
        if wave_id not in closed:
            _enqueue(CLOSE, wave_id)
    for wave_id in timetable.to_open():
        if wave_id not in opened and not readiness(wave_id):
            _enqueue(OPEN, wave_id)


def _enqueue(kind: str, subject_id: str) -> None:
    actions.enqueue(kind, subject_id, asker_id=None, unique_key=f"{kind}:{subject_id}")
