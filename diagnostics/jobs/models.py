"""The job table is the truth of background work; the queue only carries ids."""

from __future__ import annotations

import enum
from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from diagnostics.database import Base, Json, id_column, new_id


class JobState(enum.StrEnum):
    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class Job(Base):
    __tablename__ = "job"
    __table_args__ = (Index("ix_job_due", "state", "lease_until"),)

    id: Mapped[str] = id_column(default_factory=new_id)
    kind: Mapped[str]
    subject_id: Mapped[str]  # what it is about, read by the action of its kind
    asker_id: Mapped[str | None] = mapped_column(index=True)  # rights are checked again when it runs
    title: Mapped[str]  # for the job page, in the asker's language
    parameters: Mapped[Json]
    state: Mapped[JobState] = mapped_column(default=JobState.QUEUED)
    stages: Mapped[Json]  # {"names": [...]} fixed at the start
    stage: Mapped[int] = mapped_column(default=0)  # index of the running stage
    done: Mapped[int] = mapped_column(default=0)  # units done of `total`, over all stages
    total: Mapped[int] = mapped_column(default=0)
    attempts: Mapped[int] = mapped_column(default=0)
    lease_until: Mapped[datetime]  # free to claim when past
    unique_key: Mapped[str | None] = mapped_column(default=None, unique=True)
    error: Mapped[str | None] = mapped_column(default=None)  # the code of a sentence …
    error_parameters: Mapped[Json | None] = mapped_column(default=None)  # … and what fills it
    result_file_id: Mapped[str | None] = mapped_column(default=None)
    result_url: Mapped[str | None] = mapped_column(default=None)
    created_at: Mapped[datetime]
    finished_at: Mapped[datetime | None] = mapped_column(default=None)
