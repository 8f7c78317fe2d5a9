"""How large a change of a group is: standardised effects, rank test, normalised gain."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, isnan, lgamma, sqrt

import numpy as np

from diagnostics.measurement.intervals import Interval, widened
from diagnostics.measurement.numeric import FloatArray, special


@dataclass(frozen=True, slots=True)
class Effect:
    """Standardised mean change, corrected for small samples, with its interval."""

    value: float
    interval: Interval


@dataclass(frozen=True, slots=True)
class PairedEffects:
    """Effects of a paired change.

    Attributes
    ----------
    d_z : mean difference / SD of differences, uncorrected, noncentral-t interval
    g_z : the same times Hedges' factor
    d_av : mean difference / mean of the two SDs, uncorrected; its interval is that of d_z in other units (the
        ratio of the spreads is taken as known)
    g_av : the same times Hedges' factor
    """

    d_z: Effect
    g_z: Effect
    d_av: Effect
    g_av: Effect


def hedges_factor(freedom: float) -> float:
    """Exact correction J = Γ(m/2) / (√(m/2) · Γ((m − 1)/2)) for m degrees of freedom (Hedges 1981)."""
    return exp(lgamma(freedom / 2) - lgamma((freedom - 1) / 2)) / sqrt(freedom / 2)


def paired_effects(entry: FloatArray, leave: FloatArray, coverage: float) -> PairedEffects | None:
    """Effects of matched results; None for fewer than three pairs or without spread.

    Source: Lakens 2013, Front. Psychol. 4: 863 (d_av, d_z); Cumming, Finch 2001 (interval).
    """
    difference = leave - entry
    n = difference.size
    if n < 3:  # noqa: PLR2004 - Hedges' factor needs two degrees of freedom
        return None
    spread = float(difference.std(ddof=1))
    average = float(entry.std(ddof=1) + leave.std(ddof=1)) / 2
    if min(spread, average) <= 1e-12 * max(1.0, float(np.abs(difference).max())):
        return None
    ratio = float(difference.mean()) / spread
    low, high = noncentral_bounds(ratio * sqrt(n), n - 1, coverage) / sqrt(n)
    factor = hedges_factor(n - 1)
    units = spread / average

    def effect(unit: float) -> Effect:
        return Effect(unit * ratio, Interval(unit * float(low), unit * float(high)))

    return PairedEffects(effect(1.0), effect(factor), effect(units), effect(factor * units))


def linked_effects(
    effects: PairedEffects, entry: FloatArray, leave: FloatArray, link_error: float, coverage: float
) -> PairedEffects:
    """The same with the error of the link between the forms (units of the results) in every interval."""
    if not link_error:
        return effects
    factor, spread = hedges_factor(entry.size - 1), float((leave - entry).std(ddof=1))
    average = float(entry.std(ddof=1) + leave.std(ddof=1)) / 2

    def wider(one: Effect, unit: float) -> Effect:
        return Effect(one.value, widened(one.interval, one.value, link_error / unit, coverage))

    return PairedEffects(
        wider(effects.d_z, spread),
        wider(effects.g_z, spread / factor),
        wider(effects.d_av, average),
        wider(effects.g_av, average / factor),
    )


def noncentral_bounds(t: float, freedom: int, coverage: float) -> FloatArray:
    """(2,) noncentralities under which `t` is the upper, then the lower tail quantile."""
    cumulative, span = special().nctdtr, 10 + 2 * abs(t)

    def bound(tail: float) -> float:
        """Noncentrality at which P(T < t) = tail; that chance falls as the noncentrality grows."""
        low, high = t - span, t + span
        for _ in range(80):
            middle = (low + high) / 2
            below = float(cumulative(freedom, middle, t))
            # Here and there in the far tails the library has no number: there the chance is 1 or 0.
            above = middle < t if isnan(below) else below > tail
            low, high = (middle, high) if above else (low, middle)
        return (low + high) / 2

    return np.array([bound((1 + coverage) / 2), bound((1 - coverage) / 2)])


@dataclass(frozen=True, slots=True)
class SignedRanks:
    """Wilcoxon's test: sum of the ranks of positive differences, their number, two-sided p."""

    positive: float
    n_nonzero: int
    p: float


def wilcoxon(difference: FloatArray) -> SignedRanks | None:
    """Signed-rank test, normal approximation with continuity and tie correction, zeros left out.

    Source: Wilcoxon 1945; Hollander, Wolfe 1999, §3.1. None where every difference is zero.
    """
    moved = difference[np.abs(difference) > 1e-12 * max(1.0, float(np.abs(difference).max(initial=0.0)))]
    n = moved.size
    if n == 0:
        return None
    # Differences that are equal on paper stay tied in spite of rounding.
    _, place, ties = np.unique(np.round(np.abs(moved), 9), return_inverse=True, return_counts=True)
    ranks = (np.cumsum(ties) - (ties - 1) / 2)[place]
    positive = float(ranks[moved > 0].sum())
    variance = n * (n + 1) * (2 * n + 1) / 24 - float((ties**3 - ties).sum()) / 48
    away = positive - n * (n + 1) / 4
    z = (away - float(np.sign(away)) / 2) / sqrt(variance)
    return SignedRanks(positive, n, min(1.0, 2 * float(special().ndtr(-abs(z)))))


def normalised_gain(entry: float, leave: float) -> float | None:
    """(exit − entry) / (100 − entry) in per cent (Hake 1998); None where nothing was left to gain."""
    return (leave - entry) / (100 - entry) if entry < 100 else None  # noqa: PLR2004 - per cent
