"""Works that send themselves when their minutes are over."""

from __future__ import annotations

from datetime import timedelta

from flask import current_app

from diagnostics.config import Config
from diagnostics.database import session
from diagnostics.jobs.queries import JobView
from diagnostics.sittings import actions
from diagnostics.worker.kind import NOTHING, Outcome, Tell


def close_by_time(job: JobView, _tell: Tell) -> Outcome:
    """`subject_id`: a sitting; sent meanwhile, or given more time, it stays as it is."""
    config: Config = current_app.extensions["orientir"]
    actions.close_by_time(job.subject_id, timedelta(seconds=config.limits.late_grace_seconds))
    session.commit()
    return NOTHING
