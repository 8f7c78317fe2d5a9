"""Yen's Q3: do two items share more than the ability that all items measure?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from diagnostics.measurement.fit.answered import Known, answered
from diagnostics.measurement.latent.items import LatentItem
from diagnostics.measurement.method import METHOD, Method
from diagnostics.measurement.numeric import FloatArray, one_blas_thread

#: Sums of squares below this are rounding.
ROUNDING = 1e-12


@dataclass(frozen=True, slots=True)
class Pair:
    """Two items: names, persons who answered both, residual correlation, the same above the mean of all pairs."""

    first: str
    second: str
    n: int
    q3: float
    above_mean: float


@dataclass(frozen=True, slots=True, eq=False)
class Dependence:
    """Residual correlations of all pairs.

    Attributes
    ----------
    q3 : items × items; None where too few persons answered both or residuals do not vary, and on the diagonal
    n : items × items, judged persons who answered both
    mean : mean over pairs; None where no pair has a value
    expected : −1 / (k − 1), what the mean is where the model holds: residuals of one test sum to about zero;
        None for one item
    flagged : pairs far above the mean, the farthest first
    reason : why `mean` is None: "too_few_items", "too_few_answers"
    """

    q3: tuple[tuple[float | None, ...], ...]
    n: tuple[tuple[int, ...], ...]
    mean: float | None
    expected: float | None
    flagged: tuple[Pair, ...]
    reason: str | None


def local_dependence(
    scores: ArrayLike,
    items: Sequence[LatentItem],
    theta: Known,
    above: float | None = None,
    method: Method = METHOD,
) -> Dependence:
    """Correlations of residuals x − E(x | θ̂) over the persons who answered both items of a pair.

    A pair is flagged relative to the mean of all pairs, since that mean lies below 0 where items are
    independent. Pairs answered by fewer than the method's provisional number get a value and no flag.
    Source: Yen 1984, Appl. Psychol. Meas. 8: 125–145 (Q3), 1993 (its mean); Christensen, Makransky, Horton
    2017, Appl. Psychol. Meas. 41: 178–194 (flags).

    Parameters
    ----------
    scores, items, theta : see `answered`
    above : distance from the mean from which a pair is flagged; None = as the method says

    Raises
    ------
    EmptyDataError, BadInputError
        See `answered`.
    """
    found = answered(scores, items, theta)
    count = len(found.items)
    residuals, shown = np.zeros(found.steps.shape), found.shown & found.used[:, None]
    for block in found.blocks():
        residuals[block.rows] = (block.steps - block.curves.expected()[block.place]) * block.shown
    with one_blas_thread():
        table, common = _correlations(residuals, shown.astype(np.float64), method.item_counts_below)
    upper = np.triu_indices(count, 1)
    known = np.isfinite(table[upper])
    mean = float(table[upper][known].mean()) if known.any() else None
    limit = method.dependence_from if above is None else above
    firm = common >= method.item_provisional_below
    reason = None if known.any() else ("too_few_items" if count < 2 else "too_few_answers")  # noqa: PLR2004
    return Dependence(
        q3=tuple(tuple(x if np.isfinite(x) else None for x in row) for row in table.tolist()),
        n=tuple(tuple(map(int, row)) for row in common.tolist()),
        mean=mean,
        expected=-1 / (count - 1) if count > 1 else None,
        flagged=()
        if mean is None
        else _flagged(found.items, np.where(firm, table, np.nan), common, mean, limit),
        reason=reason,
    )


def _correlations(residuals: FloatArray, shown: FloatArray, least: int) -> tuple[FloatArray, FloatArray]:
    """Pairwise-complete correlations (NaN where undefined, and on the diagonal) and numbers of persons."""
    common = shown.T @ shown
    n = np.maximum(common, 1.0)
    first = residuals.T @ shown  # sums of the row's residual over persons who answered the column too
    cross = residuals.T @ residuals - first * first.T / n
    square = (residuals**2).T @ shown - first**2 / n
    scale = np.sqrt(np.maximum(square, 0.0) * np.maximum(square.T, 0.0))
    table = np.full(common.shape, np.nan)
    np.divide(cross, scale, out=table, where=(scale > ROUNDING * n) & (common >= least))
    np.fill_diagonal(table, np.nan)
    return np.clip(table, -1.0, 1.0), common


def _flagged(
    items: Sequence[LatentItem], table: FloatArray, common: FloatArray, mean: float, above: float
) -> tuple[Pair, ...]:
    places = np.argwhere(np.triu(np.nan_to_num(table, nan=-np.inf) - mean > above, 1))
    pairs = [
        Pair(
            items[row].name,
            items[column].name,
            int(common[row, column]),
            float(table[row, column]),
            float(table[row, column]) - mean,
        )
        for row, column in places
    ]
    return tuple(sorted(pairs, key=lambda pair: -pair.q3))
