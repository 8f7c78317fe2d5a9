"""The pages of results; importing the modules registers their views."""

from __future__ import annotations

from diagnostics.web.reading import results_views
from diagnostics.web.reading.blueprint import reading

__all__ = ["reading", "results_views"]
