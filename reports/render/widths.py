"""Widths of table columns: by share, but never narrower than the longest word."""

from __future__ import annotations

from reports.charts.measure import text_width
from reports.tables import Table
from reports.wording.words import Words

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


def _longest(texts: tuple[str, ...], size: float) -> float:
    return max(text_width(word, size, bold=True) for text in texts for word in text.split(" "))
