"""Equal rows of answers are counted once: the work goes by patterns, not by persons."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from diagnostics.measurement.errors import BadInputError
from diagnostics.measurement.numeric import BoolArray, FloatArray, IntArray, answer_matrix


@dataclass(frozen=True, slots=True, eq=False)
class Counted:
    """Distinct patterns of right-or-wrong answers.

    Attributes
    ----------
    right : items × patterns, 1 = solved; 0 where not presented
    shown : items × patterns, or None where everybody saw everything
    weight : (patterns,) persons with the pattern
    pattern : (persons,) pattern of each person
    """

    right: FloatArray
    shown: FloatArray | None
    weight: FloatArray
    pattern: IntArray


def right_or_wrong(scores: ArrayLike, items: int) -> FloatArray:
    """Persons × items of 0, 1 and NaN.

    Raises
    ------
    BadInputError
        If the number of columns is another one or a score is something else.
    """
    matrix = answer_matrix(scores)
    if matrix.shape[1] != items:
        raise BadInputError("one column an item", columns=matrix.shape[1], items=items)
    if ((matrix != 0) & (matrix != 1) & ~np.isnan(matrix)).any():
        raise BadInputError("answers are right or wrong: 0 or 1")
    return matrix


def counted(scores: FloatArray) -> Counted:
    """Patterns of a persons × items matrix of 0, 1 and NaN."""
    shown, right = ~np.isnan(scores), scores == 1
    packed = np.packbits(np.concatenate((right, shown), axis=1), axis=1)
    keys = packed.view(np.dtype((np.void, packed.shape[1]))).ravel()
    _, first, pattern, weight = np.unique(keys, return_index=True, return_inverse=True, return_counts=True)
    return Counted(
        _columns(right[first]),
        None if shown.all() else _columns(shown[first]),
        weight.astype(np.float64),
        pattern.astype(np.int64),
    )


def _columns(rows: BoolArray) -> FloatArray:
    return np.ascontiguousarray(rows.T, dtype=np.float64)
