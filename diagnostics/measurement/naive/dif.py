"""Slow twins of `dif`: Mantel–Haenszel person by person, logistic regression by gradient of one item."""

from __future__ import annotations

import math
from collections import defaultdict

import numpy as np

from diagnostics.measurement.numeric import FloatArray

Strata = dict[tuple[tuple[bool, ...], float], list[list[int]]]


def strata_of(scores: FloatArray, focal: list[bool], item: int, matching: list[int]) -> Strata:
    """Counts [[wrong, right] of reference, of focal] by presented set and total of the matching items and the item."""
    found: Strata = defaultdict(lambda: [[0, 0], [0, 0]])
    for person, group in zip(scores, focal, strict=True):
        if not math.isnan(person[item]):
            shown = tuple(not math.isnan(answer) for answer in person)
            total = sum(person[place] for place in {*matching, item} if not math.isnan(person[place]))
            found[shown, total][group][int(person[item])] += 1
    return found


def mantel_haenszel(strata: Strata) -> tuple[float, float]:
    """Common odds ratio and corrected chi-square."""
    above = below = away = variance = 0.0
    for (wrong, right), (focal_wrong, focal_right) in strata.values():
        reference, focal = wrong + right, focal_wrong + focal_right
        total, solved = reference + focal, right + focal_right
        if not (reference and focal):
            continue
        above += right * focal_wrong / total
        below += wrong * focal_right / total
        away += right - reference * solved / total
        variance += reference * focal * solved * (total - solved) / (total**2 * (total - 1))
    return above / below, (abs(away) - min(0.5, abs(away))) ** 2 / variance


def deviance(answers: FloatArray, design: FloatArray, rounds: int = 60) -> float:
    """−2 log-likelihood of one logistic regression, Newton with the whole design person by person."""
    at = np.zeros(design.shape[1])
    for _ in range(rounds):
        chance = 1 / (1 + np.exp(-(design @ at)))
        information = (design * (chance * (1 - chance))[:, None]).T @ design
        at = at + np.linalg.solve(information, design.T @ (answers - chance))
    chance = 1 / (1 + np.exp(-(design @ at)))
    return float(-2 * (answers * np.log(chance) + (1 - answers) * np.log1p(-chance)).sum())
