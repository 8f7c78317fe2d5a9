"""Abilities where Σ a·x carries all that the answers say: adjacent categories without guessing.

The estimate is then one function of s = Σ a x for each set of shown items. Its inverse g(θ) = s is tabled
with its derivative and solved in its cell, so a hundred thousand persons cost no evaluation of items each.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from diagnostics.measurement.latent.grid import Grid
from diagnostics.measurement.latent.items import Curve, LatentItem
from diagnostics.measurement.numeric import BoolArray, FloatArray, IntArray

#: Width of a cell of the table (logits): cubic interpolation errs by about its fourth power / 384.
CELL = 0.02
#: The table reaches so far at first, and at most.
REACH = 8.0
FARTHEST = 256.0
#: Newton steps inside a cell; cubics of so short a cell are nearly lines.
STEPS = 4
#: Persons × points worked on at once.
PERSONS = 2_048


@dataclass(frozen=True, slots=True, eq=False)
class Moments:
    """Sums over items at some abilities: Σ a·mean, information I, its first and second derivative."""

    mean: FloatArray
    information: FloatArray
    third: FloatArray
    fourth: FloatArray
    log_normaliser: FloatArray


def is_canonical(items: Sequence[LatentItem]) -> bool:
    """Whether Σ a·x is sufficient."""
    return all((one.curve is Curve.ADJACENT or one.maximum == 1) and not one.guessing for one in items)


def moments(items: Sequence[LatentItem], theta: FloatArray) -> Moments:
    """Cumulants of Σ a·x; the derivative of each by θ is the next."""
    slopes = np.array([item.slope for item in items])
    most = max(item.maximum for item in items)
    levels = np.full((len(items), most + 1), -np.inf)
    for row, item in zip(levels, items, strict=True):
        row[: item.maximum + 1] = np.concatenate(([0.0], -item.slope * np.cumsum(item.thresholds)))
    category = np.arange(most + 1.0)
    logits = (slopes[:, None] * category)[:, :, None] * theta + levels[:, :, None]
    top = logits.max(axis=1, keepdims=True)
    chances = np.exp(logits - top)
    total = chances.sum(axis=1, keepdims=True)
    chances /= total
    mean = np.einsum("k,ikq->iq", category, chances)
    away = category[:, None] - mean[:, None]
    square = away * away
    second, third, fourth = (
        (chances * power).sum(axis=1) for power in (square, square * away, square * square)
    )
    return Moments(
        slopes @ mean,
        slopes**2 @ second,
        slopes**3 @ third,
        slopes**4 @ (fourth - 3 * second**2),
        (top + np.log(total)).sum(axis=(0, 1)),
    )


def expected_a_posteriori(
    sums: FloatArray, items: Sequence[LatentItem], grid: Grid
) -> tuple[FloatArray, FloatArray]:
    """Mean and standard deviation of θ given s, on the grid."""
    base = grid.log_weight - moments(items, grid.theta).log_normaliser
    mean, deviation = np.empty(sums.size), np.empty(sums.size)
    powers = np.stack((np.ones(grid.size), grid.theta, grid.theta**2))
    for start in range(0, sums.size, PERSONS):
        rows = slice(start, start + PERSONS)
        density = np.multiply.outer(grid.theta, sums[rows])
        density += base[:, None]
        density -= density.max(axis=0)
        np.exp(density, out=density)
        total, first, second = powers @ density
        mean[rows] = first / total
        deviation[rows] = np.sqrt(np.maximum(second / total - mean[rows] ** 2, 0.0))
    return mean, deviation


@dataclass(frozen=True, slots=True)
class Pull:
    """What is added to the likelihood: Warm's weight, a normal prior, or nothing."""

    is_weighted: bool = False
    mean: float = 0.0
    precision: float = 0.0

    def curve(self, at: Moments, theta: FloatArray) -> tuple[FloatArray, FloatArray]:
        """G and its derivative: the estimate solves g(θ) = s."""
        if not self.is_weighted:
            return (
                at.mean + self.precision * (theta - self.mean),
                at.information + self.precision,
            )
        bias = at.third / (2 * at.information)
        return at.mean - bias, at.information - (at.fourth / at.information - 4 * bias**2) / 2


def solved(sums: FloatArray, items: Sequence[LatentItem], pull: Pull) -> tuple[FloatArray, FloatArray] | None:
    """θ with g(θ) = s and its standard error; NaN where g never reaches s, None where g is not monotone."""
    least, most = float(sums.min()), float(sums.max())
    reach = REACH
    while True:
        theta = np.linspace(-reach, reach, 2 * round(reach / CELL) + 1)
        at = moments(items, theta)
        alive = at.information > np.finfo(np.float64).tiny * 1e16
        theta, at = theta[alive], _kept(at, alive)
        value, rise = pull.curve(at, theta)
        if (rise <= 0).any() or (np.diff(value) <= 0).any():
            return None
        if (value[0] <= least and value[-1] >= most) or reach >= FARTHEST or not alive.all():
            break
        reach *= 2
    cell = np.clip(np.searchsorted(value, sums) - 1, 0, theta.size - 2).astype(np.int64)
    inside = _inverse(sums, cell, value, rise)
    information = _cubic(inside, cell, at.information, at.third)
    found = theta[cell] + inside * CELL
    error = 1 / np.sqrt(information + pull.precision)
    beyond = (sums < value[0]) | (sums > value[-1])
    found[beyond] = error[beyond] = np.nan
    return found, error


def _kept(at: Moments, alive: BoolArray) -> Moments:
    return Moments(
        at.mean[alive], at.information[alive], at.third[alive], at.fourth[alive], at.log_normaliser[alive]
    )


def _cubic(inside: FloatArray, cell: IntArray, value: FloatArray, rise: FloatArray) -> FloatArray:
    """Cubic through values and derivatives at both ends of each cell; `inside` in 0…1."""
    low, high = value[cell], value[cell + 1]
    first, last = CELL * rise[cell], CELL * rise[cell + 1]
    bend = 3 * (high - low) - 2 * first - last
    turn = first + last - 2 * (high - low)
    return np.asarray(low + inside * (first + inside * (bend + inside * turn)))


def _inverse(sums: FloatArray, cell: IntArray, value: FloatArray, rise: FloatArray) -> FloatArray:
    low, high = value[cell], value[cell + 1]
    first, last = CELL * rise[cell], CELL * rise[cell + 1]
    bend = 3 * (high - low) - 2 * first - last
    turn = first + last - 2 * (high - low)
    wanted = sums - low
    inside = wanted / (high - low)
    for _ in range(STEPS):
        slope = first + inside * (2 * bend + 3 * inside * turn)
        inside = inside - (inside * (first + inside * (bend + inside * turn)) - wanted) / slope
    return np.asarray(np.clip(inside, 0.0, 1.0))
