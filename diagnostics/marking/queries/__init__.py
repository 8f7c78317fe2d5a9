"""Reads of the stage; each gives frozen dataclasses."""

from __future__ import annotations

from diagnostics.marking.queries.agreement import FEW, Agreement, agreement
from diagnostics.marking.queries.desk import (
    OwnMark,
    Question,
    TextView,
    code_of,
    desk,
    next_text,
    progress,
    text_view,
)
from diagnostics.marking.queries.outcome import Agreed, Said, agreed, said_of
from diagnostics.marking.queries.overview import (
    ExpertLine,
    Overview,
    QueueLine,
    overview,
    rubrics_of,
    with_open_texts,
)
from diagnostics.marking.queries.rights import TextFacts, facts_of, markers_of

__all__ = [
    "FEW",
    "Agreed",
    "Agreement",
    "ExpertLine",
    "Overview",
    "OwnMark",
    "Question",
    "QueueLine",
    "Said",
    "TextFacts",
    "TextView",
    "agreed",
    "agreement",
    "code_of",
    "desk",
    "facts_of",
    "markers_of",
    "next_text",
    "overview",
    "progress",
    "rubrics_of",
    "said_of",
    "text_view",
    "with_open_texts",
]
