"""How the options of one item are chosen by the weak, the middle and the strong; does another option draw the strong?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from diagnostics.measurement.errors import BadInputError
from diagnostics.measurement.intervals import fisher_interval
from diagnostics.measurement.method import METHOD, Method
from diagnostics.measurement.numeric import BoolArray, FloatArray

THIRDS = 3


@dataclass(frozen=True, slots=True)
class OptionStatistics:
    """One option of an item.

    Attributes
    ----------
    chosen : persons who chose it
    thirds : share (0…1) choosing it in the weak, middle and strong third by the rest of the test
    r : correlation of choosing it with the rest of the test; None without spread
    draws_strong : not part of the key, chosen more by the strong (interval of r above 0), and drawing them
        more than a part of the key does: the key is in doubt
    """

    chosen: int
    thirds: tuple[float, float, float]
    r: float | None
    draws_strong: bool


def options(
    chosen: ArrayLike, rest: ArrayLike, key: ArrayLike, method: Method = METHOD
) -> tuple[OptionStatistics, ...]:
    """Describe every option of one item among the persons to whom it was presented.

    Source: distractor analysis by score groups, Haladyna, Rodriguez 2013, ch. 18.

    Parameters
    ----------
    chosen : persons × options, true where the person chose the option (nothing chosen = left out)
    rest : (persons,) share reached on the other items
    key : (options,) true for the options that the key names

    Returns
    -------
    One entry an option, in order; below `method.item_provisional_below` persons no key is doubted.

    Raises
    ------
    BadInputError
        If shapes differ or a rest is not a number.
    """
    marks, score, keyed = np.asarray(chosen, bool), np.asarray(rest, float), np.asarray(key, bool)
    if marks.ndim != THIRDS - 1 or marks.shape != (score.size, keyed.size) or not np.isfinite(score).all():
        raise BadInputError("one row a person with a finite rest, one column an option")
    shares = _shares(marks, score)
    found = [_correlation(column, score) for column in marks.T]
    weakest_key = min(
        (r if r is not None else 0.0 for r, is_key in zip(found, keyed, strict=True) if is_key), default=0.0
    )
    return tuple(
        OptionStatistics(
            int(marks[:, place].sum()),
            (float(shares[0, place]), float(shares[1, place]), float(shares[2, place])),
            r,
            not keyed[place] and _draws(r, weakest_key, score.size, method),
        )
        for place, r in enumerate(found)
    )


def _shares(marks: BoolArray, score: FloatArray) -> FloatArray:
    """Thirds × options; persons of equal rest fall by their order, so the same data give the same thirds."""
    order = np.argsort(score, kind="stable")
    groups = np.array_split(order, THIRDS)
    return np.array(
        [marks[group].mean(axis=0) if group.size else np.zeros(marks.shape[1]) for group in groups]
    )


def _correlation(column: BoolArray, score: FloatArray) -> float | None:
    if column.all() or not column.any() or np.ptp(score) <= 0:
        return None
    return float(np.corrcoef(column, score)[0, 1])


def _draws(r: float | None, weakest_key: float, n: int, method: Method) -> bool:
    if r is None or n < method.item_provisional_below or r <= weakest_key:
        return False
    interval = fisher_interval(r, n, method.group_interval)
    return interval is not None and interval.low > 0
