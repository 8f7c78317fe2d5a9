"""Chances of total scores at given abilities, with all items and with each one left out."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from diagnostics.measurement.grid import Grid
from diagnostics.measurement.latent.items import LatentItem, curves
from diagnostics.measurement.numeric import FloatArray


def total_chances(chances: FloatArray, maxima: Sequence[int]) -> FloatArray:
    """Points × (R + 1): chance of each total.

    Source: Lord, Wingersky 1984, Appl. Psychol. Meas. 8: 453–461; for steps Thissen, Pommerich, Billeaud,
    Williams 1995.

    Parameters
    ----------
    chances : points × items × categories, 0 beyond the maximum of an item
    maxima : highest category of each item
    """
    return _times(_nothing(chances.shape[0], maxima), chances, maxima, range(len(maxima)))


def rest_chances(chances: FloatArray, maxima: Sequence[int]) -> FloatArray:
    """Items × points × (R + 1): chance of each total of all other items.

    Halves are multiplied into one another's beginnings, so k items cost k log k products, sums of positive
    numbers only.
    """
    out = np.zeros((len(maxima), chances.shape[0], sum(maxima) + 1))
    waiting = [(_nothing(chances.shape[0], maxima), range(len(maxima)))]
    while waiting:
        outside, inside = waiting.pop()
        if len(inside) == 1:
            out[inside[0]] = outside
            continue
        half = len(inside) // 2
        waiting.append((_times(outside, chances, maxima, inside[half:]), inside[:half]))
        waiting.append((_times(outside, chances, maxima, inside[:half]), inside[half:]))
    return out


def category_shares(items: Sequence[LatentItem], population: Grid) -> list[FloatArray]:
    """Totals × categories of each item: P(x_i = z | total), 0 for a total that cannot occur.

    ∫ P_iz S^(i)_{s−z} φ / Σ_z of the same, S^(i) the totals of all other items. Where all slopes are equal this
    does not depend on the population: the total says all about the ability.
    Source: Orlando, Thissen 2000, Appl. Psychol. Meas. 24: 50–64.
    """
    chances = curves(items, population.points).chances
    maxima = [item.maximum for item in items]
    weighted = population.weights[:, None, None] * chances
    rest = rest_chances(chances, maxima)
    return [_shares(rest[place], weighted[:, place, : most + 1]) for place, most in enumerate(maxima)]


def _shares(rest: FloatArray, weighted: FloatArray) -> FloatArray:
    joint = rest.T @ weighted
    for step in range(1, joint.shape[1]):
        joint[step:, step] = joint[:-step, step].copy()
        joint[:step, step] = 0.0
    whole = joint.sum(axis=1, keepdims=True)
    return np.divide(joint, whole, out=np.zeros_like(joint), where=whole > 0)


def _nothing(points: int, maxima: Sequence[int]) -> FloatArray:
    start = np.zeros((points, sum(maxima) + 1))
    start[:, 0] = 1.0
    return start


def _times(start: FloatArray, chances: FloatArray, maxima: Sequence[int], items: range) -> FloatArray:
    for item in items:
        after = start * chances[:, item, :1]
        for step in range(1, maxima[item] + 1):
            after[:, step:] += start[:, :-step] * chances[:, item, step, None]
        start = after
    return start
