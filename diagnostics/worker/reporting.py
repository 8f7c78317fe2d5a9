"""Documents that are made in the background and kept for the asker."""

from __future__ import annotations

from flask import current_app

from diagnostics.config import Config
from diagnostics.database import read_only, session
from diagnostics.files import actions as files
from diagnostics.findings import queries as findings
from diagnostics.jobs.queries import JobView
from diagnostics.reporting.language import words_of
from diagnostics.reporting.person_documents import result_document
from diagnostics.reporting.selfview import counterpart
from diagnostics.worker.kind import Outcome, Tell

KEPT_DAYS = 30


def person(job: JobView, _tell: Tell) -> Outcome:
    """`subject_id`: a finding; parameters: `format` (pdf | docx | xlsx) and `language`."""
    config: Config = current_app.extensions["orientir"]
    language = str(job.parameters.get("language", "ru"))
    words = words_of(language)
    with read_only():
        view = findings.finding(job.subject_id)
        # Beside it the other result of one's own only: for a tutor that one may belong to a closed diagnosis.
        other = counterpart(view) if view.person_id == job.asker_id else None
        made = result_document(view, other, words, language, str(job.parameters.get("format", "pdf")))
        session.rollback()
    stored = files.store(
        config.files_dir,
        name=made.name,
        media_type=made.media_type,
        content=made.content,
        purpose="report",
        owner_id=job.asker_id,
        days=KEPT_DAYS,
    )
    return Outcome(file_id=stored.id)
