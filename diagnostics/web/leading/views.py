"""What the head of a school sees and does; importing the modules registers their views."""

from __future__ import annotations

from diagnostics.web.leading import people, routes, schools
from diagnostics.web.leading.blueprint import leading

__all__ = ["leading", "people", "routes", "schools"]
