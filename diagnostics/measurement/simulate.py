"""Answers of people whose true abilities are known: for the demo, for tests, for benchmarks.

Every function takes the random generator, so the same seed gives the same people.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from diagnostics.measurement.errors import BadInputError
from diagnostics.measurement.numeric import FloatArray, complete_vector


def rasch_answers(abilities: ArrayLike, difficulties: ArrayLike, rng: np.random.Generator) -> FloatArray:
    """Persons × items of 0 and 1 with P(1) = 1 / (1 + exp(b − θ)); abilities and difficulties in logits."""
    theta = complete_vector(abilities, "abilities")
    difficulty = complete_vector(difficulties, "difficulties")
    chance = 1 / (1 + np.exp(difficulty - theta[:, None]))
    return (rng.random(chance.shape) < chance).astype(np.float64)


def step_answers(
    abilities: ArrayLike, thresholds: Sequence[Sequence[float]], rng: np.random.Generator
) -> FloatArray:
    """Persons × items of 0…m under the partial credit model; one row of thresholds (logits) an item."""
    theta = complete_vector(abilities, "abilities")
    columns = []
    for steps in thresholds:
        passed = np.concatenate(([0.0], np.cumsum(steps)))
        logits = theta[:, None] * np.arange(passed.size) - passed
        chance = np.exp(logits - logits.max(axis=1, keepdims=True))
        below = np.cumsum(chance / chance.sum(axis=1, keepdims=True), axis=1)[:, :-1]
        columns.append((rng.random((theta.size, 1)) > below).sum(axis=1))
    return np.array(columns, dtype=np.float64).T.reshape(theta.size, len(thresholds))


def show_forms(scores: FloatArray, forms: Sequence[Sequence[int]], assigned: ArrayLike) -> FloatArray:
    """Keep only the items of each person's form; the rest becomes NaN (not presented).

    Parameters
    ----------
    scores : persons × items
    forms : item numbers of each form
    assigned : (persons,) number of the form each person took
    """
    which = np.asarray(assigned, dtype=np.int64)
    if which.shape != scores.shape[:1] or (which < 0).any() or (which >= len(forms)).any():
        raise BadInputError("every person takes one of the forms")
    shown = np.zeros((len(forms), scores.shape[1]), dtype=bool)
    for row, items in zip(shown, forms, strict=True):
        row[list(items)] = True
    return np.where(shown[which], scores, np.nan)


def two_waves(
    persons: int, *, gain_mean: float, gain_sd: float, rng: np.random.Generator, ability_sd: float = 1.0
) -> tuple[FloatArray, FloatArray]:
    """Return true abilities (logits) of the same persons at entry and at exit."""
    entry = rng.normal(0.0, ability_sd, persons)
    return entry, entry + rng.normal(gain_mean, gain_sd, persons)


def congeneric_scores(
    persons: int, loadings: ArrayLike, errors: ArrayLike, rng: np.random.Generator, mean: float = 10.0
) -> FloatArray:
    """Persons × items with one normal factor: mean + λ·f + σ·e (λ loadings, σ standard deviations of errors)."""
    slope, error = complete_vector(loadings, "loadings"), complete_vector(errors, "errors")
    factor, noise = rng.normal(size=(persons, 1)), rng.normal(size=(persons, slope.size))
    return np.asarray(mean + factor * slope + noise * error)


def marks_of_raters(
    works: int, severity: ArrayLike, *, work_sd: float, error_sd: float, rng: np.random.Generator
) -> FloatArray:
    """Works × raters: quality of the work − severity of the rater + error, normal, unrounded."""
    strict = complete_vector(severity, "severity")
    quality = rng.normal(0.0, work_sd, (works, 1))
    return np.asarray(quality - strict + rng.normal(0.0, error_sd, (works, strict.size)))
