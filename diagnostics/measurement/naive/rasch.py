"""Slow twin of `rasch`: conditional likelihood by writing out every pattern of answers."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import product

import numpy as np

from diagnostics.measurement.numeric import FloatArray


def log_weight(pattern: Sequence[int], thresholds: Sequence[Sequence[float]]) -> float:
    """Return ln of the weight of one pattern: minus the sum of the thresholds that were passed."""
    return -sum(sum(steps[:score]) for score, steps in zip(pattern, thresholds, strict=True))


def ways(thresholds: Sequence[Sequence[float]]) -> list[float]:
    """Symmetric functions of order 0, 1, …: sums of weights over all patterns of that total."""
    found = [0.0] * (sum(len(steps) for steps in thresholds) + 1)
    for pattern in product(*(range(len(steps) + 1) for steps in thresholds)):
        found[sum(pattern)] += math.exp(log_weight(pattern, thresholds))
    return found


def conditional_log_likelihood(scores: FloatArray, thresholds: Sequence[Sequence[float]]) -> float:
    """Sum over persons of ln P(pattern | total), missing answers (NaN) left out person by person."""
    total = 0.0
    for person in scores:
        shown = [index for index in range(person.size) if not np.isnan(person[index])]
        steps = [thresholds[index] for index in shown]
        pattern = [int(person[index]) for index in shown]
        total += log_weight(pattern, steps) - math.log(ways(steps)[sum(pattern)])
    return total
