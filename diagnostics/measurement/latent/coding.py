"""Raw scores of persons as categories of calibrated items."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from diagnostics.measurement.errors import BadInputError, EmptyDataError
from diagnostics.measurement.latent.answers import HIGHEST, CodeArray, bytes_of
from diagnostics.measurement.latent.items import LatentItem
from diagnostics.measurement.numeric import BoolArray, IntArray


@dataclass(frozen=True, slots=True, eq=False)
class Coded:
    """Persons × items: categories 0…m (0 where not shown) and what was shown (None = everything)."""

    codes: CodeArray
    shown: BoolArray | None

    @property
    def answered(self) -> BoolArray:
        """(persons,) whether anything was shown."""
        if self.shown is None:
            return np.ones(self.codes.shape[0], dtype=bool)
        return np.asarray(self.shown.any(axis=1))

    def rows(self, chosen: BoolArray | IntArray) -> Coded:
        """Some of the persons."""
        return Coded(self.codes[chosen], None if self.shown is None else self.shown[chosen])


def coded(scores: ArrayLike, items: Sequence[LatentItem], maxima: ArrayLike | None = None) -> Coded:
    """Categories of raw scores.

    A score that the calibration never saw counts as the nearest below, under the lowest as the lowest.

    Parameters
    ----------
    scores : persons × items, whole steps, NaN = not presented, columns as `items`
    maxima : declared maxima of the columns; scores above are refused

    Raises
    ------
    EmptyDataError
        If there are no items.
    BadInputError
        If the columns are not the items, scores are no whole steps or lie above a declared maximum.
    """
    if not items:
        raise EmptyDataError("no calibrated items")
    codes, shown = bytes_of(scores)
    if codes.shape[1] != len(items):
        raise BadInputError("one column an item", columns=codes.shape[1], items=len(items))
    highest = codes.max(axis=0, initial=0)
    if maxima is not None:
        _refuse_above(highest, np.asarray(maxima), items)
    for column, item in enumerate(items):
        known = item.scores or tuple(range(item.lowest, item.lowest + item.maximum + 1))
        if known[0] != 0 or item.scores or highest[column] > item.maximum:
            table = np.searchsorted(known, np.arange(HIGHEST + 1), side="right") - 1
            codes[:, column] = np.maximum(table, 0)[codes[:, column]]
            if shown is not None:
                codes[~shown[:, column], column] = 0
    return Coded(codes, shown)


def _refuse_above(highest: CodeArray, maxima: IntArray, items: Sequence[LatentItem]) -> None:
    if maxima.shape != highest.shape:
        raise BadInputError("one maximum an item")
    above = tuple(item.name for item, one, top in zip(items, highest, maxima, strict=True) if one > top)
    if above:
        raise BadInputError("scores above the maximum of the item", items=above)
