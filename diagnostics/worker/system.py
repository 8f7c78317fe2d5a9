"""Jobs of the system itself."""

from __future__ import annotations

from flask import current_app

from diagnostics.audit import sealing
from diagnostics.config import Config
from diagnostics.database import session
from diagnostics.jobs.queries import JobView
from diagnostics.outbox import sending
from diagnostics.upkeep import retention
from diagnostics.upkeep.marks import is_demo
from diagnostics.worker.kind import NOTHING, Outcome, Tell


def seal_audit(_job: JobView, _tell: Tell) -> Outcome:
    sealing.seal()
    session.commit()
    return NOTHING


def send_letter(job: JobView, _tell: Tell) -> Outcome:
    """Letters of the demo stay on the screen: its people are invented."""
    config: Config = current_app.extensions["orientir"]
    last_try = job.attempts >= config.limits.job_attempts
    sending.deliver(job.subject_id, mail_url="" if is_demo() else config.mail_url, last_try=last_try)
    session.commit()
    return NOTHING


def clear_what_is_over(_job: JobView, _tell: Tell) -> Outcome:
    config: Config = current_app.extensions["orientir"]
    retention.clear(config.files_dir)
    session.commit()
    return NOTHING
