"""Zones of a closed self-assessment: counted while only reading, frozen in a short transaction; printed as a file."""

from __future__ import annotations

from flask import current_app

from diagnostics.config import Config
from diagnostics.database import read_only, session
from diagnostics.files import actions as files
from diagnostics.findings import actions as findings
from diagnostics.findings import queries
from diagnostics.improvement import actions
from diagnostics.improvement.gathering import wave_of
from diagnostics.jobs.queries import JobView
from diagnostics.reporting.language import words_of
from diagnostics.reporting.zones import zones_report
from diagnostics.reporting.zones_files import zones_file
from diagnostics.sittings import queries as sittings
from diagnostics.worker.kind import Outcome, Tell

KEPT_DAYS = 30


def count_zones(job: JobView, _tell: Tell) -> Outcome:
    """`subject_id`: a self-assessment; parameters: `wave`, `url` of the page to open after it."""
    for sitting_id in queries.unscored(str(job.parameters["wave"])):
        findings.score(sitting_id)
        session.commit()
    freeze(job.subject_id, job.asker_id)
    return Outcome(url=str(job.parameters.get("url", "")) or None)


def freeze(campaign_id: str, actor_id: str | None) -> None:
    for sitting_id in sittings.taken_in(wave_of(campaign_id)[1].id):
        findings.score(sitting_id, reason="late")  # its own job may still wait
        session.commit()
    with read_only():
        counted = actions.count_zones(campaign_id)
        session.rollback()
    actions.release_zones(campaign_id, counted, actor_id=actor_id)
    session.commit()


def print_own(job: JobView, tell: Tell) -> Outcome:
    """All that the school sees. `subject_id`: a self-assessment; parameters: `format` (pdf | docx), `language`."""
    return _print(job, tell, own=True)


def print_opened(job: JobView, tell: Tell) -> Outcome:
    """What the school has opened to those above it; parameters as of `print_own`."""
    return _print(job, tell, own=False)


def _print(job: JobView, tell: Tell, *, own: bool) -> Outcome:
    language = str(job.parameters.get("language", "ru"))
    with read_only():
        report = zones_report(job.subject_id, own=own, language=language)
        session.rollback()
    made = zones_file(report, words_of(language), str(job.parameters["format"]))
    tell(0, 1, 1)
    config: Config = current_app.extensions["orientir"]
    stored = files.store(
        config.files_dir,
        name=files.clean_name(made.name),
        media_type=made.media_type,
        content=made.content,
        purpose="report",
        owner_id=job.asker_id,
        days=KEPT_DAYS,
    )
    return Outcome(file_id=stored.id)
