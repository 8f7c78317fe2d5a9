from __future__ import annotations

from flask import Blueprint

from diagnostics.web.running.words import CAMPAIGN_STATES, SEAT_STATES, SHORT_KINDS, WAVE_STATES
from diagnostics.web.terms import WAVE_NAMES

running = Blueprint("running", __name__)


@running.context_processor
def _words() -> dict[str, object]:
    return {
        "CAMPAIGN_STATES": CAMPAIGN_STATES,
        "SEAT_STATES": SEAT_STATES,
        "SHORT_KINDS": SHORT_KINDS,
        "WAVE_NAMES": WAVE_NAMES,
        "WAVE_STATES": WAVE_STATES,
    }
