"""Slow twin of `adaptive`: one person, one item and one ability at a time."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from diagnostics.measurement.latent.items import LatentItem, curves


def moments(
    answers: Sequence[tuple[LatentItem, int]], nodes: Sequence[float], mean: float, sd: float
) -> tuple[float, float]:
    """Mean and SD of the posterior on the given nodes; `answers` hold categories."""
    weights = []
    for node in nodes:
        weight = math.exp(-0.5 * ((node - mean) / sd) ** 2)
        for item, category in answers:
            weight *= float(curves([item], [node]).chances[0, 0, category])
        weights.append(weight)
    total = sum(weights)
    centre = sum(weight * node for weight, node in zip(weights, nodes, strict=True)) / total
    square = sum(weight * (node - centre) ** 2 for weight, node in zip(weights, nodes, strict=True)) / total
    return centre, math.sqrt(square)


def information(item: LatentItem, ability: float) -> float:
    """Fisher information at one ability."""
    return float(curves([item], [ability]).information()[0, 0])


def open_contents(
    counts: Mapping[str, int], least: Mapping[str, int], most: Mapping[str, int], left: int
) -> set[str]:
    """Contents from which an item may come when `left` items are still to be asked."""
    owed = {content: max(0, least[content] - counts[content]) for content in counts}
    found = set()
    for content, count in counts.items():
        after = sum(owed.values()) - (1 if owed[content] else 0)
        if count < most[content] and after <= left - 1:
            found.add(content)
    return found
