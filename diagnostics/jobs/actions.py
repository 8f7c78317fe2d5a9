"""Enqueue in the asker's transaction; claim, lease, progress and end in the worker's own short ones."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from diagnostics import clock
from diagnostics.database import Json, moved, session
from diagnostics.jobs import quotas
from diagnostics.jobs.models import Job, JobState

DUE = (JobState.QUEUED, JobState.RUNNING)
NAMELESS = "nameless"


def enqueue(
    kind: str,
    subject_id: str,
    *,
    asker_id: str | None,
    title: str = "",
    stages: Sequence[str] = (),
    parameters: Json | None = None,
    unique_key: str | None = None,
    nameless: bool = False,
    metered: bool = True,
    delay: timedelta = timedelta(),
) -> Job:
    """A row in the caller's transaction; the queue is told after the commit.

    `nameless`: about answers without a name. The row keeps the hour only and is deleted when it is done,
    because the minute of a background work is the minute of the answers.

    With `unique_key`, a job that is still due with the same key is returned instead of a second one.
    `metered` False: the system does it on the asker's behalf, and no quota counts against it.
    `delay`: how long it waits before it may run.

    Raises
    ------
    TooMany
        `quota_used_up`, when the asker had too many of this kind lately.
    """
    if unique_key is not None:
        standing = session.scalars(sa.select(Job).where(Job.unique_key == unique_key)).first()
        if standing is not None:
            return standing
    if metered:
        quotas.refuse_if_used_up(kind, asker_id)
    now = clock.hour(clock.now()) if nameless else clock.now()
    job = Job(
        kind=kind,
        subject_id=subject_id,
        asker_id=asker_id,
        title=title,
        parameters={**(parameters or {}), **({NAMELESS: True} if nameless else {})},
        stages={"names": list(stages)},
        lease_until=now + delay,
        unique_key=unique_key,
        created_at=now,
    )
    return _added(job)


def _added(job: Job) -> Job:
    """The row kept, or the one of another process that took the key between our look and our row."""
    key = job.unique_key
    try:
        with session.begin_nested():
            session.add(job)
    except IntegrityError:
        return session.scalars(sa.select(Job).where(Job.unique_key == key)).one()
    session.info.setdefault("wake", []).append(job.id)
    return job


def claim(job_id: str, *, lease: timedelta, attempts: int) -> Job | None:
    """Take a due job for `lease`; None when another worker holds it or it is over."""
    now = clock.now()
    taken = session.execute(
        sa.update(Job)
        .where(Job.id == job_id, Job.state.in_(DUE), Job.lease_until <= now, Job.attempts < attempts)
        .values(state=JobState.RUNNING, lease_until=now + lease, attempts=Job.attempts + 1)
    )
    if taken.rowcount != 1:  # type: ignore[attr-defined]  # CursorResult for DML
        return None
    return session.get(Job, job_id, populate_existing=True)


def give_up(*, attempts: int) -> int:
    """Due jobs whose tries are used up are over: a worker that dies in the middle says nothing. Returns how many."""
    now = clock.now()
    ended = session.execute(
        sa.update(Job)
        .where(Job.state.in_(DUE), Job.lease_until <= now, Job.attempts >= attempts)
        .values(state=JobState.FAILED, error="worker_lost", finished_at=now, unique_key=None)
        .execution_options(synchronize_session=False)
    )
    return int(ended.rowcount)  # type: ignore[attr-defined]  # CursorResult for DML


def claim_first_tries(kind: str, *, most: int, lease: timedelta) -> list[str]:
    """Take up to `most` jobs of one kind that nobody has tried yet, the oldest first; their ids."""
    now = clock.now()
    waiting = (
        sa.select(Job.id)
        .where(Job.kind == kind, Job.state == JobState.QUEUED, Job.attempts == 0, Job.lease_until <= now)
        .order_by(Job.created_at, Job.id)
        .limit(most)
        .with_for_update(skip_locked=True)
    )
    taken = session.scalars(
        sa.update(Job)
        .where(Job.id.in_(waiting), Job.state == JobState.QUEUED)
        .values(state=JobState.RUNNING, lease_until=now + lease, attempts=1)
        .returning(Job.id)
        .execution_options(synchronize_session=False)
    )
    return sorted(taken)


def extend(job_ids: Collection[str], *, lease: timedelta) -> bool:
    """Heartbeat: false when none of the jobs is ours any more (cancelled)."""
    kept = session.execute(
        sa.update(Job)
        .where(Job.id.in_(job_ids), Job.state == JobState.RUNNING)
        .values(lease_until=clock.now() + lease)
    )
    return bool(kept.rowcount)  # type: ignore[attr-defined]  # CursorResult for DML


def progress(job_id: str, *, stage: int, done: int, total: int) -> None:
    session.execute(
        sa.update(Job)
        .where(Job.id == job_id, Job.state == JobState.RUNNING)
        .values(stage=stage, done=done, total=total)
    )


def finish(job_id: str, *, file_id: str | None = None, url: str | None = None) -> bool:
    """Running → done; a job about answers without a name leaves no row. False when it does not run any more."""
    job = session.get(Job, job_id, populate_existing=True)
    ours = sa.and_(Job.id == job_id, Job.state == JobState.RUNNING)
    if job is not None and job.parameters.get(NAMELESS):
        deleted = session.execute(sa.delete(Job).where(ours))
        return bool(deleted.rowcount == 1)  # type: ignore[attr-defined]  # CursorResult for DML
    return moved(
        sa.update(Job)
        .where(ours)
        .values(
            state=JobState.DONE,
            finished_at=clock.now(),
            result_file_id=file_id,
            result_url=url,
            unique_key=None,
        )
    )


def finish_all(job_ids: Collection[str]) -> None:
    """`finish` of many that leave neither a file nor a page."""
    nameless = sa.select(Job.id, Job.parameters).where(Job.id.in_(job_ids))
    over = [row.id for row in session.execute(nameless) if row.parameters.get(NAMELESS)]
    ours = Job.state == JobState.RUNNING
    session.execute(sa.delete(Job).where(Job.id.in_(over), ours))
    session.execute(
        sa.update(Job)
        .where(Job.id.in_(set(job_ids) - set(over)), ours)
        .values(state=JobState.DONE, finished_at=clock.now(), unique_key=None)
    )


def fail(job_id: str, error: str, *, final: bool, parameters: Json | None = None, pause: float = 1) -> None:
    """Note the error; a job that may be tried again returns to the queue after `pause` × 2, 4, 8 … seconds."""
    job = session.get(Job, job_id, populate_existing=True)
    if job is None or job.state is not JobState.RUNNING:
        return
    job.error, job.error_parameters = error, parameters
    if final:
        job.state = JobState.FAILED
        nameless = job.parameters.get(NAMELESS)
        job.finished_at = clock.hour(clock.now()) if nameless else clock.now()
        job.unique_key = None
    else:
        job.state = JobState.QUEUED
        job.lease_until = clock.now() + timedelta(seconds=pause * 2**job.attempts)
    session.flush()


def cancel(job_id: str) -> bool:
    ended = session.execute(
        sa.update(Job)
        .where(Job.id == job_id, Job.state.in_(DUE))
        .values(state=JobState.CANCELLED, finished_at=clock.now(), unique_key=None)
    )
    return bool(ended.rowcount == 1)  # type: ignore[attr-defined]  # CursorResult for DML
