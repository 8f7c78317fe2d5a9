"""Elementary symmetric functions: ways to reach each total score, with and without some items.

The total of items with steps is a product of polynomials Π_i (1 + e_i1 z + e_i2 z² + …); the coefficient
of z^r is the symmetric function of order r. Leaving items out is done by multiplying the others again,
for all left-out items and pairs at once: additions of positive numbers only, so nothing cancels, unlike
the difference algorithm (Verhelst, Glas, van der Sluis 1984; Fischer, Ponocny 1994 for steps).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from diagnostics.measurement.numeric import BoolArray, FloatArray, IntArray


@dataclass(frozen=True, slots=True, eq=False)
class LeftOut:
    """Which items stay in each product: a mask items × products, and the pairs behind the columns."""

    single: BoolArray
    pair: BoolArray
    first: IntArray
    second: IntArray

    @classmethod
    def of(cls, count: int) -> LeftOut:
        """Masks for leaving out each of `count` items, and each pair of them."""
        first, second = np.triu_indices(count, 1)
        pair = np.ones((count, first.size), dtype=bool)
        columns = np.arange(first.size)
        pair[first, columns] = pair[second, columns] = False
        return cls(~np.eye(count, dtype=bool), pair, first, second)


def symmetric(steps: Sequence[FloatArray]) -> FloatArray:
    """(R + 1,) functions of order 0…R of all items; `steps[i]` holds e_i1, e_i2 and so on."""
    return products(steps, np.ones((len(steps), 1), dtype=bool))[:, 0]


def products(steps: Sequence[FloatArray], kept: BoolArray) -> FloatArray:
    """(R + 1) × products: the functions of the kept items of each column, R = steps of all items.

    Parameters
    ----------
    steps : e_i1, e_i2, … of each item
    kept : items × products
    """
    out = np.zeros((sum(len(one) for one in steps) + 1, kept.shape[1]))
    out[0] = 1.0
    degree = 0
    for one, stays in zip(steps, kept, strict=True):
        before = out[: degree + 1].copy()
        before *= stays
        for step, factor in enumerate(one, start=1):
            out[step : step + degree + 1] += factor * before
        degree += len(one)
    return out
