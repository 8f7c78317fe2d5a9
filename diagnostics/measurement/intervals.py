"""Intervals of single figures: share, correlation, mean."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np

from diagnostics.measurement.numeric import FloatArray, special


@dataclass(frozen=True, slots=True)
class Interval:
    """Bounds of an interval, in the units of the figure."""

    low: float
    high: float


@cache
def normal_quantile(coverage: float) -> float:
    """Z with the given central coverage of the normal distribution (0.95 → 1.96)."""
    return float(special().ndtri((1 + coverage) / 2))


def wilson_interval(share: float, n: int, coverage: float) -> Interval | None:
    """Score interval of a proportion (Wilson 1927); None without observations."""
    if n < 1:
        return None
    z2 = normal_quantile(coverage) ** 2
    centre = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = np.sqrt(share * (1 - share) * z2 / n + (z2 / (2 * n)) ** 2) / (1 + z2 / n)
    return Interval(max(0.0, float(centre - half)), min(1.0, float(centre + half)))


def fisher_interval(r: float, n: int, coverage: float) -> Interval | None:
    """Interval of a correlation by z = artanh r (Fisher 1921); None for n ≤ 3 or |r| = 1."""
    if n <= 3 or abs(r) >= 1:  # noqa: PLR2004 - the variance is 1 / (n − 3)
        return None
    half = normal_quantile(coverage) / np.sqrt(n - 3)
    low, high = np.tanh([np.arctanh(r) - half, np.arctanh(r) + half])
    return Interval(float(low), float(high))


def t_interval(values: FloatArray, coverage: float) -> Interval | None:
    """Student's interval of the mean; None below two values or without spread."""
    n = values.size
    error = float(values.std(ddof=1)) / np.sqrt(n) if n > 1 else 0.0
    if error <= 0:
        return None
    half = float(special().stdtrit(n - 1, (1 + coverage) / 2)) * error
    return Interval(float(values.mean()) - half, float(values.mean()) + half)


def widened(interval: Interval, centre: float, error: float, coverage: float) -> Interval:
    """An independent error added to each half of an interval, in quadrature."""
    extra = normal_quantile(coverage) * error
    return Interval(
        centre - float(np.hypot(centre - interval.low, extra)),
        centre + float(np.hypot(interval.high - centre, extra)),
    )


def welch_interval(first: FloatArray, second: FloatArray, coverage: float) -> Interval | None:
    """Interval of mean(first) − mean(second) with unequal variances (Welch 1947); None if undefined."""
    if min(first.size, second.size) < 2:  # noqa: PLR2004 - a variance needs two values
        return None
    parts = np.array([first.var(ddof=1) / first.size, second.var(ddof=1) / second.size])
    if parts.sum() <= 0:
        return None
    freedom = parts.sum() ** 2 / (parts**2 / [first.size - 1, second.size - 1]).sum()
    half = float(special().stdtrit(freedom, (1 + coverage) / 2)) * float(np.sqrt(parts.sum()))
    difference = float(first.mean() - second.mean())
    return Interval(difference - half, difference + half)


#: Largest share of resamples without spread with which a studentised bootstrap still means something.
DEGENERATE_SHARE = 0.01


def bootstrap_interval(values: FloatArray, coverage: float, draws: int, seed: int) -> Interval | None:
    """Studentised bootstrap interval of the mean (Efron, Tibshirani 1993, §12.5); None if unusable.

    Keeps its coverage in small skewed samples, where the percentile interval is too short. Resamples in
    which all values are equal have no standard error; when there are many of them, nothing is given.
    """
    n = values.size
    if n < 2 or values.std() == 0:  # noqa: PLR2004 - a spread needs two values
        return None
    rng = np.random.default_rng(seed)
    resampled = values[rng.integers(0, n, (draws, n))]
    spread = resampled.std(axis=1, ddof=1)
    usable = spread > 1e-9 * values.std()
    if 1 - usable.mean() > DEGENERATE_SHARE:
        return None
    ratio = (resampled.mean(axis=1)[usable] - values.mean()) / (spread[usable] / np.sqrt(n))
    low, high = np.quantile(ratio, [(1 - coverage) / 2, (1 + coverage) / 2])
    error = float(values.std(ddof=1)) / np.sqrt(n)
    return Interval(float(values.mean() - high * error), float(values.mean() - low * error))
