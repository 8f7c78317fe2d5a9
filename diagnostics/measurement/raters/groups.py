"""May the answers of a group be averaged? Agreement within groups and spread between them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from diagnostics.measurement.errors import BadInputError
from diagnostics.measurement.numeric import FloatArray, complete_vector


@dataclass(frozen=True, slots=True)
class Aggregation:
    """What speaks for one mean a group.

    Attributes
    ----------
    n, groups : answers and groups
    between, within : mean squares between groups and within them
    icc1 : share of the spread of single answers that lies between groups
    icc2 : reliability of the group means
    size : group size that stands in ICC(1) (see `aggregation`)
    agreement : r_wg of each group; None for a group of one
    means : mean of each group
    reason : "too_few_groups", "no_repetition" (every group has one answer), "no_variance", or None; with a
        reason the correlations are None
    """

    n: int
    groups: int
    between: float | None
    within: float | None
    icc1: float | None
    icc2: float | None
    size: float | None
    agreement: tuple[float | None, ...]
    means: tuple[float, ...]
    reason: str | None


def aggregation(
    values: ArrayLike, groups: ArrayLike, scale_points: int, *, balanced_size: bool = True
) -> Aggregation:
    """ICC(1), ICC(2) by one-way analysis of variance, r_wg against a uniform answer.

    ICC(1) = (MSB − MSW)/(MSB + (m − 1) MSW), ICC(2) = (MSB − MSW)/MSB; r_wg = 1 − s² / ((A² − 1)/12), not
    below 0. Source: Bliese 2000; James, Demaree, Wolf 1984, J. Appl. Psychol. 69: 85–98.

    Parameters
    ----------
    values : (answers,) on a scale of A points
    groups : (answers,) group of each answer: whole numbers or words
    scale_points : A
    balanced_size : m is the mean group size; false = n0 of unbalanced analysis of variance

    Raises
    ------
    BadInputError
        If lengths differ or the scale has fewer than two points.
    """
    answers = complete_vector(values, "values")
    names, place = np.unique(np.asarray(groups), return_inverse=True)
    if place.shape != answers.shape or scale_points < 2:  # noqa: PLR2004 - one point agrees with itself
        raise BadInputError("one group an answer, at least two points of the scale")
    sizes = np.bincount(place, minlength=names.size).astype(np.float64)
    means = np.bincount(place, answers, minlength=names.size) / np.maximum(sizes, 1)
    inside = np.asarray(np.bincount(place, (answers - means[place]) ** 2, minlength=names.size), np.float64)
    agreement = _within_group(inside, sizes, (scale_points**2 - 1) / 12)
    n, k = answers.size, names.size
    reason = "too_few_groups" if k < 2 else "no_repetition" if n <= k else None  # noqa: PLR2004
    if reason is None and n and float(np.ptp(answers)) == 0:
        reason = "no_variance"
    if reason:
        return Aggregation(n, k, None, None, None, None, None, agreement, tuple(means.tolist()), reason)
    between = float((sizes * (means - answers.mean()) ** 2).sum()) / (k - 1)
    within = float(inside.sum()) / (n - k)
    size = float(sizes.mean()) if balanced_size else float(n - (sizes**2).sum() / n) / (k - 1)
    return Aggregation(
        n=n,
        groups=k,
        between=between,
        within=within,
        icc1=(between - within) / (between + (size - 1) * within),
        icc2=(between - within) / between if between > 0 else None,
        size=size,
        agreement=agreement,
        means=tuple(means.tolist()),
        reason=None,
    )


def _within_group(inside: FloatArray, sizes: FloatArray, uniform: float) -> tuple[float | None, ...]:
    return tuple(
        max(0.0, 1 - float(squares) / (float(size) - 1) / uniform) if size > 1 else None
        for squares, size in zip(inside, sizes, strict=True)
    )
