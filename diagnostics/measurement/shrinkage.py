"""Means of small groups drawn towards the whole, and how firm an order of groups is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from diagnostics.measurement.errors import BadInputError
from diagnostics.measurement.intervals import Interval, normal_quantile
from diagnostics.measurement.method import METHOD, Method
from diagnostics.measurement.numeric import FloatArray, complete_vector

#: Groups below which the spread between groups is not estimated.
MIN_GROUPS = 5


@dataclass(frozen=True, slots=True)
class Shrunk:
    """Groups as they are best estimated together.

    Attributes
    ----------
    values, intervals : shrunken means and their intervals, in the order of the groups; empty with a reason
    weights : how much of each own mean remains (1 = all)
    centre : mean towards which they are drawn
    between : standard deviation of true group means
    reason : "too_few_groups" or None
    """

    values: tuple[float, ...]
    intervals: tuple[Interval, ...]
    weights: tuple[float, ...]
    centre: float | None
    between: float | None
    reason: str | None = None


def shrink(means: ArrayLike, errors: ArrayLike, method: Method = METHOD) -> Shrunk:
    """Empirical-Bayes means: θ̂ = (1 − B)·mean + B·centre with B = SE² / (SE² + τ²), damped for few groups.

    τ² by the method of Paule and Mandel; intervals count the error of centre and of B.
    Source: Morris 1983, J. Am. Stat. Assoc. 78: 47–55 (formulas 1.17, 4.1–4.2); Paule, Mandel 1982.

    Parameters
    ----------
    means, errors : (groups,) mean of each group and its standard error

    Raises
    ------
    BadInputError
        If lengths differ or an error is not positive.
    """
    mean, error = complete_vector(means, "means"), complete_vector(errors, "errors")
    if mean.shape != error.shape or (error <= 0).any():
        raise BadInputError("one positive standard error a group")
    k = mean.size
    if k < MIN_GROUPS:
        return Shrunk((), (), (), None, None, "too_few_groups")
    variance = error**2
    between = _between(mean, variance)
    precision = 1 / (variance + between)
    centre = float(precision @ mean / precision.sum())
    share = (k - 3) / (k - 1) * variance * precision
    value = mean + share * (centre - mean)
    average = float(precision @ variance / precision.sum())
    doubt = 2 / (k - 3) * share**2 * (average + between) * precision
    spread = variance * (1 - (k - 1) / k * share) + doubt * (mean - centre) ** 2
    half = normal_quantile(method.group_interval) * np.sqrt(spread)
    bounds = np.column_stack((value - half, value + half)).tolist()
    return Shrunk(
        tuple(value.tolist()),
        tuple(Interval(*pair) for pair in bounds),
        tuple((1 - share).tolist()),
        centre,
        float(np.sqrt(between)),
    )


def _between(mean: FloatArray, variance: FloatArray) -> float:
    """τ² at which Σ (mean − centre)² / (SE² + τ²) = groups − 1; 0 where chance alone explains the spread."""

    def excess(between: float) -> float:
        precision = 1 / (variance + between)
        centre = precision @ mean / precision.sum()
        return float(precision @ (mean - centre) ** 2) - (mean.size - 1)

    if excess(0.0) <= 0:
        return 0.0
    low, high = 0.0, float(np.ptp(mean)) ** 2 + float(variance.max())
    for _ in range(100):
        middle = (low + high) / 2
        low, high = (middle, high) if excess(middle) > 0 else (low, middle)
    return (low + high) / 2


@dataclass(frozen=True, slots=True)
class Rank:
    """One group in an order from the highest.

    Attributes
    ----------
    rank : by the estimate, 1 = highest
    low, high : interval of the rank over draws
    same : share of draws in which the group has this very rank
    """

    rank: int
    low: int
    high: int
    same: float


def rank_stability(values: ArrayLike, draws: ArrayLike, method: Method = METHOD) -> tuple[Rank, ...]:
    """How firm each place is when the data are drawn again.

    Source: Goldstein, Spiegelhalter 1996, J. R. Stat. Soc. A 159: 385–443 (intervals of ranks).

    Parameters
    ----------
    values : (groups,) estimates
    draws : draws × groups, drawn together (bootstrap or posterior)

    Raises
    ------
    BadInputError
        If shapes differ or a draw is missing.
    """
    value, drawn = complete_vector(values, "values"), np.asarray(draws, dtype=np.float64)
    if drawn.ndim != 2 or drawn.shape[1:] != value.shape or not drawn.shape[0]:  # noqa: PLR2004
        raise BadInputError("draws × groups, as many groups as values")
    if not np.isfinite(drawn).all():
        raise BadInputError("a draw has no value")
    own, places = _ranks(value[None])[0], _ranks(drawn)
    tails = [(1 - method.group_interval) / 2, (1 + method.group_interval) / 2]
    low, high = np.quantile(places, tails, axis=0, method="inverted_cdf")
    same = (places == own).mean(axis=0)
    return tuple(
        Rank(int(rank), int(first), int(last), float(share))
        for rank, first, last, share in zip(own, low, high, same, strict=True)
    )


def _ranks(rows: FloatArray) -> FloatArray:
    order = np.argsort(-rows, axis=1, kind="stable")
    found = np.empty(rows.shape)
    np.put_along_axis(found, order, np.arange(1.0, rows.shape[1] + 1)[None], axis=1)
    return found
