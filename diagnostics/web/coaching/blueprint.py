from __future__ import annotations

from datetime import date

from flask import Blueprint
from flask_babel import get_locale

from diagnostics.reporting.language import words_of
from diagnostics.reporting.route_words import FORMATS, KINDS, MODES
from diagnostics.web.coaching.words import CHANGES, STEP_STATES
from diagnostics.web.terms import ROUTE_STATES
from diagnostics.web.words import day_month
from reports.wording.numbers import NBSP, hours
from reports.wording.words import Words

coaching = Blueprint("coaching", __name__)


def language() -> str:
    return str(get_locale() or "ru")


def words() -> Words:
    return words_of(language())


def days_of(first: date, last: date) -> str:
    """«4 декабря — 24 декабря», one day alone."""
    if first == last:
        return day_month(first)
    return f"{day_month(first)}{NBSP}— {day_month(last)}"


@coaching.context_processor
def _words() -> dict[str, object]:
    return {
        "CHANGES": CHANGES,
        "FORMATS": FORMATS,
        "KINDS": KINDS,
        "MODES": MODES,
        "ROUTE_STATES": ROUTE_STATES,
        "run_days": lambda run: days_of(run.starts_on, run.ends_on),
        "hours": lambda value: hours(value, words()),
        "STEP_STATES": STEP_STATES,
    }
