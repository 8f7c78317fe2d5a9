"""The people behind calibrated items: mean and deviation of their abilities, the items taken as known."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from diagnostics.measurement.errors import EmptyDataError
from diagnostics.measurement.latent.coding import Coded, coded
from diagnostics.measurement.latent.items import LatentItem, curves
from diagnostics.measurement.latent.persons import Population
from diagnostics.measurement.numeric import FloatArray, one_blas_thread

#: Abilities are weighed at evenly spaced points between −REACH and REACH logits.
REACH, NODES = 8.0, 161
#: The climb ends when neither number moves by more.
STILL, MOST = 1e-6, 2000
#: People who differ less are not told apart by any answer; a population narrower would silence them all.
LEAST_SD = 0.2


def population(scores: ArrayLike, items: Sequence[LatentItem]) -> Population:
    """Normal population of most likelihood (EM over points; Bock, Aitkin 1981, with the items fixed).

    Parameters
    ----------
    scores : persons × items, raw whole scores, NaN = not presented, columns as `items`

    Raises
    ------
    EmptyDataError
        If there are no items or nobody answered any.
    BadInputError
        If the columns are not the items or scores are no whole steps.
    """
    answers = coded(scores, items)
    if not answers.answered.any():
        raise EmptyDataError("nobody answered any of these items")
    at = np.linspace(-REACH, REACH, NODES)
    with one_blas_thread():
        logs = np.log(np.maximum(curves(items, at).chances, 1e-300))
        told = _likelihood(answers.rows(answers.answered), logs)
        return _climb(told, at)


def _likelihood(answers: Coded, logs: FloatArray) -> FloatArray:
    """Persons × points, each row relative to its best."""
    codes, shown = answers.codes, answers.shown
    found = np.zeros((codes.shape[0], logs.shape[0]))
    for place in range(codes.shape[1]):
        part = logs[:, place, :].T[codes[:, place]]
        found += part if shown is None else np.where(shown[:, place, None], part, 0.0)
    return np.asarray(np.exp(found - found.max(axis=1, keepdims=True)))


def _climb(told: FloatArray, at: FloatArray) -> Population:
    mean, sd = 0.0, 1.0
    for _ in range(MOST):
        weights = told * np.exp(-0.5 * ((at - mean) / sd) ** 2)
        weights /= weights.sum(axis=1, keepdims=True)
        means = weights @ at
        variance = float((weights @ at**2).mean() - means.mean() ** 2)
        new, wide = float(means.mean()), max(LEAST_SD, variance**0.5 if variance > 0 else 0.0)
        moved = max(abs(new - mean), abs(wide - sd))
        mean, sd = new, wide
        if moved < STILL:
            break
    return Population(mean, sd)
