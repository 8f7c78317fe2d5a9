"""A file of answers that a participant brought to the organiser or the tutor: taken in from the явка page."""

from __future__ import annotations

from http import HTTPStatus

from flask import render_template

from diagnostics.access import Permission, things
from diagnostics.campaigns.queries.overview import CampaignView, WaveView, wave_of
from diagnostics.campaigns.queries.seats import seat as seat_facts
from diagnostics.sittings import queries as reading
from diagnostics.sittings.answers_file.errors import FileRefused
from diagnostics.sittings.answers_file.letter import Letter
from diagnostics.web.answers_file import AnswersFileForm, letter_of, put_refusal, take
from diagnostics.web.guard import require, screen
from diagnostics.web.running import asking
from diagnostics.web.running.blueprint import running


@running.get("/waves/<wave_id>/answers-file")
@screen(Permission.LATE_DECIDE)
def answers_file(wave_id: str) -> str:
    found, wave = _decides(wave_id)
    return _page(found, wave, AnswersFileForm())


@running.post("/waves/<wave_id>/answers-file")
@screen(Permission.LATE_DECIDE)
def answers_file_sent(wave_id: str) -> str | tuple[str, int]:
    found, wave = _decides(wave_id)
    form = AnswersFileForm()
    letter = letter_of(form)
    if letter is not None and not _is_of(letter, wave_id):
        put_refusal(form, FileRefused("answers_file_other"))
        letter = None
    told = None if letter is None else take(form, letter, actor_id=asking.person_id(), by_organiser=True)
    if told is None:
        return _page(found, wave, form), HTTPStatus.UNPROCESSABLE_ENTITY
    return render_template("running/answers_file_taken.html", campaign=found, wave=wave, told=told)


def _decides(wave_id: str) -> tuple[CampaignView, WaveView]:
    found, wave = wave_of(wave_id)
    require(Permission.LATE_DECIDE, things.campaign(found.id))
    return found, wave


def _is_of(letter: Letter, wave_id: str) -> bool:
    sitting = reading.one(letter.sitting_id)
    return sitting is not None and seat_facts(sitting.seat_id).wave_id == wave_id


def _page(found: CampaignView, wave: WaveView, form: AnswersFileForm) -> str:
    return render_template("running/answers_file.html", campaign=found, wave=wave, form=form)
