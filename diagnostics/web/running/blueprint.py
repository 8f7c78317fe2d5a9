from __future__ import annotations

from flask import Blueprint, current_app, url_for
from flask_babel import gettext as _

from diagnostics.access import Permission, things
from diagnostics.web.guard import may
from diagnostics.web.running.words import CAMPAIGN_STATES, SEAT_STATES, SHORT_KINDS, WAVE_STATES
from diagnostics.web.sentences.common import N_
from diagnostics.web.terms import WAVE_NAMES

running = Blueprint("running", __name__)


RESULTS = (("reading.needs", N_("Кому что нужно")), ("reading.growth", N_("Вход и выход")))


def results_of(campaign_id: str) -> list[tuple[str, str]]:
    """(words, address) of the group's results, for those who read them exactly."""
    if not may(Permission.GROWTH_READ, things.campaign(campaign_id)):
        return []
    known = current_app.view_functions
    return [(_(words), url_for(name, campaign_id=campaign_id)) for name, words in RESULTS if name in known]


@running.context_processor
def _words() -> dict[str, object]:
    return {
        "CAMPAIGN_STATES": CAMPAIGN_STATES,
        "results_of": results_of,
        "SEAT_STATES": SEAT_STATES,
        "SHORT_KINDS": SHORT_KINDS,
        "WAVE_NAMES": WAVE_NAMES,
        "WAVE_STATES": WAVE_STATES,
    }
