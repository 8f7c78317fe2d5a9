"""Slow twin of `cognitive`: person by person, profile by profile, item by item."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import product

import numpy as np

from diagnostics.measurement.numeric import FloatArray


def is_able(profile: Sequence[int], needs: Sequence[int], *, all_needed: bool) -> bool:
    """Whether the profile suffices for an item."""
    held = [bool(one) for one, needed in zip(profile, needs, strict=True) if needed]
    return all(held) if all_needed else any(held)


def all_profiles(skills: int) -> list[tuple[int, ...]]:
    """Every profile, the first skill being the lowest bit."""
    return [bits[::-1] for bits in product((0, 1), repeat=skills)]


def joint(
    person: FloatArray,
    needs: Sequence[Sequence[int]],
    guess: Sequence[float],
    slip: Sequence[float],
    shares: Sequence[float],
    *,
    all_needed: bool,
) -> list[float]:
    """P(answers and profile) of one person for each profile; missing answers (NaN) do not count."""
    found = []
    for share, profile in zip(shares, all_profiles(len(needs[0])), strict=True):
        chance = share
        for answer, row, g, s in zip(person, needs, guess, slip, strict=True):
            right = 1 - s if is_able(profile, row, all_needed=all_needed) else g
            chance *= 1.0 if np.isnan(answer) else right if answer == 1 else 1 - right
        found.append(chance)
    return found


def mastery(weights: Sequence[float]) -> list[float]:
    """P(mastered) of each skill from the joint chances of the profiles."""
    every = all_profiles(round(math.log2(len(weights))))
    total = sum(weights)
    return [
        sum(weight for weight, profile in zip(weights, every, strict=True) if profile[skill]) / total
        for skill in range(len(every[0]))
    ]


def log_likelihood(
    scores: FloatArray,
    needs: Sequence[Sequence[int]],
    guess: Sequence[float],
    slip: Sequence[float],
    shares: Sequence[float],
    *,
    all_needed: bool,
) -> float:
    """Marginal log-likelihood of all persons."""
    return sum(
        math.log(sum(joint(person, needs, guess, slip, shares, all_needed=all_needed))) for person in scores
    )
