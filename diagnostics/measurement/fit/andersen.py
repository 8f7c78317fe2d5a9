"""Andersen's likelihood-ratio test: are items equally hard, relative to one another, in parts of a group?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from diagnostics.measurement.calibration import CalibratedItem, Calibration
from diagnostics.measurement.errors import BadInputError, EstimationError
from diagnostics.measurement.numeric import FloatArray, IntArray, answer_matrix, item_names, special
from diagnostics.measurement.patterns import presented_sets
from diagnostics.measurement.rasch import calibrate

#: Items without which a part has no scale.
LEAST_ITEMS = 2


@dataclass(frozen=True, slots=True)
class AndersenTest:
    """Whether one set of difficulties serves all parts.

    Attributes
    ----------
    statistic, df, p : 2 (Σ ln L_part − ln L_whole), its degrees of freedom, chance of so large a value
    groups : persons with an answer in each part
    left_out : items that some part cannot estimate, or whose categories some part did not reach
    reason : why the figures are None: "one_group", or the code of the refusal of `calibrate`
    """

    statistic: float | None
    df: int | None
    p: float | None
    groups: tuple[int, ...]
    left_out: tuple[str, ...]
    reason: str | None


def split_by_score(scores: ArrayLike) -> IntArray:
    """Persons above (1) and not above (0) the mean share of their own set of items; −1 without answers.

    With complete data this is the split at the mean total.

    Raises
    ------
    BadInputError
        See `answer_matrix`.
    """
    matrix = answer_matrix(scores)
    shown = ~np.isnan(matrix)
    groups = np.full(matrix.shape[0], -1)
    total = np.nansum(matrix, axis=1)
    for one in presented_sets(shown):
        mine = total[one.persons]
        groups[one.persons] = mine > mine.mean()
    return groups


def andersen_test(
    scores: ArrayLike, groups: ArrayLike | None = None, names: tuple[str, ...] | None = None
) -> AndersenTest:
    """Likelihood-ratio test of the Rasch and the partial credit model.

    Source: Andersen 1973, Psychometrika 38: 123–140; eRm's LRtest for the split at the mean.

    Parameters
    ----------
    scores, names : see `calibrate`
    groups : (persons,) whole number of each person's part, negative = in none; None = `split_by_score`

    Raises
    ------
    BadInputError
        For scores that are none, another number of groups than of persons.
    """
    matrix = answer_matrix(scores)
    labels = item_names(names, matrix.shape[1])
    part = split_by_score(matrix) if groups is None else np.asarray(groups)
    if part.shape != matrix.shape[:1] or not np.issubdtype(part.dtype, np.integer):
        raise BadInputError("one whole number of a group a person")
    parts = [matrix[part == one] for one in np.unique(part[part >= 0])]
    sizes = tuple(int((~np.isnan(one)).any(axis=1).sum()) for one in parts)
    if len(parts) < 2:  # noqa: PLR2004 - a test compares
        return AndersenTest(None, None, None, sizes, (), "one_group")
    return _tested([np.concatenate(parts), *parts], labels, sizes)


def _tested(samples: Sequence[FloatArray], labels: tuple[str, ...], sizes: tuple[int, ...]) -> AndersenTest:
    """Calibrate the whole and its parts on the items that all of them can estimate in the same categories."""
    kept = list(range(len(labels)))
    while True:
        named = tuple(labels[place] for place in kept)
        left_out = tuple(name for name in labels if name not in named)
        if len(kept) < LEAST_ITEMS:
            return AndersenTest(None, None, None, sizes, left_out, "too_few_items")
        try:
            fits = [calibrate(sample[:, kept], named) for sample in samples]
        except BadInputError:
            raise
        except EstimationError as error:
            return AndersenTest(None, None, None, sizes, left_out, error.code)
        alike = [place for place, name in zip(kept, named, strict=True) if _alike(fits, name)]
        if alike == kept:
            return _compared(fits, sizes, left_out)
        kept = alike


def _alike(fits: Sequence[Calibration], name: str) -> bool:
    """Whether an item has the same categories in the whole and in every part."""
    found = {_shape(fit.item(name)) for fit in fits}
    return len(found) == 1 and None not in found


def _shape(item: CalibratedItem | None) -> tuple[int, tuple[bool, ...]] | None:
    return None if item is None else (item.lowest, tuple(one is None for one in item.cumulative))


def _compared(fits: Sequence[Calibration], sizes: tuple[int, ...], left_out: tuple[str, ...]) -> AndersenTest:
    whole, *parts = fits
    statistic = max(0.0, 2 * (sum(one.loglik for one in parts) - whole.loglik))
    free = sum(one.n_parameters for one in parts) - whole.n_parameters
    return AndersenTest(statistic, free, float(special().chdtrc(free, statistic)), sizes, left_out, None)
