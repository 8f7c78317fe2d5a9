"""Reads of the stage: frozen dataclasses, never rows."""

from __future__ import annotations

from diagnostics.findings.queries.estimates import estimates
from diagnostics.findings.queries.evidence import ItemEvidence, evidence, limits
from diagnostics.findings.queries.findings import (
    FindingView,
    ScaleView,
    current_of_seat,
    finding,
    history_of_seat,
    of_person,
    of_seat,
    of_wave,
    unscored,
)
from diagnostics.findings.queries.kinds import asks_opinions, is_opinion
from diagnostics.findings.queries.matrix import WaveMatrix, matrix

__all__ = [
    "FindingView",
    "ItemEvidence",
    "ScaleView",
    "WaveMatrix",
    "asks_opinions",
    "current_of_seat",
    "estimates",
    "evidence",
    "finding",
    "history_of_seat",
    "is_opinion",
    "limits",
    "matrix",
    "of_person",
    "of_seat",
    "of_wave",
    "unscored",
]
