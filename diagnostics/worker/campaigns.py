"""Waves that close and open themselves by their dates."""

from __future__ import annotations

from flask import current_app

from diagnostics.campaigns import actions
from diagnostics.config import Config
from diagnostics.database import session
from diagnostics.jobs.queries import JobView
from diagnostics.worker.kind import NOTHING, Outcome, Tell


def close_overdue(job: JobView, _tell: Tell) -> Outcome:
    """`subject_id`: a wave; closed meanwhile or prolonged, it stays as it is."""
    config: Config = current_app.extensions["orientir"]
    actions.close_overdue(job.subject_id, config.limits)
    session.commit()
    return NOTHING


def open_due(job: JobView, _tell: Tell) -> Outcome:
    """`subject_id`: a wave; not ready any more, it waits for its organiser."""
    actions.open_due(job.subject_id)
    session.commit()
    return NOTHING
