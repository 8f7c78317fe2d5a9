"""Reads of the stage: frozen dataclasses, never rows."""

from __future__ import annotations

from diagnostics.improvement.queries.late import Late, LateGroup, LateVerdict, late
from diagnostics.improvement.queries.openings import Opened, OpeningView, opened_in, opening
from diagnostics.improvement.queries.texts import (
    FreeAnswers,
    Reading,
    free_texts,
    reading,
    told_in_words,
    words_waiting,
)
from diagnostics.improvement.queries.turnout import Turnout, turnout
from diagnostics.improvement.queries.zones import KIND, Zones, index_of, released, zones

__all__ = [
    "KIND",
    "FreeAnswers",
    "Late",
    "LateGroup",
    "LateVerdict",
    "Opened",
    "OpeningView",
    "Reading",
    "Turnout",
    "Zones",
    "free_texts",
    "index_of",
    "late",
    "opened_in",
    "opening",
    "reading",
    "released",
    "told_in_words",
    "turnout",
    "words_waiting",
    "zones",
]
