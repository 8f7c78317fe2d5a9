"""What a group says on average, with the error of having asked these respondents and no others.

Respondents are the clusters: one draw takes or leaves all that a respondent said, so that what is built of
several columns (an index over groups, importance times gap) keeps its covariance.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from diagnostics.measurement.errors import BadInputError
from diagnostics.measurement.intervals import Interval, normal_quantile
from diagnostics.measurement.method import METHOD, Method
from diagnostics.measurement.numeric import FloatArray, special


@dataclass(frozen=True, slots=True, eq=False)
class Voice:
    """One group: respondents × columns of indices (0…100), NaN = no index; `weight` in an index over groups.

    declared   a sheet that several people agreed on: one row, not a sample of anybody, so no interval
    """

    name: str
    values: FloatArray
    weight: float = 1.0
    declared: bool = False


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean of `n` respondents; `interval` None for a declaration or fewer than two respondents."""

    value: float
    interval: Interval | None
    n: int


@dataclass(frozen=True, slots=True, eq=False)
class Resampled:
    """Means of the columns (NaN = nobody) and their draws, draws × columns, centred on the means."""

    means: FloatArray
    draws: FloatArray
    counts: tuple[int, ...]


def resample(voice: Voice, place: int, method: Method = METHOD) -> Resampled:
    """Bootstrap of one group; `place` makes its draws its own, whatever other groups there are.

    The same answers give the same draws in whatever order the respondents come.

    Deviations are widened by √(n/(n−1)) · t/z: the plain percentile interval of a small group is too short.
    Source: Hesterberg 2015, The American Statistician 69(4), "expanded percentile interval", §4.1 and §5.

    Raises
    ------
    BadInputError
        If the values are no matrix.
    """
    values = np.asarray(voice.values, dtype=np.float64)
    if values.ndim != 2:  # noqa: PLR2004 - respondents and columns
        raise BadInputError("a voice is a matrix of respondents × columns", name=voice.name)
    values = _in_order(values)
    given = ~np.isnan(values)
    counts = given.sum(axis=0)
    filled = np.where(given, values, 0.0)
    means = _ratio(filled.sum(axis=0), counts)
    size = method.bootstrap_draws
    if voice.declared or len(values) < 2:  # noqa: PLR2004 - a spread needs two
        return Resampled(means, np.tile(means, (size, 1)), tuple(counts.tolist()))
    rng = np.random.default_rng([method.bootstrap_seed, place])
    taken = rng.multinomial(len(values), np.full(len(values), 1 / len(values)), size=size).astype(np.float64)
    drawn = _ratio(taken @ filled, taken @ given)
    drawn = np.where(np.isnan(drawn), means, drawn)  # nobody with an index was drawn: says nothing new
    wide = means + (drawn - means) * _widening(counts, method.group_interval)
    return Resampled(means, wide, tuple(counts.tolist()))


def estimates(voice: Voice, found: Resampled, method: Method = METHOD) -> tuple[Estimate | None, ...]:
    """The columns of one group; None where nobody has an index."""
    return tuple(
        _estimate(found.means[column], found.draws[:, column], n, sampled=not voice.declared, method=method)
        if n
        else None
        for column, n in enumerate(found.counts)
    )


def over_groups(
    voices: Sequence[Voice], found: Sequence[Resampled], column: int, method: Method = METHOD
) -> tuple[Estimate, FloatArray] | None:
    """Weighted mean of the group means of one column, and its draws; None where no group with weight spoke."""
    speaking = [
        (voice.weight, one)
        for voice, one in zip(voices, found, strict=True)
        if voice.weight > 0 and one.counts[column]
    ]
    if not speaking:
        return None
    weights = np.array([weight for weight, _ in speaking]) / sum(weight for weight, _ in speaking)
    value = float(weights @ np.array([one.means[column] for _, one in speaking]))
    draws = np.array([one.draws[:, column] for _, one in speaking]).T @ weights
    n = sum(one.counts[column] for _, one in speaking)
    return _estimate(value, draws, n, sampled=True, method=method), draws


def interval_of(draws: FloatArray, method: Method = METHOD) -> Interval:
    """Percentile interval of draws."""
    low, high = np.quantile(draws, [(1 - method.group_interval) / 2, (1 + method.group_interval) / 2])
    return Interval(float(low), float(high))


def _estimate(value: float, draws: FloatArray, n: int, *, sampled: bool, method: Method) -> Estimate:
    if not sampled or n < 2:  # noqa: PLR2004 - a spread needs two
        return Estimate(float(value), None, n)
    found = interval_of(draws, method)
    return Estimate(float(value), Interval(max(0.0, found.low), min(100.0, found.high)), n)


def _in_order(values: FloatArray) -> FloatArray:
    """Rows sorted by what they say."""
    keys = np.where(np.isnan(values), -1.0, values)
    return values[np.lexsort(keys.T[::-1])] if values.size else values


def _widening(counts: FloatArray, coverage: float) -> FloatArray:
    n = np.maximum(counts, 2).astype(np.float64)
    t = special().stdtrit(n - 1, (1 + coverage) / 2)
    return np.asarray(np.sqrt(n / (n - 1)) * t / normal_quantile(coverage))


def _ratio(sums: FloatArray, counts: FloatArray) -> FloatArray:
    return np.divide(sums, counts, out=np.full(np.shape(sums), np.nan), where=np.asarray(counts) > 0)
