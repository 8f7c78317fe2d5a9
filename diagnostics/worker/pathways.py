"""The printed route, made in the background and kept for who asked."""

from __future__ import annotations

from flask import current_app

from diagnostics.assets import path_of
from diagnostics.config import Config
from diagnostics.database import read_only, session
from diagnostics.files import actions as files
from diagnostics.jobs.queries import JobView
from diagnostics.reporting.language import words_of
from diagnostics.reporting.route import route_plan
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
    return Outcome(file_id=stored.id)


def rendered(plan: RoutePlan, words: Words, wanted: str) -> tuple[bytes, str, str]:
    """(bytes, media type, file ending) of the document."""
    outline = route_outline(plan, words)
    if wanted == "docx":
        return docx(outline, words), DOCX, "docx"
    return pdf(outline, words, path_of("templates")), PDF, "pdf"
