"""Which items run against the others: a negative alpha has a reason, and the reason has names."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from diagnostics.measurement.numeric import BoolArray, FloatArray, answer_matrix


def against(scores: ArrayLike) -> tuple[int, ...]:
    """Places of the items that the first principal component of the correlations puts against the majority.

    Where as many run one way as the other, those with the smaller sum of loadings are named, else the later
    ones. Constant items run nowhere. Rows with a missing answer are left out.

    Parameters
    ----------
    scores : persons × items, NaN = missing
    """
    matrix = answer_matrix(scores)
    complete = matrix[~np.isnan(matrix).any(axis=1)]
    if complete.shape[0] < 3:  # noqa: PLR2004 - two persons lie on a line: every item "runs" somewhere
        return ()
    away = complete - complete.mean(axis=0)
    spread = np.sqrt((away**2).sum(axis=0))
    moves = np.flatnonzero(spread > 1e-9 * max(1.0, float(np.abs(complete).max(initial=0.0))))
    if moves.size < 2:  # noqa: PLR2004 - one item has nothing to run against
        return ()
    unit = away[:, moves] / spread[moves]
    _, vectors = np.linalg.eigh(unit.T @ unit)
    return tuple(moves[_minority(vectors[:, -1])].tolist())


def _minority(loadings: FloatArray) -> BoolArray:
    """Mask of the smaller side of a component; loadings of rounding size stand on neither."""
    up, down = loadings > 1e-9, loadings < -1e-9  # noqa: PLR2004
    sizes = (int(up.sum()), float(loadings[up].sum())), (int(down.sum()), float(-loadings[down].sum()))
    if not sizes[0][0] or not sizes[1][0]:
        return np.zeros(loadings.size, dtype=bool)
    if np.isclose(sizes[0][1], sizes[1][1]) and sizes[0][0] == sizes[1][0]:
        return down if up[0] else up
    return up if sizes[0] < sizes[1] else down


def turned(scores: ArrayLike, places: tuple[int, ...], maxima: ArrayLike) -> FloatArray:
    """Copy in which the named items are turned round within 0…maximum."""
    matrix = answer_matrix(scores).copy()
    greatest = np.asarray(maxima, dtype=np.float64)
    columns = list(places)
    matrix[:, columns] = greatest[columns] - matrix[:, columns]
    return matrix
