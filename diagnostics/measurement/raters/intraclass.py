"""How much of the spread of marks is between works: intraclass correlations, and how severe each rater is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from diagnostics.measurement.errors import BadInputError
from diagnostics.measurement.intervals import Interval
from diagnostics.measurement.method import METHOD, Method
from diagnostics.measurement.numeric import FloatArray, special


@dataclass(frozen=True, slots=True)
class Correlation:
    """One intraclass correlation with its interval; negative estimates are reported as they come."""

    value: float
    interval: Interval | None


@dataclass(frozen=True, slots=True)
class Intraclass:
    """The correlations of complete works × raters.

    Attributes
    ----------
    n, raters : works marked by all; raters
    single, mean : ICC(2,1) of one rater's mark, ICC(2,k) of the mean mark (absolute agreement)
    one_way, one_way_mean : ICC(1,1), ICC(1,k)
    consistent, consistent_mean : ICC(3,1), ICC(3,k)
    reason : "too_few_works", "too_few_raters", "no_variance" (then the rest is None), or None

    A correlation of mean marks is None where works differ no more than chance allows it to be defined.
    """

    n: int
    raters: int
    single: Correlation | None
    mean: Correlation | None
    one_way: Correlation | None
    one_way_mean: Correlation | None
    consistent: Correlation | None
    consistent_mean: Correlation | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class _Squares:
    """Mean squares of works, raters, within works, and the rest; numbers of works and raters."""

    works: float
    raters: float
    within: float
    rest: float
    n: int
    k: int


def intraclass(marks: ArrayLike, method: Method = METHOD) -> Intraclass:
    """Six intraclass correlations by analysis of variance.

    Source: Shrout, Fleiss 1979, Psychol. Bull. 86: 420–428; McGraw, Wong 1996, Psychol. Methods 1: 30–46
    (intervals; Satterthwaite degrees of freedom for absolute agreement).

    Parameters
    ----------
    marks : works × raters, NaN = not marked; works with a missing mark are left out

    Raises
    ------
    BadInputError
        If it is no matrix.
    """
    matrix = np.asarray(marks, dtype=np.float64)
    if matrix.ndim != 2 or np.isinf(matrix).any():  # noqa: PLR2004 - works and raters
        raise BadInputError("marks are a matrix of works × raters")
    complete = matrix[~np.isnan(matrix).any(axis=1)]
    n, k = complete.shape
    if k < 2:  # noqa: PLR2004 - agreement needs two
        return _nothing(n, k, "too_few_raters")
    if n < 2:  # noqa: PLR2004 - a spread needs two works
        return _nothing(n, k, "too_few_works")
    squares = _squares(complete)
    if squares.works + squares.within <= 1e-12 * max(1.0, float(np.abs(complete).max()) ** 2):
        return _nothing(n, k, "no_variance")
    return Intraclass(n, k, *_absolute(squares, method), *_by_ratio(squares, method), None)


def _nothing(n: int, k: int, reason: str) -> Intraclass:
    return Intraclass(n, k, None, None, None, None, None, None, reason)


def _squares(marks: FloatArray) -> _Squares:
    n, k = marks.shape
    whole = float(marks.mean())
    works = k * float(((marks.mean(axis=1) - whole) ** 2).sum())
    raters = n * float(((marks.mean(axis=0) - whole) ** 2).sum())
    inside = max(0.0, float(((marks - whole) ** 2).sum()) - works)
    rest = max(0.0, inside - raters)
    return _Squares(
        works / (n - 1), raters / (k - 1), inside / (n * (k - 1)), rest / ((n - 1) * (k - 1)), n, k
    )


def _absolute(of: _Squares, method: Method) -> tuple[Correlation, Correlation | None]:
    """ICC(2,1) and ICC(2,k); the second is undefined where its denominator is not positive."""
    systematic = of.k * (of.raters - of.rest) / of.n
    single = (of.works - of.rest) / (of.works + (of.k - 1) * of.rest + systematic)
    whole = of.works + (of.raters - of.rest) / of.n
    interval = _absolute_interval(of, single, method.group_interval)
    stepped = interval and Interval(_stepped(interval.low, of.k), _stepped(interval.high, of.k))
    mean = Correlation((of.works - of.rest) / whole, stepped) if whole > 0 else None
    return Correlation(single, interval), mean


def _absolute_interval(of: _Squares, value: float, coverage: float) -> Interval | None:
    """McGraw, Wong 1996, table 7; None where both kinds of error are zero."""
    n, k = of.n, of.k
    share = k * value / (n * (1 - value)) if value < 1 else np.inf
    rest = 1 + k * value * (n - 1) / (n * (1 - value)) if value < 1 else np.inf
    first, second = share * of.raters, rest * of.rest
    if not np.isfinite(first + second) or first**2 + second**2 <= 0:
        return None
    freedom = (first + second) ** 2 / (first**2 / (k - 1) + second**2 / ((n - 1) * (k - 1)))
    tail = (1 + coverage) / 2
    quantile = special().fdtri
    low_f, high_f = float(quantile(n - 1, freedom, tail)), float(quantile(freedom, n - 1, tail))
    error = k * of.raters + (k * n - k - n) * of.rest
    low = n * (of.works - low_f * of.rest) / (low_f * error + n * of.works)
    high = n * (high_f * of.works - of.rest) / (error + n * high_f * of.works)
    return Interval(float(low), float(high))


def _stepped(value: float, k: int) -> float:
    """Spearman–Brown from one rater to k."""
    return k * value / (1 + (k - 1) * value)


def _by_ratio(
    of: _Squares, method: Method
) -> tuple[Correlation, Correlation | None, Correlation, Correlation | None]:
    """ICC(1,1), ICC(1,k), ICC(3,1), ICC(3,k): functions of one F ratio each; no mean form where works do not differ."""
    one_way = _pair(of.works, of.within, of.n - 1, of.n * (of.k - 1), of.k, method)
    consistent = _pair(of.works, of.rest, of.n - 1, (of.n - 1) * (of.k - 1), of.k, method)
    return *one_way, *consistent


def _pair(
    between: float, error: float, first: int, second: int, k: int, method: Method
) -> tuple[Correlation, Correlation | None]:
    if error <= 0:
        return Correlation(1.0, None), Correlation(1.0, None)
    ratio, quantile, tail = between / error, special().fdtri, (1 + method.group_interval) / 2
    low, high = ratio / float(quantile(first, second, tail)), ratio * float(quantile(second, first, tail))
    return (
        Correlation((ratio - 1) / (ratio + k - 1), Interval(*((f - 1) / (f + k - 1) for f in (low, high)))),
        Correlation(1 - 1 / ratio, Interval(1 - 1 / low, 1 - 1 / high)) if ratio > 0 else None,
    )


@dataclass(frozen=True, slots=True)
class Severity:
    """How much lower than the others one rater marks the same works (points; positive = severe): for the lead expert.

    `n` works were marked by the rater; `error` is None where too few marks remain to estimate it.
    """

    value: float
    error: float | None
    interval: Interval | None
    n: int


def severities(marks: ArrayLike, method: Method = METHOD) -> tuple[Severity, ...]:
    """Additive severity of each rater beside the quality of the works, by least squares; they sum to zero.

    mark = work − severity + error (two-way model without interaction; Searle 1971, ch. 7). Works with one mark
    say nothing about raters; raters are comparable only through chains of common works.

    Parameters
    ----------
    marks : works × raters, NaN = not marked

    Raises
    ------
    BadInputError
        If it is no matrix, or raters are not connected by common works.
    """
    matrix = np.asarray(marks, dtype=np.float64)
    if matrix.ndim != 2 or matrix.shape[1] < 2:  # noqa: PLR2004 - works and at least two raters
        raise BadInputError("marks are a matrix of works × at least two raters")
    kept = matrix[(~np.isnan(matrix)).sum(axis=1) > 1]
    given = (~np.isnan(kept)).astype(np.float64)
    per_work, k = np.maximum(given.sum(axis=1, keepdims=True), 1), kept.shape[1]
    normal = np.diag(given.sum(axis=0)) - (given / per_work).T @ given
    values, vectors = np.linalg.eigh(normal)
    if (values[1:] < 1e-9 * max(1.0, float(values[-1]))).any():
        raise BadInputError("raters are not connected by works that they marked in common")
    away = np.where(given > 0, kept - np.nansum(kept, axis=1, keepdims=True) / per_work, 0.0)
    inverse = np.asarray((vectors[:, 1:] / values[1:]) @ vectors[:, 1:].T)
    effects = inverse @ away.sum(axis=0)
    centred = np.where(given > 0, effects, 0.0)
    rest = np.where(given > 0, away - (centred - centred.sum(axis=1, keepdims=True) / per_work), 0.0)
    freedom = int(given.sum()) - kept.shape[0] - (k - 1)
    variance = float((rest**2).sum()) / freedom if freedom > 0 else None
    counts = (~np.isnan(matrix)).sum(axis=0)
    return tuple(
        _severity(-float(effect), variance, float(unit), freedom, int(n), method)
        for effect, unit, n in zip(effects, np.diag(inverse), counts, strict=True)
    )


def _severity(
    value: float, variance: float | None, unit: float, freedom: int, n: int, method: Method
) -> Severity:
    if variance is None:
        return Severity(value, None, None, n)
    error = (variance * unit) ** 0.5
    half = float(special().stdtrit(freedom, (1 + method.group_interval) / 2)) * error
    return Severity(value, error, Interval(value - half, value + half), n)
