from __future__ import annotations

from flask import Blueprint
from flask_babel import get_locale

from diagnostics.reporting.language import words_of
from diagnostics.web.leading.words import SEAT_STATES
from diagnostics.web.terms import ROUTE_STATES, WAVE_NAMES
from reports.wording.numbers import hours

leading = Blueprint("leading", __name__)


@leading.context_processor
def _words() -> dict[str, object]:
    return {
        "hours": lambda value: hours(value, words_of(str(get_locale() or "ru"))),
        "ROUTE_STATES": ROUTE_STATES,
        "SEAT_STATES": SEAT_STATES,
        "WAVE_NAMES": WAVE_NAMES,
    }
