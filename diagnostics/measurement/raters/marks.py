"""Do two raters give the same marks? Kappa, exact and adjacent agreement, which works need a third mark."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from diagnostics.measurement.errors import BadInputError
from diagnostics.measurement.intervals import Interval, normal_quantile, wilson_interval
from diagnostics.measurement.method import METHOD, Method
from diagnostics.measurement.numeric import BoolArray, FloatArray, one_blas_thread, vector


@dataclass(frozen=True, slots=True)
class Kappa:
    """Agreement beyond chance with its large-sample variance and interval.

    `reason` is "no_pairs" or "no_variance" (both raters gave one and the same mark to all), or None.
    """

    value: float | None
    variance: float | None
    interval: Interval | None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Share:
    """A share of the works (0…1) with Wilson's interval."""

    value: float
    interval: Interval


@dataclass(frozen=True, slots=True)
class MarkAgreement:
    """Two raters on the works that both marked.

    Attributes
    ----------
    n : works with both marks
    quadratic : kappa with quadratic weights
    exact, adjacent : share of equal marks, of marks at most one step apart; None without works
    third : places of the works whose marks differ so much that a third rater is asked
    """

    n: int
    quadratic: Kappa
    exact: Share | None
    adjacent: Share | None
    third: tuple[int, ...]


def mark_agreement(first: ArrayLike, second: ArrayLike, method: Method = METHOD) -> MarkAgreement:
    """Compare two raters; works with one mark are left out.

    Parameters
    ----------
    first, second : (works,) marks, NaN = not marked

    Raises
    ------
    BadInputError
        If the rows differ in length.
    """
    one, two = vector(first, "first"), vector(second, "second")
    if one.shape != two.shape:
        raise BadInputError("two marks a work", first=one.size, second=two.size)
    both = np.flatnonzero(~np.isnan(one) & ~np.isnan(two))
    table, _ = crossed(one[both], two[both])
    apart = np.abs(one[both] - two[both])
    return MarkAgreement(
        n=both.size,
        quadratic=kappa(table, quadratic_weights(_values(one[both], two[both])), method),
        exact=_share(apart < 1e-9, method),  # noqa: PLR2004 - equal but for rounding
        adjacent=_share(apart <= 1 + 1e-9, method),
        third=tuple(both[apart >= method.third_mark_from - 1e-9].tolist()),
    )


def _values(first: FloatArray, second: FloatArray) -> FloatArray:
    return np.unique(np.concatenate((first, second)))


def crossed(first: FloatArray, second: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Cross table of two rows of marks over the marks that occur, and those marks."""
    values = _values(first, second)
    table = np.zeros((values.size, values.size))
    np.add.at(table, (np.searchsorted(values, first), np.searchsorted(values, second)), 1.0)
    return table, values


def quadratic_weights(values: ArrayLike) -> FloatArray:
    """1 − (difference / range)² for the marks that stand in the table; their real distances count."""
    marks = np.asarray(values, dtype=np.float64)
    span = float(np.ptp(marks)) if marks.size else 0.0
    return 1 - ((marks[:, None] - marks) / span) ** 2 if span > 0 else np.ones((marks.size, marks.size))


def kappa(table: ArrayLike, weights: ArrayLike | None = None, method: Method = METHOD) -> Kappa:
    """Weighted kappa κ = (p_o − p_e)/(1 − p_e) of a cross table.

    Source: Cohen 1960, 1968; variance of the estimate Fleiss, Cohen, Everitt 1969, Psychol. Bull. 72: 323–327.

    Parameters
    ----------
    table : categories × categories, counts of works
    weights : the same shape, 1 on the diagonal; None = exact agreement only

    Raises
    ------
    BadInputError
        If the table is not square, has negative counts or other weights.
    """
    counts = np.asarray(table, dtype=np.float64)
    if counts.ndim != 2 or counts.shape[0] != counts.shape[1] or not (counts >= 0).all():  # noqa: PLR2004
        raise BadInputError("a square table of counts")
    weight = np.eye(len(counts)) if weights is None else np.asarray(weights, dtype=np.float64)
    if weight.shape != counts.shape:
        raise BadInputError("one weight a cell")
    n = counts.sum()
    if n == 0:
        return Kappa(None, None, None, "no_pairs")
    share = counts / n
    rows, columns = share.sum(axis=1), share.sum(axis=0)
    observed, expected = float((weight * share).sum()), float(rows @ weight @ columns)
    if expected > 1 - 1e-12:
        return Kappa(None, None, None, "no_variance")
    value = (observed - expected) / (1 - expected)
    mean = (weight @ columns)[:, None] + rows @ weight
    spread = float((share * (weight - mean * (1 - value)) ** 2).sum())
    variance = max(0.0, spread - (value - expected * (1 - value)) ** 2) / (float(n) * (1 - expected) ** 2)
    return Kappa(value, variance, _interval(value, variance, method.group_interval))


def _interval(value: float, variance: float, coverage: float) -> Interval | None:
    """By artanh κ, whose spread hardly depends on κ; value ± z·SE covers 0.88 for 95 % at 30 works."""
    if variance <= 0 or abs(value) >= 1:
        return None
    half = normal_quantile(coverage) * variance**0.5 / (1 - value**2)
    low, high = np.tanh([np.arctanh(value) - half, np.arctanh(value) + half])
    return Interval(float(low), float(high))


def _share(hits: BoolArray, method: Method) -> Share | None:
    n = int(hits.size)
    interval = wilson_interval(float(hits.mean()), n, method.group_interval) if n else None
    return None if interval is None else Share(float(hits.mean()), interval)


#: Resamples of works behind the interval of a mean kappa.
DRAWS = 1000
#: Works above which nothing is drawn: the interval would be narrower than the printed digits.
MOST_DRAWN = 20_000
#: Works × pairs that are summed at once.
MOST_CELLS = 500_000


def mean_kappa(marks: ArrayLike, method: Method = METHOD) -> Kappa:
    """Mean quadratic kappa over all pairs of raters, interval by drawing works again.

    Source: Light 1971, Psychol. Bull. 76: 365–377. With quadratic weights κ = 1 − E(x − y)² / (s²_x + s²_y +
    (m_x − m_y)²), so every draw costs a few sums (Fleiss, Cohen 1973). Pairs without common works or without
    spread are left out.

    Parameters
    ----------
    marks : works × raters, NaN = not marked

    Raises
    ------
    BadInputError
        If it is no matrix of at least two raters.
    """
    matrix = np.asarray(marks, dtype=np.float64)
    if matrix.ndim != 2 or matrix.shape[1] < 2 or np.isinf(matrix).any():  # noqa: PLR2004 - works, raters
        raise BadInputError("marks are a matrix of works × at least two raters")
    with one_blas_thread():
        table = _all_kappas(matrix, _drawn(matrix.shape[0], method))
    table = table[np.isfinite(table[:, 0])]
    if not table.size:
        common = any((~np.isnan(matrix)).sum(axis=1) > 1)
        return Kappa(None, None, None, "no_variance" if common else "no_pairs")
    value, again = float(table[:, 0].mean()), table[:, 1:]
    again = np.where(np.isfinite(again), again, table[:, :1]).mean(axis=0)
    if not again.size or float(np.ptp(again)) == 0:
        return Kappa(value, None, None)
    low, high = np.quantile(again, [(1 - method.group_interval) / 2, (1 + method.group_interval) / 2])
    return Kappa(value, float(again.var()), Interval(float(low), float(high)))


def _drawn(works: int, method: Method) -> FloatArray:
    """All works once in the first row, then how often each was drawn; no draws where works are very many."""
    whole = np.ones((1, works))
    if not 0 < works <= MOST_DRAWN:
        return whole
    rng = np.random.default_rng(method.bootstrap_seed)
    drawn = rng.multinomial(works, np.full(works, 1 / works), size=DRAWS)
    return np.vstack((whole, drawn.astype(np.float64)))


def _all_kappas(matrix: FloatArray, taken: FloatArray) -> FloatArray:
    """Pairs × draws; as many pairs at once as fit into the memory of a few million numbers."""
    one, two = np.triu_indices(matrix.shape[1], 1)
    away = matrix - np.nanmean(matrix) if (~np.isnan(matrix)).any() else matrix
    block = max(1, MOST_CELLS // max(matrix.shape[0], 1))
    parts = [
        _kappas(taken, away[:, one[start : start + block]], away[:, two[start : start + block]])
        for start in range(0, one.size, block)
    ]
    return np.asarray(np.concatenate(parts, axis=1).T)


def _kappas(taken: FloatArray, first: FloatArray, second: FloatArray) -> FloatArray:
    """Draws × pairs: quadratic kappa of each pair of columns under each row of work counts; NaN = undefined."""
    both = ~np.isnan(first) & ~np.isnan(second)
    x, y = np.where(both, first, 0.0), np.where(both, second, 0.0)
    sums = taken @ np.concatenate((both, x, y, x**2, y**2, (x - y) ** 2), axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        n, *totals = np.split(sums, 6, axis=1)
        mean_x, mean_y, square_x, square_y, apart = (total / n for total in totals)
        spread = square_x - mean_x**2 + square_y - mean_y**2
        expected = spread + (mean_x - mean_y) ** 2
        return np.where(expected > 1e-9, 1 - apart / expected, np.nan)  # noqa: PLR2004
