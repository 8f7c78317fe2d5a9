"""Links by the curves of the common items: Haebara and Stocking–Lord."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np

from diagnostics.measurement.errors import BadInputError, NotConvergedError
from diagnostics.measurement.grid import Grid, normal_grid
from diagnostics.measurement.latent.items import Curves, LatentItem, curves
from diagnostics.measurement.linkage.moments import mean_mean, mean_sigma
from diagnostics.measurement.linkage.scale import Scale
from diagnostics.measurement.numeric import FloatArray

MAX_ITERATIONS = 500
#: Change of slope and shift after which nothing moves.
STILL = 1e-10
#: Damping of the first step, its factor, and where no damping helps.
DAMPING, FACTOR, STIFF = 1e-3, 10.0, 1e12


class Criterion(StrEnum):
    """What of the curves is brought together."""

    #: Every category of every item (Haebara 1980).
    HAEBARA = "haebara"
    #: The expected total of all common items (Stocking, Lord 1983).
    STOCKING_LORD = "stocking_lord"


class Direction(StrEnum):
    """Where the curves are compared."""

    #: On the base scale.
    BASE = "base"
    #: On both scales, so that exchanging the forms inverts the line.
    SYMMETRIC = "symmetric"


@dataclass(frozen=True, slots=True, eq=False)
class Way:
    """How curves are compared.

    Attributes
    ----------
    criterion, direction : what is compared, and where
    slope_free : False for the Rasch family, where the unit of the scale is that of the items
    grid : abilities at which curves are compared, on the base scale (on each scale if symmetric), and weights
    """

    criterion: Criterion = Criterion.STOCKING_LORD
    direction: Direction = Direction.SYMMETRIC
    slope_free: bool = True
    grid: Grid = field(default_factory=normal_grid)

    def compared(self, found: Curves) -> tuple[FloatArray, FloatArray]:
        """Points × compared figures, and their derivatives by θ."""
        if self.criterion is Criterion.HAEBARA:
            count = len(found.chances)
            return found.chances.reshape(count, -1), found.rises.reshape(count, -1)
        category = np.arange(found.chances.shape[2], dtype=np.float64)
        expected, rise = (
            (part @ category).sum(axis=1, keepdims=True) for part in (found.chances, found.rises)
        )
        return expected, rise


#: Stocking–Lord on both scales under a standard normal population.
WAY = Way()


@dataclass(frozen=True, slots=True, eq=False)
class CurveProblem:
    """The same items in the same order on both scales, and their compared figures on the grid of each."""

    base: tuple[LatentItem, ...]
    new: tuple[LatentItem, ...]
    way: Way
    on_base: FloatArray
    on_new: FloatArray

    @classmethod
    def of(cls, base: Sequence[LatentItem], new: Sequence[LatentItem], way: Way) -> CurveProblem:
        """Evaluate what does not depend on the line."""
        figures = (way.compared(curves(side, way.grid.points))[0] for side in (base, new))
        return cls(tuple(base), tuple(new), way, *figures)

    def residuals(self, slope: float, shift: float) -> tuple[FloatArray, FloatArray]:
        """Weighted differences of the curves, and their derivatives by slope and shift (× 2).

        A moved item at θ is the new one at u = (θ − shift) / slope, so du = −(u dslope + dshift) / slope.
        """
        points = self.way.grid.points
        at = (points - shift) / slope
        value, rise = self.way.compared(curves(self.new, at))
        parts = [(self.on_base - value, _by(rise / slope, at))]
        if self.way.direction is Direction.SYMMETRIC:
            value, rise = self.way.compared(curves(self.base, slope * points + shift))
            parts.append((value - self.on_new, _by(rise, points)))
        root = np.sqrt(self.way.grid.weights)[:, None]
        away = np.concatenate([(root * one).ravel() for one, _ in parts])
        slopes = np.concatenate([(root[:, :, None] * by).reshape(-1, 2) for _, by in parts])
        return away, slopes if self.way.slope_free else slopes * [0.0, 1.0]

    def value(self, slope: float, shift: float) -> tuple[float, FloatArray]:
        """The criterion (sum of squared differences) and its gradient by slope and shift."""
        away, slopes = self.residuals(slope, shift)
        return float(away @ away), 2 * slopes.T @ away


def _by(rises: FloatArray, at: FloatArray) -> FloatArray:
    """Points × figures × (by slope, by shift)."""
    return np.stack((rises * at[:, None], rises), axis=2)


def link_by_curves(base: Sequence[LatentItem], new: Sequence[LatentItem], way: Way = WAY) -> Scale:
    """Find the line on which the curves of the common items lie nearest, from mean–sigma on.

    Least squares by Levenberg's and Marquardt's method with exact derivatives.
    Source: Haebara 1980, Jpn Psychol. Res. 22: 144–149; Stocking, Lord 1983, Appl. Psychol. Meas. 7: 201–210;
    symmetric criteria and weights Kolen, Brennan 2014, ch. 6; Kim, Kolen 2007.

    Parameters
    ----------
    base, new : the same items in the same order on both scales

    Raises
    ------
    TooFewItemsError, BadInputError
        As `mean_mean`.
    NotConvergedError
        If the curves have no nearest line.
    """
    start = starting_line(base, new, slope_free=way.slope_free)
    return fitted(CurveProblem.of(base, new, way), start)


def starting_line(base: Sequence[LatentItem], new: Sequence[LatentItem], *, slope_free: bool) -> Scale:
    """Mean–sigma, mean–mean where the thresholds have no spread, the shift alone in the Rasch family."""
    plain = mean_mean(base, new)
    if not slope_free:
        first, second = (
            float(np.mean(np.concatenate([item.thresholds for item in side]))) for side in (base, new)
        )
        return Scale(1.0, first - second)
    try:
        return mean_sigma(base, new)
    except BadInputError:
        return plain


def fitted(problem: CurveProblem, start: Scale, still: float = STILL) -> Scale:
    """The nearest line from a start on; see `link_by_curves`."""
    at, damping = np.array([start.slope, start.shift]), DAMPING
    away, slopes = problem.residuals(*at.tolist())
    for _ in range(MAX_ITERATIONS):
        step = _step(away, slopes, damping)
        there = at + step
        tried = problem.residuals(*there.tolist()) if there[0] > 0 else None
        if tried is not None and tried[0] @ tried[0] <= away @ away:
            at, (away, slopes), damping = there, tried, max(damping / FACTOR, 1 / STIFF)
        else:
            damping *= FACTOR
        if np.abs(step).max() < still:
            return Scale(float(at[0]), float(at[1]))
        if damping > STIFF:
            break
    raise NotConvergedError("the curves of the common items have no nearest line")


def _step(away: FloatArray, slopes: FloatArray, damping: float) -> FloatArray:
    squares = slopes.T @ slopes
    held = np.diag(np.where(np.diag(squares) > 0, damping * np.diag(squares), 1.0))
    return np.asarray(-np.linalg.solve(squares + held, slopes.T @ away))
