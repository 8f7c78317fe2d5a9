"""The pages of results; importing the modules registers their views."""

from __future__ import annotations

from diagnostics.web.reading import (
    given_facts,
    growth_documents,
    growth_views,
    import_views,
    items_deciding,
    items_views,
    needs_file,
    results_views,
)
from diagnostics.web.reading.blueprint import reading

__all__ = [
    "given_facts",
    "growth_documents",
    "growth_views",
    "import_views",
    "items_deciding",
    "items_views",
    "needs_file",
    "reading",
    "results_views",
]
