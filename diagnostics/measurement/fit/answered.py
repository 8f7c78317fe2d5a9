"""Answers of the persons who can be judged, beside what calibrated items expect of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from diagnostics.measurement.errors import BadInputError
from diagnostics.measurement.latent.coding import coded
from diagnostics.measurement.latent.items import Curves, LatentItem, curves
from diagnostics.measurement.numeric import BoolArray, FloatArray, IntArray, vector

#: Abilities of persons; None or NaN where unknown, as `Abilities.theta` has them.
Known = ArrayLike | Sequence[float | None]
#: Persons whose curves are held in memory at once.
BLOCK = 4096


@dataclass(frozen=True, slots=True, eq=False)
class Answered:
    """Persons × items as categories, and who of them says anything about fit.

    Attributes
    ----------
    items : columns
    steps : categories 0…m, 0 where nothing was presented
    shown : whether an item was presented
    theta : (persons,) logits; 0 where unknown
    reasons : None for a person who can be judged, else "no_answers", "no_ability" or "extreme"
    used : (persons,) whether the reason is None
    """

    items: tuple[LatentItem, ...]
    steps: IntArray
    shown: BoolArray
    theta: FloatArray
    reasons: tuple[str | None, ...]
    used: BoolArray

    def blocks(self) -> Iterator[Block]:
        """Judged persons with their curves, some thousands at a time."""
        rows = np.flatnonzero(self.used)
        for start in range(0, rows.size, BLOCK):
            mine = rows[start : start + BLOCK]
            points, place = np.unique(self.theta[mine], return_inverse=True)
            yield Block(mine, place, curves(self.items, points), self.steps[mine], self.shown[mine])


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """Some persons: row numbers, row of `curves` of each, their answers."""

    rows: IntArray
    place: IntArray
    curves: Curves
    steps: IntArray
    shown: BoolArray


def categories(scores: ArrayLike, items: Sequence[LatentItem]) -> tuple[IntArray, BoolArray]:
    """Categories (0 where nothing was presented) and mask of what was presented; see `coded`."""
    found = coded(scores, items)
    shown = np.ones(found.codes.shape, dtype=bool) if found.shown is None else found.shown
    return found.codes.astype(np.int64), shown


def answered(scores: ArrayLike, items: Sequence[LatentItem], theta: Known) -> Answered:
    """Lay answers and abilities side by side.

    Persons with the least or the greatest possible total fit any model, so they are left out, as is usual
    (Wright, Masters 1982, ch. 5).

    Parameters
    ----------
    scores : persons × items, raw whole scores, NaN = not presented
    items : one a column
    theta : (persons,) ability of each person in logits, NaN or None = unknown

    Raises
    ------
    EmptyDataError, BadInputError
        As `coded`; BadInputError for another number of abilities than of persons.
    """
    steps, shown = categories(scores, items)
    at = vector(np.array(theta, dtype=np.float64), "abilities")
    if at.size != steps.shape[0]:
        raise BadInputError("one ability a person", abilities=at.size, persons=steps.shape[0])
    most = shown @ np.array([item.maximum for item in items])
    total = steps.sum(axis=1)
    reasons = np.full(at.size, None, dtype=object)
    reasons[(total == 0) | (total == most)] = "extreme"
    reasons[np.isnan(at)] = "no_ability"
    reasons[~shown.any(axis=1)] = "no_answers"
    used = np.array([one is None for one in reasons], dtype=bool)
    return Answered(tuple(items), steps, shown, np.where(np.isnan(at), 0.0, at), tuple(reasons), used)
