"""Groups, diagnoses, audience, cards, turnout; importing the modules registers their views."""

from __future__ import annotations

from diagnostics.web.running import (
    audience,
    cards,
    diagnoses,
    drafting,
    groups,
    late,
    letters,
    lists,
    papers,
    pausing,
    seats,
    turnout,
    waves,
)
from diagnostics.web.running.blueprint import running

__all__ = [
    "audience",
    "cards",
    "diagnoses",
    "drafting",
    "groups",
    "late",
    "letters",
    "lists",
    "papers",
    "pausing",
    "running",
    "seats",
    "turnout",
    "waves",
]
