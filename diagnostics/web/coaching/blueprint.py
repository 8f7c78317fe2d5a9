from __future__ import annotations

from flask import Blueprint
from flask_babel import get_locale

from diagnostics.reporting.language import words_of
from diagnostics.reporting.route_words import FORMATS, KINDS, MODES
from diagnostics.web.coaching.words import CHANGES, ROUTE_STATES, SEAT_STATES, STEP_STATES
from reports.wording.words import Words

coaching = Blueprint("coaching", __name__)


def language() -> str:
    return str(get_locale() or "ru")


def words() -> Words:
    return words_of(language())


@coaching.context_processor
def _words() -> dict[str, object]:
    return {
        "CHANGES": CHANGES,
        "FORMATS": FORMATS,
        "KINDS": KINDS,
        "MODES": MODES,
        "ROUTE_STATES": ROUTE_STATES,
        "SEAT_STATES": SEAT_STATES,
        "STEP_STATES": STEP_STATES,
    }
