"""The printed route, made in the background and kept for who asked; the exit diagnosis ends a route."""

from __future__ import annotations

from flask import current_app

from diagnostics.assets import path_of
from diagnostics.campaigns.models import WaveKind
from diagnostics.campaigns.queries.seats import seat
from diagnostics.config import Config
from diagnostics.database import read_only, session
from diagnostics.files import actions as files
from diagnostics.jobs.queries import JobView
from diagnostics.pathways import actions as pathways
from diagnostics.reporting.language import words_of
from diagnostics.reporting.route import route_plan
from diagnostics.sittings import queries as sittings
from diagnostics.worker.findings import score_sitting
from diagnostics.worker.kind import Outcome, Tell
from reports.contents.route import RoutePlan
from reports.outlines.route import route_outline
from reports.render.docx import docx
from reports.render.pdf import pdf
from reports.wording.words import Words

KEPT_DAYS = 30
PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def print_route(job: JobView, tell: Tell) -> Outcome:
    """`subject_id`: a route; parameters: `format` (pdf | docx) and `language`."""
    config: Config = current_app.extensions["orientir"]
    language = str(job.parameters.get("language", "ru"))
    words = words_of(language)
    with read_only():
        plan = route_plan(job.subject_id, words, language)
        session.rollback()
    tell(0, 1, 2)
    content, media_type, ending = rendered(plan, words, str(job.parameters.get("format", "pdf")))
    stored = files.store(
        config.files_dir,
        name=f"ИОМ - {plan.teacher.full_name}.{ending}",
        media_type=media_type,
        content=content,
        purpose="report",
        owner_id=job.asker_id,
        days=KEPT_DAYS,
    )
    session.commit()
    return Outcome(file_id=stored.id)


def rendered(plan: RoutePlan, words: Words, wanted: str) -> tuple[bytes, str, str]:
    """(bytes, media type, file ending) of the document."""
    outline = route_outline(plan, words)
    if wanted == "docx":
        return docx(outline, words), DOCX, "docx"
    return pdf(outline, words, path_of("templates")), PDF, "pdf"


def score_and_note_exit(job: JobView, tell: Tell) -> Outcome:
    """Score a sent sitting; when it was the exit diagnosis, the last step of the person's route is done."""
    outcome = score_sitting(job, tell)
    sitting = sittings.one(job.subject_id)
    if sitting is not None:
        facts = seat(sitting.seat_id)
        if facts.wave_kind is WaveKind.EXIT and facts.respondent_id is not None:
            pathways.note_exit(facts.campaign_id, facts.respondent_id)
            session.commit()
    return outcome
