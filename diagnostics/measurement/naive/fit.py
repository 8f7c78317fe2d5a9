"""Slow twins of `fit`: person by person, pattern by pattern, straight from the published formulas."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import product

import numpy as np

from diagnostics.measurement.latent.items import LatentItem
from diagnostics.measurement.naive.latent import chances
from diagnostics.measurement.numeric import FloatArray


def mean_squares(
    answers: Sequence[float], items: Sequence[LatentItem], abilities: Sequence[float]
) -> tuple[float, float, float, float]:
    """Infit, its z, outfit, its z of paired answers, items and abilities (NaN = not presented)."""
    rows = []
    for answer, item, theta in zip(answers, items, abilities, strict=True):
        if not math.isnan(answer):
            p = chances(item, theta)
            mean = sum(k * one for k, one in enumerate(p))
            second, fourth = (sum((k - mean) ** power * one for k, one in enumerate(p)) for power in (2, 4))
            rows.append(((answer - mean) ** 2, second, fourth))
    n, whole = len(rows), sum(v for _, v, _ in rows)
    infit, outfit = sum(y for y, _, _ in rows) / whole, sum(y / v for y, v, _ in rows) / n
    inner = math.sqrt(sum(c - v**2 for _, v, c in rows)) / whole
    outer = math.sqrt(sum(c / v**2 for _, v, c in rows) / n**2 - 1 / n)

    def z(value: float, q: float) -> float:
        return (value ** (1 / 3) - 1) * 3 / q + q / 3

    return infit, z(infit, inner), outfit, z(outfit, outer)


def warm_correction(items: Sequence[LatentItem], theta: float) -> float:
    """Snijders' r₀ = J / 2I of right-or-wrong items (Warm 1989), J = Σ P'P'' / PQ."""
    above = below = 0.0
    for item in items:
        p = chances(item, theta)[1]
        first, second = item.slope * p * (1 - p), item.slope**2 * p * (1 - p) * (1 - 2 * p)
        above += first * second / (p * (1 - p))
        below += first**2 / (p * (1 - p))
    return above / (2 * below)


def snijders(answers: Sequence[int], items: Sequence[LatentItem], theta: float, r0: float) -> float:
    """lz* of right-or-wrong answers in the notation of the paper: w = ln(P/Q), r = P'/PQ."""
    p = [chances(item, theta)[1] for item in items]
    w = [math.log(one / (1 - one)) for one in p]
    r = [item.slope for item in items]
    rise = [item.slope * one * (1 - one) for item, one in zip(items, p, strict=True)]
    c = sum(a * b for a, b in zip(rise, w, strict=True)) / sum(a * b for a, b in zip(rise, r, strict=True))
    tilted = [a - c * b for a, b in zip(w, r, strict=True)]
    away = sum((x - one) * a for x, one, a in zip(answers, p, w, strict=True))
    spread = sum(a**2 * one * (1 - one) for a, one in zip(tilted, p, strict=True))
    return (away + c * r0) / math.sqrt(spread)


def shares_by_total(
    items: Sequence[LatentItem], place: int, points: FloatArray, weights: FloatArray
) -> list[list[float]]:
    """Totals × categories of item `place`, by writing out every pattern at every ability."""
    most = sum(item.maximum for item in items)
    table = np.zeros((most + 1, items[place].maximum + 1))
    for theta, weight in zip(points, weights, strict=True):
        p = [chances(item, theta) for item in items]
        for pattern in product(*(range(len(one)) for one in p)):
            chance = math.prod(one[k] for one, k in zip(p, pattern, strict=True))
            table[sum(pattern), pattern[place]] += weight * chance
    return [[float(one / row.sum()) for one in row] for row in table]


def q3(first: Sequence[float], second: Sequence[float]) -> float:
    """Correlation of two rows of residuals over the persons who have both."""
    pairs = [(a, b) for a, b in zip(first, second, strict=True) if not (math.isnan(a) or math.isnan(b))]
    return float(np.corrcoef(np.array(pairs).T)[0, 1])
