from __future__ import annotations

from diagnostics.errors import Conflict


class ZonesError(Conflict):
    """Zones cannot be shown or moved as asked: `still_collecting`, `zones_not_counted`, `opening_refused`."""


class IndexHidden(Conflict):
    """A figure over groups would give away what a hidden group said."""

    def __init__(self) -> None:
        super().__init__("index_hidden")


class WordsChanged(Conflict):
    """Other free texts wait for the check than those that were read: one arrived, or another person was first."""

    def __init__(self) -> None:
        super().__init__("words_changed")


class LateRefused(Conflict):
    """Late answers cannot be decided about as asked; the code says why."""
