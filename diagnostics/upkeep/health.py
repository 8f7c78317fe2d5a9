"""What an administrator must know: each line says whether it is well and what to do if not."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import sqlalchemy as sa

from diagnostics import clock
from diagnostics.audit import sealing
from diagnostics.database import session
from diagnostics.jobs import queries as jobs
from diagnostics.jobs.actions import DUE
from diagnostics.jobs.models import Job
from diagnostics.outbox import queries as outbox
from diagnostics.upkeep import marks, retention

ENOUGH_DISK = 500 * 1024 * 1024  # below it imports and reports stop, so that answers keep a reserve
BACKUP_EVERY = timedelta(days=7)
CLEARING_EVERY = timedelta(days=2)  # it runs once a day
LONG_WAIT = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Line:
    """One fact: `code` names its sentence, `well` its colour, `value` its number."""

    code: str  # disk | backup | clearing | queue | failed_jobs | letters | audit
    well: bool
    value: int | datetime | None


def lines(data_dir: Path) -> list[Line]:
    now = clock.now()
    free = shutil.disk_usage(data_dir).free
    last = marks.value_of("last_backup")
    backup = datetime.fromisoformat(last) if last else None
    cleared = retention.last()
    oldest = session.scalar(sa.select(sa.func.min(Job.created_at)).where(Job.state.in_(DUE)))
    failed = jobs.counts().get("failed", 0)
    letters = outbox.waiting()
    broken = len(sealing.check())
    return [
        Line("disk", free >= ENOUGH_DISK, free // (1024 * 1024)),
        Line("backup", backup is not None and now - backup < BACKUP_EVERY, backup),
        Line("clearing", cleared is not None and now - cleared < CLEARING_EVERY, cleared),
        Line("queue", oldest is None or now - oldest < LONG_WAIT, oldest),
        Line("failed_jobs", failed == 0, failed),
        Line("letters", letters == 0, letters),
        Line("audit", broken == 0, broken),
    ]
