"""Slow twin of `survey`: the same quantities answer by answer, respondent by respondent."""

from __future__ import annotations

import math

import numpy as np

from diagnostics.measurement.numeric import FloatArray


def index(marks: list[float | None], lowest: float, highest: float, answered_from: float) -> float | None:
    """Index of one respondent, None where too few marks are given."""
    given = [mark for mark in marks if mark is not None]
    if not given or len(given) / len(marks) < answered_from - 1e-9:
        return None
    return 100 * (sum(given) / len(given) - lowest) / (highest - lowest)


def group_mean(values: list[float | None]) -> float | None:
    """Mean of those who have an index."""
    given = [value for value in values if value is not None]
    return sum(given) / len(given) if given else None


def over_groups(means: list[float | None], weights: list[float]) -> float | None:
    """Weighted mean of the groups that spoke."""
    heard = [(mean, w) for mean, w in zip(means, weights, strict=True) if mean is not None and w > 0]
    total = sum(w for _, w in heard)
    return sum(mean * w for mean, w in heard) / total if total else None


def drawn_means(values: list[float], size: int, seed: int, place: int) -> list[float]:
    """Bootstrap means of complete answers, one draw after another, without any widening."""
    rng = np.random.default_rng([seed, place])
    n = len(values)
    found = []
    for _ in range(size):
        taken = rng.multinomial(n, [1 / n] * n)
        found.append(sum(times * value for times, value in zip(taken.tolist(), values, strict=True)) / n)
    return found


def widened(mean: float, draws: list[float], n: int, t: float, z: float) -> list[float]:
    """Draws after Hesterberg's widening."""
    return [mean + (draw - mean) * math.sqrt(n / (n - 1)) * t / z for draw in draws]


def order_holds(draws: FloatArray, first: int, second: int) -> float:
    """Share of draws in which `first` stands above `second`."""
    return sum(1 for row in draws if row[first] > row[second]) / len(draws)
