"""«Карточки доступа» as PDF or a spreadsheet: new codes are drawn for each printing."""

from __future__ import annotations

from flask import current_app

from diagnostics import clock
from diagnostics.assets import path_of
from diagnostics.campaigns.actions import cards
from diagnostics.campaigns.queries.audience import name_of
from diagnostics.campaigns.queries.overview import wave_of
from diagnostics.campaigns.queries.roll import Participant, participants
from diagnostics.campaigns.sheets import access_sheet
from diagnostics.config import Config
from diagnostics.database import session
from diagnostics.errors import Missing
from diagnostics.files import actions as files
from diagnostics.jobs.queries import JobView
from diagnostics.worker.kind import Outcome, Tell
from reports.contents.slips import AccessSheet
from reports.render.slips import slips_pdf
from reports.render.xlsx import xlsx
from reports.tabulate.slips import cards_table
from reports.wording.words import Words

KEPT_DAYS = 7
PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_BATCH = 25


def print_cards(job: JobView, tell: Tell) -> Outcome:
    """Parameters: `wave_id`, `format` (pdf | xlsx), `school_id` (or none: all), `unfinished` (only those)."""
    config: Config = current_app.extensions["orientir"]
    wave_id = str(job.parameters["wave_id"])
    campaign, wave = wave_of(wave_id)
    if campaign.id != job.subject_id:
        raise Missing
    people = _wanted(job, participants(wave_id))
    session.rollback()
    drawn = []
    for first in range(0, len(people), _BATCH):
        drawn += cards.draw(people[first : first + _BATCH])
        tell(0, len(drawn), 2 * len(people))
    kept = cards.keep_drawn(wave_id, drawn, job.asker_id)
    session.commit()
    sheet = access_sheet(campaign, wave, kept, base_url=config.public_url, contact=name_of(campaign.owner_id))
    session.rollback()  # what was read above must hold no lock while progress is told
    tell(1, len(people), 2 * len(people))
    content, media_type, ending = _rendered(sheet, str(job.parameters["format"]))
    stored = files.store(
        config.files_dir,
        name=f"{campaign.title} - карточки доступа.{ending}",
        media_type=media_type,
        content=content,
        purpose="cards",
        owner_id=job.asker_id,
        days=KEPT_DAYS,
    )
    return Outcome(file_id=stored.id)


def _wanted(job: JobView, people: list[Participant]) -> list[Participant]:
    school_id, unfinished = job.parameters.get("school_id"), job.parameters.get("unfinished")
    return [
        one
        for one in people
        if (not school_id or one.school_id == school_id) and (not unfinished or one.unfinished)
    ]


def _rendered(sheet: AccessSheet, wanted: str) -> tuple[bytes, str, str]:
    words = Words()
    if wanted == "pdf":
        return slips_pdf(sheet, words, path_of("templates")), PDF, "pdf"
    table = cards_table(sheet, words)
    return xlsx((table,), words, title=sheet.diagnosis, about=(), stamp=clock.now()), XLSX, "xlsx"
