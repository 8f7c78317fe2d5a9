"""Where a person stands on the scale of calibrated items: Warm's weighted likelihood estimate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from diagnostics.measurement.calibration import CalibratedItem
from diagnostics.measurement.errors import BadInputError, EmptyDataError
from diagnostics.measurement.numeric import FloatArray, answer_matrix
from diagnostics.measurement.patterns import presented_sets, whole_scores

#: Abilities are sought between −BOUND and BOUND logits; a weighted estimate is always finite.
BOUND = 30.0
HALVINGS = 60


@dataclass(frozen=True, slots=True)
class ScoreTable:
    """Ability and standard error (logits) for each total score 0…R of one item set."""

    theta: tuple[float, ...]
    se: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Abilities:
    """Estimates of many persons, in the order of the rows.

    Attributes
    ----------
    theta, se : logits; None where `reason` says why
    reason : "no_answers" (none of the calibrated items was presented) or None
    """

    theta: tuple[float | None, ...]
    se: tuple[float | None, ...]
    reason: tuple[str | None, ...]


def score_table(items: Sequence[CalibratedItem]) -> ScoreTable:
    """Weighted likelihood estimate of each total score; SE = 1 / √information.

    Solves r − E(θ) + J(θ) / 2I(θ) = 0, where E and I are mean and variance of the total and J its third
    central moment: finite for the least and the greatest total too, and nearly unbiased.
    Source: Warm 1989, Psychometrika 54: 427–450; for steps Penfield, Bergeron 2005.

    Raises
    ------
    EmptyDataError
        If there are no items.
    """
    weights = _log_weights(items)
    totals = np.arange(sum(item.maximum for item in items) + 1, dtype=np.float64)
    low, high = np.full(totals.size, -BOUND), np.full(totals.size, BOUND)
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        mean, variance, third = _moments(weights, middle)
        above = totals - mean + third / (2 * variance) > 0
        low, high = np.where(above, middle, low), np.where(above, high, middle)
    theta = (low + high) / 2
    _, variance, _ = _moments(weights, theta)
    return ScoreTable(tuple(theta.tolist()), tuple((1 / np.sqrt(variance)).tolist()))


def abilities(scores: ArrayLike, items: Sequence[CalibratedItem]) -> Abilities:
    """Estimate every person from the items that were presented (NaN = not presented).

    Parameters
    ----------
    scores : persons × items, raw whole scores, columns as `items`

    Raises
    ------
    BadInputError
        If the columns are not the items or scores are not whole steps.
    """
    matrix = answer_matrix(scores)
    if matrix.shape[1] != len(items) or not whole_scores(matrix):
        raise BadInputError("one column of whole scores an item", columns=matrix.shape[1], items=len(items))
    lowest = np.array([item.lowest for item in items], dtype=np.float64)
    steps = np.clip(matrix - lowest, 0, [item.maximum for item in items])
    theta, se = np.full(matrix.shape[0], np.nan), np.full(matrix.shape[0], np.nan)
    for one in presented_sets(~np.isnan(matrix)):
        table = score_table([items[index] for index in one.items])
        total = np.nansum(steps[one.persons], axis=1).astype(np.int64)
        theta[one.persons] = np.array(table.theta)[total]
        se[one.persons] = np.array(table.se)[total]
    known = np.isfinite(theta)
    return Abilities(
        tuple(value if ok else None for value, ok in zip(theta.tolist(), known, strict=True)),
        tuple(value if ok else None for value, ok in zip(se.tolist(), known, strict=True)),
        tuple(None if ok else "no_answers" for ok in known),
    )


def expected_share(theta: ArrayLike, items: Sequence[CalibratedItem]) -> FloatArray:
    """Share of the maximum (0…1) that a person of ability `theta` is expected to reach on these items.

    The true-score scale: results of parallel forms speak one language on the reference form.
    """
    weights = _log_weights(items)
    at = np.atleast_1d(np.asarray(theta, dtype=np.float64))
    if not np.isfinite(at).all():
        raise BadInputError("abilities must be finite")
    mean, _, _ = _moments(weights, at)
    return np.asarray(mean / sum(item.maximum for item in items))


def separation_reliability(theta: ArrayLike, se: ArrayLike) -> float | None:
    """Share of the variance of the estimates that is not error: 1 − mean SE² / variance; None if undefined.

    Source: Wright, Masters 1982, ch. 5; negative values are reported as 0.
    """
    at, error = np.asarray(theta, dtype=np.float64), np.asarray(se, dtype=np.float64)
    spread = float(np.var(at, ddof=1)) if at.size > 1 else 0.0
    return max(0.0, 1 - float(np.mean(error**2)) / spread) if spread > 0 else None


def _log_weights(items: Sequence[CalibratedItem]) -> FloatArray:
    """Items × categories: cumulative weights, −inf for categories that cannot occur."""
    if not items:
        raise EmptyDataError("no calibrated items")
    table = np.full((len(items), max(item.maximum for item in items) + 1), -np.inf)
    for row, item in zip(table, items, strict=True):
        row[: item.maximum + 1] = [-np.inf if value is None else value for value in item.cumulative]
    return table


def _moments(weights: FloatArray, theta: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Mean, variance and third central moment of the total at each ability."""
    category = np.arange(weights.shape[1], dtype=np.float64)
    logits = weights + theta[:, None, None] * category
    chances = np.exp(logits - logits.max(axis=2, keepdims=True))
    chances /= chances.sum(axis=2, keepdims=True)
    mean = chances @ category
    away = category - mean[:, :, None]
    variance = (chances * away**2).sum(axis=2)
    third = (chances * away**3).sum(axis=2)
    return mean.sum(axis=1), variance.sum(axis=1), third.sum(axis=1)
