from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from diagnostics import clock
from diagnostics.database import Json, session
from diagnostics.jobs.actions import DUE
from diagnostics.jobs.models import Job, JobState


@dataclass(frozen=True, slots=True)
class JobView:
    id: str
    kind: str
    subject_id: str
    asker_id: str | None
    title: str
    state: JobState
    stages: tuple[str, ...]
    stage: int
    done: int
    total: int
    attempts: int
    error: str | None
    error_parameters: Json | None
    result_file_id: str | None
    result_url: str | None
    created_at: datetime
    finished_at: datetime | None
    parameters: Json

    @property
    def percent(self) -> int:
        """Units really done; 100 only when the job has ended well."""
        if self.state is JobState.DONE:
            return 100
        return min(99, 100 * self.done // self.total) if self.total else 0


def one(job_id: str) -> JobView | None:
    job = session.get(Job, job_id)
    return _view(job) if job else None


def many(job_ids: Collection[str]) -> list[JobView]:
    """Those that are there, in the order of their making."""
    query = sa.select(Job).where(Job.id.in_(job_ids)).order_by(Job.created_at, Job.id)
    return [_view(job) for job in session.scalars(query.execution_options(populate_existing=True))]


def of_asker(asker_id: str, *, limit: int = 50) -> list[JobView]:
    query = sa.select(Job).where(Job.asker_id == asker_id).order_by(Job.created_at.desc()).limit(limit)
    return [_view(job) for job in session.scalars(query)]


def due_ids(limit: int = 200) -> list[str]:
    """Queued jobs and those whose lease ran out: what the sweeper wakes again."""
    query = (
        sa.select(Job.id)
        .where(Job.state.in_(DUE), Job.lease_until <= clock.now())
        .order_by(Job.created_at)
        .limit(limit)
    )
    return list(session.scalars(query))


def subjects_since(kind: str, since: datetime) -> set[str]:
    """What jobs of this kind were enqueued about since then, or still wait to be."""
    query = sa.select(Job.subject_id).where(
        Job.kind == kind, sa.or_(Job.created_at > since, Job.state.in_(DUE))
    )
    return set(session.scalars(query))


def counts() -> dict[str, int]:
    rows = session.execute(sa.select(Job.state, sa.func.count()).group_by(Job.state))
    return {state.value: number for state, number in rows}


def _view(job: Job) -> JobView:
    return JobView(
        id=job.id,
        kind=job.kind,
        subject_id=job.subject_id,
        asker_id=job.asker_id,
        title=job.title,
        state=job.state,
        stages=tuple(job.stages.get("names", ())),
        stage=job.stage,
        done=job.done,
        total=job.total,
        attempts=job.attempts,
        error=job.error,
        error_parameters=job.error_parameters,
        result_file_id=job.result_file_id,
        result_url=job.result_url,
        created_at=job.created_at,
        finished_at=job.finished_at,
        parameters=job.parameters,
    )
