"""The standard error of one raw score: larger in the middle than at the ends."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from diagnostics.measurement.errors import BadInputError
from diagnostics.measurement.numeric import FloatArray, complete_vector


def binomial_sem(points: ArrayLike, n_items: int, correction: float = 1.0) -> FloatArray:
    """Lord's standard error of a number-right score, √(x(n − x)/(n − 1)) · √correction, in points.

    Source: Lord 1955, Educ. Psychol. Meas. 15: 325–336; correction of Keats 1957: (1 − ρ)/(1 − KR-21), because
    real items are not drawn at random.

    Parameters
    ----------
    points : (persons,) numbers of right answers
    correction : `keats_correction`; 1 = none

    Raises
    ------
    BadInputError
        With fewer than two items, points outside 0…n_items or a negative correction.
    """
    right = complete_vector(points, "points")
    if n_items < 2 or (right < 0).any() or (right > n_items).any() or correction < 0:  # noqa: PLR2004
        raise BadInputError("points lie within 0…items, and there are at least two items")
    return np.asarray(np.sqrt(correction * right * (n_items - right) / (n_items - 1)))


def keats_correction(reliability: float, kr21: float) -> float:
    """Return (1 − ρ)/(1 − KR-21), at most 1: the share of the binomial error that is really there.

    Raises
    ------
    BadInputError
        If the reliability is above 1 or KR-21 is 1 or more.
    """
    if reliability > 1 or kr21 >= 1:
        raise BadInputError("reliabilities lie below 1", reliability=reliability, kr21=kr21)
    return min(1.0, (1 - reliability) / (1 - kr21))


def compound_sem(points: ArrayLike, n_items: Sequence[int]) -> FloatArray:
    """Standard error of the total of a test built of parts: √Σ x_h(n_h − x_h)/(n_h − 1), in points.

    Source: Feldt, Qualls 1996, J. Educ. Meas. 33: 141–156 (compound binomial).

    Parameters
    ----------
    points : persons × parts, numbers of right answers
    n_items : items of each part, at least two

    Raises
    ------
    BadInputError
        If shapes differ or points lie outside their part.
    """
    right, sizes = np.asarray(points, dtype=np.float64), np.asarray(n_items, dtype=np.float64)
    if right.ndim != 2 or right.shape[1:] != sizes.shape or (sizes < 2).any():  # noqa: PLR2004
        raise BadInputError("one column a part, at least two items in each")
    if not ((right >= 0) & (right <= sizes)).all():
        raise BadInputError("points lie within their part")
    return np.asarray(np.sqrt((right * (sizes - right) / (sizes - 1)).sum(axis=1)))
