"""Answers on a scale of opinion → an index of 0…100 for each respondent (methods.md §8)."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from diagnostics.measurement.errors import BadInputError
from diagnostics.measurement.method import METHOD
from diagnostics.measurement.numeric import FloatArray

LOWEST, HIGHEST = 1.0, 4.0  # four points: «нет», «скорее нет», «скорее да», «да»
_ROUNDING = 1e-9


def respondent_indices(
    marks: ArrayLike,
    *,
    lowest: float = LOWEST,
    highest: float = HIGHEST,
    answered_from: float = METHOD.answered_from,
) -> FloatArray:
    """(mean − lowest) / (highest − lowest) · 100 of each row.

    Parameters
    ----------
    marks
        Respondents × items; NaN = left empty or «затрудняюсь ответить», never a zero.

    Returns
    -------
    One index for each respondent; NaN where fewer than `answered_from` of the items have an answer.

    Raises
    ------
    BadInputError
        If it is no matrix or a mark lies outside the scale.
    """
    values = np.asarray(marks, dtype=np.float64)
    if values.ndim != 2:  # noqa: PLR2004 - respondents and items
        raise BadInputError("marks must be a matrix of respondents × items")
    given = ~np.isnan(values)
    if ((values < lowest) | (values > highest))[given].any():
        raise BadInputError("a mark lies outside the scale")
    answered = given.sum(axis=1)
    enough = (answered >= answered_from * values.shape[1] - _ROUNDING) & (answered > 0)
    sums = np.where(given, values, 0.0).sum(axis=1)
    means = np.divide(sums, answered, out=np.full(len(values), np.nan), where=enough)
    return 100.0 * (means - lowest) / (highest - lowest)
