"""Widths of table columns: by share, but never narrower than the longest word."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reports.charts.measure import text_width
from reports.tables import Table
from reports.wording.words import Words

_PIECES = re.compile(r"[^ -]*-|[^ -]+")
_MOST = 0.34  # of the room, for one word


def column_widths(
    table: Table, room: float, words: Words, *, size: float, padding: float, slack: float = 1.0
) -> tuple[float, ...]:
    """Widths that sum to `room`, in its unit (points).

    padding  both sides of a cell together
    slack    how much wider than PT Sans the document's face may be

    Where the longest words do not fit beside each other, the widths follow them
    and the caller breaks words; one monstrous word takes a third at most.
    """
    shares = [column.share for column in table.columns]
    least = [
        min(_longest(texts, size) * slack + padding, room * _MOST)
        for texts in zip([c.title for c in table.columns], *table.texts(words), strict=True)
    ]
    if sum(least) > room:
        return tuple(width * room / sum(least) for width in least)
    narrow: set[int] = set()
    while True:
        left = room - sum(least[index] for index in narrow)
        rest = sum(share for index, share in enumerate(shares) if index not in narrow)
        widths = [
            least[index] if index in narrow else left * share / rest for index, share in enumerate(shares)
        ]
        tight = {i for i, width in enumerate(widths) if width < least[i] - 1e-9} - narrow
        if not tight:
            return tuple(widths)
        narrow |= tight
        if len(narrow) == len(shares):
            return tuple(width * room / sum(least) for width in least)


def fitting_size(
    table: Table, room: float, words: Words, *, sizes: Sequence[float], padding: float, slack: float = 1.0
) -> float:
    """The largest of `sizes` at which no word must be broken; the smallest where none is small enough."""
    return next((size for size in sizes if _needed(table, words, size, padding, slack) <= room), sizes[-1])


def _needed(table: Table, words: Words, size: float, padding: float, slack: float) -> float:
    columns = zip([column.title for column in table.columns], *table.texts(words), strict=True)
    return sum(_longest(texts, size) * slack + padding for texts in columns)


def _longest(texts: tuple[str, ...], size: float) -> float:
    """A word may break after a hyphen: every renderer does."""
    return max(text_width(word, size, bold=True) for text in texts for word in _PIECES.findall(text) or [""])
