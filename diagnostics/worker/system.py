"""Jobs of the system itself."""

from __future__ import annotations

from flask import current_app

from diagnostics.audit import sealing
from diagnostics.config import Config
from diagnostics.database import session
from diagnostics.jobs.queries import JobView
from diagnostics.outbox import sending
from diagnostics.upkeep import retention
from diagnostics.worker.kind import NOTHING, Outcome, Tell


def seal_audit(_job: JobView, _tell: Tell) -> Outcome:
    sealing.seal()
    session.commit()
    return NOTHING


def send_letter(job: JobView, _tell: Tell) -> Outcome:
    sending.deliver(job.subject_id, mail_url=str(job.parameters.get("mail_url", "")))
    session.commit()
    return NOTHING


def clear_what_is_over(_job: JobView, _tell: Tell) -> Outcome:
    config: Config = current_app.extensions["orientir"]
    retention.clear(config.files_dir)
    session.commit()
    return NOTHING
