"""Uniform quadrature under the standard normal population."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from diagnostics.measurement.errors import BadInputError
from diagnostics.measurement.method import METHOD
from diagnostics.measurement.numeric import FloatArray

#: Abilities are integrated over −REACH … REACH; beyond lies 2·10⁻⁹ of a standard normal population.
REACH = 6.0
#: Fewer points are off by whole units of log-likelihood on long tests.
POINTS = METHOD.grid_points
#: No test of real answers is so sharp that it needs more.
MOST_POINTS = 801
#: A posterior must be at least this many steps of the grid wide: then the sum of an analytic function is its
#: integral but for 2·exp(−2π²·0.64) ≈ 10⁻⁵ of its value (Trefethen, Weideman 2014).
STEPS_IN_DEVIATION = 0.8


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """Points and logarithms of their weights (which sum to one)."""

    theta: FloatArray
    log_weight: FloatArray

    @classmethod
    def of(cls, points: int = POINTS) -> Grid:
        """Equal steps over ±6.

        Raises
        ------
        BadInputError
            If there are fewer than POINTS points.
        """
        if points < POINTS:
            raise BadInputError(f"the grid has at least {POINTS} points", points=points)
        theta = np.linspace(-REACH, REACH, points)
        weight = np.exp(-(theta**2) / 2)
        return cls(theta, -(theta**2) / 2 - math.log(float(weight.sum())))

    @property
    def size(self) -> int:
        """Number of points."""
        return int(self.theta.size)


def points_for(information: float) -> int:
    """Odd number of points that resolves posteriors under the given test information."""
    steps = STEPS_IN_DEVIATION * 2 * REACH * math.sqrt(1 + information)
    return min(max(POINTS, 2 * math.ceil(steps / 2) + 1), MOST_POINTS)
