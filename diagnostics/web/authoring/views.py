"""The library of works; importing the modules registers their views."""

from __future__ import annotations

from diagnostics.web.authoring import library, publishing
from diagnostics.web.authoring.blueprint import authoring

__all__ = ["authoring", "library", "publishing"]
