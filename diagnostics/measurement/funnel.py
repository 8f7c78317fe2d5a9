"""Is a school far from the rest, or is it only small? Limits that narrow as the number of people grows."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike

from diagnostics.measurement.errors import BadInputError
from diagnostics.measurement.intervals import Interval, normal_quantile
from diagnostics.measurement.method import METHOD, Method
from diagnostics.measurement.numeric import FloatArray, complete_vector, special


class Place(StrEnum):
    """Where a figure stands in the funnel."""

    WITHIN = "within"
    ABOVE_INNER = "above_inner"
    BELOW_INNER = "below_inner"
    ABOVE_OUTER = "above_outer"
    BELOW_OUTER = "below_outer"


@dataclass(frozen=True, slots=True)
class FunnelLimits:
    """Limits for one number of people: the inner (95 %) and the outer (99.8 %)."""

    inner: Interval
    outer: Interval

    def place(self, value: float) -> Place:
        """Where a figure stands; on a limit counts as within it."""
        if value > self.outer.high:
            return Place.ABOVE_OUTER
        if value < self.outer.low:
            return Place.BELOW_OUTER
        if value > self.inner.high:
            return Place.ABOVE_INNER
        return Place.BELOW_INNER if value < self.inner.low else Place.WITHIN


def share_limits(target: float, counts: ArrayLike, method: Method = METHOD) -> tuple[FunnelLimits, ...]:
    """Limits of a share (0…1) around the target: interpolated quantiles of the binomial distribution.

    Source: Spiegelhalter 2005, Statistics in Medicine 24: 1185–1202, appendix A.1.1: with r the smallest number
    with P(R ≤ r) ≥ p, the limit is (r − α)/n, α = (P(R ≤ r) − p) / P(R = r).

    Parameters
    ----------
    target : share of all, or the one that is asked for
    counts : (schools,) people behind each figure

    Raises
    ------
    BadInputError
        If the target is not strictly within 0…1 or a count is not positive and whole.
    """
    sizes = complete_vector(counts, "counts")
    if not 0 < target < 1 or (sizes < 1).any() or (sizes % 1 != 0).any():
        raise BadInputError("a target between 0 and 1 and whole numbers of people")
    return tuple(
        FunnelLimits(
            *(_binomial(target, int(n), coverage) for coverage in (method.funnel_inner, method.funnel_outer))
        )
        for n in sizes
    )


def _binomial(target: float, n: int, coverage: float) -> Interval:
    points = np.arange(n + 1)
    below = special().bdtr(points, n, target)
    chance = np.diff(np.concatenate(([0.0], below)))

    def quantile(p: float) -> float:
        r = min(int(np.searchsorted(below, p)), n)
        return r - (float(below[r]) - p) / max(float(chance[r]), 1e-300)

    low, high = (quantile(p) / n for p in ((1 - coverage) / 2, (1 + coverage) / 2))
    return Interval(max(0.0, low), min(1.0, high))


def mean_limits(
    target: float, sd: float, counts: ArrayLike, method: Method = METHOD
) -> tuple[FunnelLimits, ...]:
    """Limits of a mean: target ± z · SD / √n, SD of single persons.

    Raises
    ------
    BadInputError
        If the spread is not positive or a count is not positive.
    """
    sizes = complete_vector(counts, "counts")
    if not (np.isfinite(target) and np.isfinite(sd) and sd > 0) or (sizes < 1).any():
        raise BadInputError("a positive spread and positive numbers of people")
    inner, outer = (
        _around(target, sd, sizes, coverage) for coverage in (method.funnel_inner, method.funnel_outer)
    )
    return tuple(FunnelLimits(Interval(*one), Interval(*two)) for one, two in zip(inner, outer, strict=True))


def _around(target: float, sd: float, sizes: FloatArray, coverage: float) -> list[list[float]]:
    half = normal_quantile(coverage) * sd / np.sqrt(sizes)
    found: list[list[float]] = np.column_stack((target - half, target + half)).tolist()
    return found
