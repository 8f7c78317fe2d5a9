"""A later end of a wave, and the letters to those who asked for it."""

from __future__ import annotations

from datetime import date

from flask import current_app
from flask_babel import gettext as _
from flask_babel import ngettext

from diagnostics.campaigns import actions
from diagnostics.campaigns.actions.letters import Compose
from diagnostics.campaigns.queries.overview import CampaignView, WaveView, wave_of
from diagnostics.campaigns.wording import LetterKind, compose
from diagnostics.web.guard import settings
from diagnostics.web.running import asking
from diagnostics.web.words import day_at_end


def composer(kind: LetterKind, found: CampaignView, wave: WaveView) -> Compose:
    return compose(current_app.jinja_env, kind, found, wave, settings().public_url)


def prolonged(wave_id: str, first_day: date, last_day: date) -> str:
    """Move the dates, tell those who asked; the sentence for the organiser.

    FieldRefused names `first_day` or `last_day`.
    """
    answered = actions.reschedule_wave(wave_id, first_day, last_day, asking.person_id())
    found, wave = wave_of(wave_id)
    said = _(
        "Срок — до %(day)s. Ссылки и карточки действуют дальше.", day=day_at_end(wave.closes_at, wave.zone)
    )
    told = actions.tell_askers(answered, composer(LetterKind.EXTENDED, found, wave), asking.person_id())
    if told:
        said += " " + ngettext("Отправлено %(num)s письмо.", "Отправлено %(num)s писем.", told)
    return said
