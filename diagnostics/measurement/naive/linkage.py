"""Slow twin of `linkage`: the criteria point by point, item by item, category by category."""

from __future__ import annotations

from collections.abc import Sequence

from diagnostics.measurement.latent.items import LatentItem
from diagnostics.measurement.naive.latent import chances
from diagnostics.measurement.numeric import FloatArray


def expected_total(items: Sequence[LatentItem], theta: float) -> float:
    """Mean total at one ability."""
    return sum(k * one for item in items for k, one in enumerate(chances(item, theta)))


def haebara(
    base: Sequence[LatentItem], moved: Sequence[LatentItem], points: FloatArray, weights: FloatArray
) -> float:
    """Weighted sum of squared differences of all category curves on one scale."""
    found = 0.0
    for theta, weight in zip(points.tolist(), weights.tolist(), strict=True):
        for first, second in zip(base, moved, strict=True):
            pairs = zip(chances(first, theta), chances(second, theta), strict=True)
            found += weight * sum((one - other) ** 2 for one, other in pairs)
    return found


def stocking_lord(
    base: Sequence[LatentItem], moved: Sequence[LatentItem], points: FloatArray, weights: FloatArray
) -> float:
    """Weighted sum of squared differences of the expected totals on one scale."""
    return sum(
        weight * (expected_total(base, theta) - expected_total(moved, theta)) ** 2
        for theta, weight in zip(points.tolist(), weights.tolist(), strict=True)
    )
