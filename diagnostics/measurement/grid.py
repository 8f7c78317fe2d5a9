"""Points and weights over which a latent ability is averaged."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from diagnostics.measurement.errors import BadInputError
from diagnostics.measurement.numeric import FloatArray, complete_vector

#: Standard deviations to either side and number of points: the step is a fifth of a standard deviation.
REACH = 6.0
POINTS = 61


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """Abilities and their shares.

    Attributes
    ----------
    points : (Q,) logits
    weights : (Q,) not negative, sum 1
    """

    points: FloatArray
    weights: FloatArray

    def __post_init__(self) -> None:
        """Bring the weights to the sum 1, refuse what is no grid."""
        points, weights = complete_vector(self.points, "points"), complete_vector(self.weights, "weights")
        if not points.size or points.shape != weights.shape or (weights < 0).any() or weights.sum() <= 0:
            raise BadInputError("a grid has one weight a point, none negative, not all zero")
        object.__setattr__(self, "points", points)
        object.__setattr__(self, "weights", weights / weights.sum())


def normal_grid(mean: float = 0.0, sd: float = 1.0) -> Grid:
    """Normal weights over six standard deviations to either side.

    Raises
    ------
    BadInputError
        If the spread is not positive or something is not finite.
    """
    if not (np.isfinite([mean, sd]).all() and sd > 0):
        raise BadInputError("a normal distribution has a finite mean and a positive spread", mean=mean, sd=sd)
    away = np.linspace(-REACH, REACH, POINTS)
    return Grid(mean + sd * away, np.exp(-(away**2) / 2))


def even_grid(low: float, high: float, count: int) -> Grid:
    """Equal weights on `count` points from `low` to `high`."""
    return Grid(np.linspace(low, high, count), np.ones(count))
