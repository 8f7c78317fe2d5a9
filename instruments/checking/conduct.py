"""Mistakes of how a work is conducted: orders that contradict one another, a limit shorter than the work."""

from __future__ import annotations

from instruments.document import Instrument
from instruments.order import is_fixed
from instruments.problems import Problem, error, warning
from instruments.shuffling import moves_items


def check_conduct(instrument: Instrument) -> list[Problem]:
    problems = [
        error(f"forms.{form.code}.sections.{section.code}.shuffle", "shuffle_fixed", code=section.code)
        for form in instrument.forms
        for section in form.sections
        if moves_items(instrument, section) and is_fixed(instrument, section)
    ]
    longest = max((instrument.minutes_of(form.code) for form in instrument.forms), default=0)
    if instrument.time_limit is not None and instrument.time_limit < longest:
        problems.append(warning("time_limit", "limit_short", limit=instrument.time_limit, minutes=longest))
    return problems
