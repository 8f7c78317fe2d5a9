"""A school's self-assessment: launching, collecting, zones; importing the modules registers their views."""

from __future__ import annotations

from diagnostics.web.improving import (
    collecting,
    late_views,
    launch,
    paper_entry,
    pausing,
    sheets,
    words_views,
    zones_views,
)
from diagnostics.web.improving.blueprint import improving

__all__ = [
    "collecting",
    "improving",
    "late_views",
    "launch",
    "paper_entry",
    "pausing",
    "sheets",
    "words_views",
    "zones_views",
]
