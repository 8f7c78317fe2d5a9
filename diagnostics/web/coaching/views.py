"""The room of development: routes of teachers, the tutor's queue, the catalogue of what helps."""

from __future__ import annotations

from diagnostics.web.coaching import catalogue, documents, history, own, reviewing, walking
from diagnostics.web.coaching.blueprint import coaching

__all__ = ["catalogue", "coaching", "documents", "history", "own", "reviewing", "walking"]
