"""Infit and outfit of items given the total scores: no ability is estimated, so none draws them towards fit."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from diagnostics.measurement.errors import BadInputError
from diagnostics.measurement.fit.answered import categories
from diagnostics.measurement.fit.mean_squares import LEAST_VARIANCE, Fit, fit_of_sums
from diagnostics.measurement.fit.recursion import category_shares
from diagnostics.measurement.grid import Grid
from diagnostics.measurement.latent.items import Curve, LatentItem
from diagnostics.measurement.method import METHOD, Method
from diagnostics.measurement.numeric import FloatArray, IntArray, one_blas_thread
from diagnostics.measurement.patterns import presented_sets

#: A share nearer to 1 than this leaves nothing to judge, nor does so small a share of a variance.
ROUNDING = 1e-9


def conditional_item_fit(
    scores: ArrayLike, items: Sequence[LatentItem], method: Method = METHOD
) -> tuple[Fit, ...]:
    """Mean squares of each item with mean and variance of its score given the person's total.

    The formulas are those of `item_fit`, moments are those of P(x_i = z | total), and q² is lowered by what the
    estimation of the item's own location takes, Cov(y², x)² / Σ V. Answers that the total settles do not
    count. For the Rasch family only: elsewhere the total does not say all.
    Source: Christensen, Kreiner 2013, in: Rasch models in health, ch. 5; Müller 2020, J. Stat. Distrib. Appl. 7: 5.

    Parameters
    ----------
    scores, items : see `coded`

    Raises
    ------
    EmptyDataError, BadInputError
        See `coded`; BadInputError for items of unequal slopes, graded steps or guessing.
    """
    steps, shown = categories(scores, items)
    graded = any(item.curve is Curve.GRADED and item.maximum > 1 for item in items)
    if graded or any(item.guessing for item in items) or len({item.slope for item in items}) > 1:
        raise BadInputError("only items of the Rasch family can be judged given the total")
    sums = np.zeros((6, len(items)))
    with one_blas_thread():
        for one in presented_sets(shown):
            mine = [items[place] for place in one.items]
            sums[:, one.items] += _sums(steps[np.ix_(one.persons, one.items)], mine)
    return tuple(fit_of_sums(column, None, method.item_counts_below) for column in sums.T)


def _sums(steps: IntArray, items: Sequence[LatentItem]) -> FloatArray:
    """Six sums by items, see `fit_of_sums`."""
    # Any ability will do: it cancels. The middle of the items keeps all totals far from underflow.
    middle = Grid(np.array([np.mean([item.location for item in items])]), np.ones(1))
    total = steps.sum(axis=1)
    found = []
    for place, share in enumerate(category_shares(items, middle)):
        moments = _moments(share)
        telling = moments[1][total] > 0
        mean, v, third, fourth = (moment[total][telling] for moment in moments)
        square = (steps[telling, place] - mean) ** 2
        outer = _left((fourth / v**2 - 1).sum(), (third / v).sum(), v.sum())
        inner = _left((fourth - v**2).sum(), third.sum(), v.sum())
        found.append([telling.sum(), (square / v).sum(), outer, square.sum(), v.sum(), inner])
    return np.array(found, dtype=np.float64).T


def _left(variance: float, covariance: float, information: float) -> float:
    """What of the variance is left: the item's own location was fitted, and what follows it is no misfit."""
    left = variance - covariance**2 / max(information, LEAST_VARIANCE)
    return left if left > ROUNDING * variance else 0.0


def _moments(share: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
    """Mean, variance, third and fourth central moment of a category by total; variance 0 where the total settles it."""
    category = np.arange(share.shape[1], dtype=np.float64)
    mean = share @ category
    away = category - mean[:, None]
    settled = (share > 1 - ROUNDING).any(axis=1)
    second, third, fourth = ((share * away**power).sum(axis=1) for power in (2, 3, 4))
    return mean, np.where(settled, 0.0, second), third, fourth
