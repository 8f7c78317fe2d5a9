"""The abilities that a person may have before the first answer: a normal distribution, weighed at points."""

from __future__ import annotations

import numpy as np

from diagnostics.measurement.errors import BadInputError
from diagnostics.measurement.latent.items import LatentItem
from diagnostics.measurement.latent.persons import Population
from diagnostics.measurement.numeric import FloatArray

#: Points at which an ability is weighed, and how many SD of the population they reach to either side.
NODES, REACH = 61, 5.0
#: No answer is impossible anywhere: a very steep item may surprise, but it cannot silence all others.
LEAST_CHANCE = 1e-12


def nodes(population: Population) -> FloatArray:
    """Evenly spaced abilities."""
    return np.asarray(population.mean + population.sd * np.linspace(-REACH, REACH, NODES))


def weights() -> FloatArray:
    """Share of a population at each of its nodes."""
    found = np.exp(-0.5 * np.linspace(-REACH, REACH, NODES) ** 2)
    return np.asarray(found / found.sum())


def share_below(at: FloatArray, cut: float) -> FloatArray:
    """(nodes,) share of the cell round each node that lies below the cut."""
    return np.asarray(np.clip((cut - at) / (at[1] - at[0]) + 0.5, 0.0, 1.0))


def category(item: LatentItem, score: int) -> int:
    """Category of a raw score.

    A score that the calibration never saw counts as the nearest below, under the lowest as the lowest: the
    same rule as `latent.coding`. Whether the score is possible at all is known to the scoring, not here.

    Raises
    ------
    BadInputError
        If the score is negative.
    """
    known = item.scores or range(item.lowest, item.lowest + item.maximum + 1)
    if score < 0:
        raise BadInputError("a score is not negative", item=item.name, score=score)
    return max(0, sum(one <= score for one in known) - 1)
