"""Slow twins of `clusters`, `funnel` and `subscores`: draw by draw, point by point, two parts by hand."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np


def drawn_means(values: Sequence[float], groups: Sequence[object], draws: int, seed: int) -> list[float]:
    """Means of whole clusters drawn again, before any widening; clusters in sorted order."""
    names = sorted(set(groups), key=str)
    members = [
        [value for value, group in zip(values, groups, strict=True) if group == name] for name in names
    ]
    rng = np.random.default_rng(seed)
    found = []
    for times in rng.multinomial(len(names), [1 / len(names)] * len(names), size=draws).tolist():
        people = [value for count, cluster in zip(times, members, strict=True) for value in cluster * count]
        found.append(sum(people) / len(people))
    return found


def binomial_limit(target: float, n: int, p: float) -> float:
    """Interpolated quantile of a share."""
    below = 0.0
    for r in range(n + 1):
        chance = math.comb(n, r) * target**r * (1 - target) ** (n - r)
        below += chance
        if below >= p:
            return (r - (below - p) / chance) / n
    return 1.0
