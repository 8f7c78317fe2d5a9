"""Group reports: figures computed while only reading, frozen in a short transaction, then printed."""

from __future__ import annotations

from dataclasses import replace

from flask import current_app

from diagnostics import access, clock
from diagnostics.access import Actor, Permission, things
from diagnostics.cohorts import actions, queries
from diagnostics.cohorts.figures import Growth, from_body
from diagnostics.config import Config
from diagnostics.database import read_only, session
from diagnostics.files import actions as files
from diagnostics.jobs.queries import JobView
from diagnostics.people.queries.actors import roles_of
from diagnostics.releases.models import Audience
from diagnostics.releases.queries import ReleaseView
from diagnostics.reporting.entry_exit import people_lines, released_report
from diagnostics.reporting.entry_exit_files import entry_exit_file
from diagnostics.reporting.entry_exit_language import in_language
from diagnostics.reporting.language import words_of
from diagnostics.worker.kind import Outcome, Tell
from reports.contents.entry_exit import PersonLine

KEPT_DAYS = 30
STEPS = 3  # figures, release, file


def entry_exit(job: JobView, tell: Tell) -> Outcome:
    """`subject_id`: a diagnosis; parameters: `audience` (own | upward), `format` (pdf | docx | xlsx), `language`."""
    audience = Audience(str(job.parameters["audience"]))
    release, people = _released(job, audience, tell)
    language = str(job.parameters.get("language", "ru"))
    words = words_of(language)
    with read_only():
        snapshot = in_language(from_body(release.body), job.subject_id, language, words)
        report = released_report(release, snapshot, words, people)
        session.rollback()
    made = entry_exit_file(report, words, str(job.parameters["format"]))
    tell(2, 3, STEPS)
    config: Config = current_app.extensions["orientir"]
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


def release(job: JobView, tell: Tell) -> Outcome:
    """Make the snapshot of an audience without a document; parameters: `audience`, `url` to open after it."""
    _released(job, Audience(str(job.parameters["audience"])), tell)
    return Outcome(url=str(job.parameters.get("url", "")) or None)


def _released(job: JobView, audience: Audience, tell: Tell) -> tuple[ReleaseView, tuple[PersonLine, ...]]:
    with read_only():
        _require(job, audience)
        found = queries.growth(job.subject_id)
        language = str(job.parameters.get("language", "ru"))
        people = _people(found, job.subject_id, audience, language)
        session.rollback()
    tell(0, 1, STEPS)
    view = actions.release_growth(job.subject_id, found, audience=audience, actor_id=job.asker_id)
    session.commit()
    tell(1, 2, STEPS)
    return view, people


def _people(
    found: Growth | None, campaign_id: str, audience: Audience, language: str
) -> tuple[PersonLine, ...]:
    """Names stand in the internal copy only."""
    if found is None or audience is not Audience.OWN:
        return ()
    words = words_of(language)
    said = in_language(found.snapshot, campaign_id, language, words)
    return people_lines(replace(found, snapshot=said), words)


def _require(job: JobView, audience: Audience) -> None:
    """The kind asks for the lesser right; exact figures need the greater one."""
    if audience is Audience.OWN:
        roles = roles_of(job.asker_id, clock.now().date()) if job.asker_id else ()
        actor = Actor(person_id=job.asker_id, roles=roles)
        access.require(actor, Permission.GROWTH_READ, things.campaign(job.subject_id))
