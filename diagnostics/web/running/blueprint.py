from __future__ import annotations

from flask import Blueprint, current_app, url_for
from flask_babel import gettext as _

from diagnostics.access import Permission, things
from diagnostics.web.guard import may
from diagnostics.web.running.words import CAMPAIGN_STATES, SEAT_STATES, SHORT_KINDS, WAVE_STATES
from diagnostics.web.sentences.common import N_
from diagnostics.web.terms import WAVE_NAMES

running = Blueprint("running", __name__)


RESULTS = (
    (Permission.GROWTH_READ, "reading.needs", N_("Кому что нужно")),
    (Permission.GROWTH_READ, "reading.growth", N_("Вход и выход")),
    (Permission.ITEMS_READ, "reading.items_page", N_("Как сработали задания")),
)


def results_of(campaign_id: str) -> list[tuple[str, str]]:
    """(words, address) of the group's results that this reader may open."""
    thing, known = things.campaign(campaign_id), current_app.view_functions
    return [
        (_(words), url_for(name, campaign_id=campaign_id))
        for permission, name, words in RESULTS
        if name in known and may(permission, thing)
    ]


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
