"""Means of people who come in schools or groups: whole clusters are drawn again, not persons."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from diagnostics.measurement.errors import BadInputError
from diagnostics.measurement.intervals import Interval, normal_quantile
from diagnostics.measurement.method import METHOD, Method
from diagnostics.measurement.numeric import FloatArray, IntArray, optional, special


@dataclass(frozen=True, slots=True, eq=False)
class ClusterMeans:
    """Means of the columns over all persons.

    Attributes
    ----------
    means : None where nobody has a value
    intervals : None where fewer than two clusters have a value
    clusters : clusters with a value, by column
    draws : draws × columns (NaN where nobody), for figures that are built of several means
    """

    means: tuple[float | None, ...]
    intervals: tuple[Interval | None, ...]
    clusters: tuple[int, ...]
    draws: FloatArray


def cluster_bootstrap(
    values: ArrayLike,
    groups: ArrayLike,
    *,
    seed: int | None = None,
    draws: int | None = None,
    method: Method = METHOD,
) -> ClusterMeans:
    """Bootstrap of means over persons by drawing whole clusters (ratio Σ sums / Σ counts).

    Deviations are widened by √(G/(G−1)) · t(G−1)/z, because few clusters make the plain percentile interval too
    short. Source: Davison, Hinkley 1997, §3.8; Cameron, Gelbach, Miller 2008; widening Hesterberg 2015, §4.1.

    Parameters
    ----------
    values : persons × columns, NaN = no value
    groups : (persons,) cluster of each person: numbers or words; the order of persons does not matter
    seed, draws : None = those of the method

    Raises
    ------
    BadInputError
        If it is no matrix, lengths differ or draws are not positive.
    """
    matrix, names = np.asarray(values, dtype=np.float64), np.asarray(groups)
    size = method.bootstrap_draws if draws is None else draws
    if matrix.ndim != 2 or names.shape != matrix.shape[:1] or size < 1 or np.isinf(matrix).any():  # noqa: PLR2004
        raise BadInputError("a matrix of persons × columns, one cluster a person")
    sums, counts = _per_cluster(matrix, names)
    n = sums.shape[0]
    means = _ratio(sums.sum(axis=0), counts.sum(axis=0))
    present = (counts > 0).sum(axis=0)
    rng = np.random.default_rng(method.bootstrap_seed if seed is None else seed)
    taken = rng.multinomial(n, np.full(n, 1 / n), size=size).astype(np.float64) if n else np.zeros((size, 0))
    drawn = _ratio(taken @ sums, taken @ counts)
    # A draw without anybody who has a value says nothing new.
    wide = means + (np.where(np.isnan(drawn), means, drawn) - means) * widening(
        present, method.group_interval
    )
    tails = [(1 - method.group_interval) / 2, (1 + method.group_interval) / 2]
    return ClusterMeans(
        means=tuple(map(optional, means.tolist())),
        intervals=tuple(
            Interval(*map(float, np.quantile(wide[:, column], tails))) if many > 1 else None
            for column, many in enumerate(present.tolist())
        ),
        clusters=tuple(present.tolist()),
        draws=wide,
    )


def _per_cluster(matrix: FloatArray, names: NDArray[Any]) -> tuple[FloatArray, FloatArray]:
    """Clusters × columns: sums and numbers of values."""
    found, place = np.unique(names, return_inverse=True)
    given = ~np.isnan(matrix)
    sums, counts = np.zeros((found.size, matrix.shape[1])), np.zeros((found.size, matrix.shape[1]))
    np.add.at(sums, place, np.where(given, matrix, 0.0))
    np.add.at(counts, place, given)
    return sums, counts


def widening(clusters: IntArray, coverage: float) -> FloatArray:
    """√(G/(G−1)) · t(G−1)/z for each number of clusters; at least two are counted."""
    n = np.maximum(clusters, 2).astype(np.float64)
    return np.asarray(
        np.sqrt(n / (n - 1)) * special().stdtrit(n - 1, (1 + coverage) / 2) / normal_quantile(coverage)
    )


def _ratio(sums: FloatArray, counts: FloatArray) -> FloatArray:
    return np.divide(sums, counts, out=np.full(np.shape(sums), np.nan), where=counts > 0)
