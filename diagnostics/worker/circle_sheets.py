"""«Листы с кодами» of a self-assessment as PDF or a spreadsheet."""

from __future__ import annotations

from flask import current_app

from diagnostics import clock
from diagnostics.assets import path_of
from diagnostics.campaigns.circle_models import CircleWay
from diagnostics.campaigns.circle_sheets import circle_sheets
from diagnostics.campaigns.queries.circles import CircleView
from diagnostics.campaigns.queries.self_assessments import SelfAssessment, self_assessment
from diagnostics.config import Config
from diagnostics.database import session
from diagnostics.errors import Missing
from diagnostics.files import actions as files
from diagnostics.jobs.queries import JobView
from diagnostics.worker.kind import Outcome, Tell
from reports.render.circle_slips import circle_slips_pdf
from reports.render.xlsx import xlsx
from reports.tabulate.circle_slips import slips_table
from reports.wording.words import Words

KEPT_DAYS = 7
PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def print_sheets(job: JobView, tell: Tell) -> Outcome:
    """Parameters: `format` (pdf | xlsx), `circle_id` (or none: all circles that have codes)."""
    config: Config = current_app.extensions["orientir"]
    one, words = self_assessment(job.subject_id), Words()
    sheets = circle_sheets(one, _wanted(one, job), config, words)
    session.rollback()
    tell(0, 0, sum(len(sheet.slips) for sheet in sheets))
    if job.parameters.get("format") == "xlsx":
        table = slips_table(sheets, words)
        content, media_type, ending = (
            xlsx((table,), words, title=one.title, about=(), stamp=clock.now()),
            XLSX,
            "xlsx",
        )
    else:
        content, media_type, ending = circle_slips_pdf(sheets, words, path_of("templates")), PDF, "pdf"
    stored = files.store(
        config.files_dir,
        name=f"{one.title} - листы с кодами.{ending}",
        media_type=media_type,
        content=content,
        purpose="cards",
        owner_id=job.asker_id,
        days=KEPT_DAYS,
    )
    return Outcome(file_id=stored.id)


def _wanted(one: SelfAssessment, job: JobView) -> list[CircleView]:
    circle_id = job.parameters.get("circle_id")
    if circle_id is None:
        return [each for each in one.circles if each.way is CircleWay.CODES]
    found = [each for each in one.circles if each.id == circle_id]
    if not found:
        raise Missing
    return found
