from __future__ import annotations

from diagnostics.errors import Conflict


class NoPlaceLeft(Conflict):
    """The last place of a run was taken meanwhile."""

    def __init__(self, title: str) -> None:
        super().__init__("resource_no_place", title=title)
