"""Answers of people whose mastered skills are known: for tests and benchmarks."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from diagnostics.measurement.cognitive.q_matrix import Gate, QMatrix
from diagnostics.measurement.errors import BadInputError
from diagnostics.measurement.numeric import BoolArray, FloatArray, complete_vector


def correlated_profiles(persons: int, skills: int, correlation: float, rng: np.random.Generator) -> BoolArray:
    """Persons × skills: mastered where a normal value is positive; the values correlate by pairs.

    Raises
    ------
    BadInputError
        If the correlation does not lie in 0…1.
    """
    if not 0 <= correlation <= 1:
        raise BadInputError("a correlation of skills lies in 0…1", correlation=correlation)
    common, own = rng.normal(size=(persons, 1)), rng.normal(size=(persons, skills))
    return np.asarray(np.sqrt(correlation) * common + np.sqrt(1 - correlation) * own > 0)


def skill_answers(
    mastered: BoolArray,
    q: QMatrix,
    gate: Gate,
    guess: ArrayLike,
    slip: ArrayLike,
    rng: np.random.Generator,
) -> FloatArray:
    """Persons × items of 0 and 1: right with 1 − slip if the profile suffices, with `guess` if not.

    Raises
    ------
    BadInputError
        If there is not one chance an item or not one column a skill.
    """
    low, high = complete_vector(guess, "guess"), 1 - complete_vector(slip, "slip")
    if mastered.shape[1] != len(q.skills) or not low.size == high.size == len(q.items):
        raise BadInputError("one column a skill, one chance of each kind an item")
    held = mastered.astype(np.float64) @ q.needs.T.astype(np.float64)
    sufficient = held >= (q.needs.sum(axis=1) if gate is Gate.ALL else 1)
    chance = np.where(sufficient, high, low)
    return (rng.random(chance.shape) < chance).astype(np.float64)
