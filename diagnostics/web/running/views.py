"""Groups, diagnoses, audience, cards, turnout; importing the modules registers their views."""

from __future__ import annotations

from diagnostics.web.running import (
    answers_file,
    audience,
    cards,
    diagnoses,
    drafting,
    extra_time,
    groups,
    late,
    letters,
    lists,
    marking,
    paper_entry,
    papers,
    pausing,
    seats,
    turnout,
    waves,
)
from diagnostics.web.running.blueprint import running

__all__ = [
    "answers_file",
    "audience",
    "cards",
    "diagnoses",
    "drafting",
    "extra_time",
    "groups",
    "late",
    "letters",
    "lists",
    "marking",
    "paper_entry",
    "papers",
    "pausing",
    "running",
    "seats",
    "turnout",
    "waves",
]
