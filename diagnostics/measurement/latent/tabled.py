"""Abilities for any items: graded, guessed, mixed, or when almost everybody saw other items.

Derivatives of ln P are tabled at steps of θ; a person's are sums of looked-up entries. The root is bracketed
on the steps, starting from the posterior mean, and found between them by a cubic.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from diagnostics.measurement.latent.canonical import Pull
from diagnostics.measurement.latent.coding import Coded
from diagnostics.measurement.latent.grid import Grid
from diagnostics.measurement.latent.items import Curve, LatentItem, curves
from diagnostics.measurement.numeric import BoolArray, FloatArray, IntArray

CELL = 0.02
#: Abilities are sought between −REACH and REACH.
REACH = 40.0
#: Persons worked on at once.
PERSONS = 2_048
SCORINGS = 8
#: Categories whose chance is less are as good as this unlikely: their logarithm must stay a number.
LEAST = 1e-290


def expected_a_posteriori(
    coded: Coded, items: Sequence[LatentItem], grid: Grid
) -> tuple[FloatArray, FloatArray]:
    """Mean and standard deviation of θ given the answers, on the grid."""
    logs = np.log(np.maximum(curves(items, grid.theta).chances, LEAST))
    powers = np.stack((np.ones(grid.size), grid.theta, grid.theta**2))
    mean, deviation = np.empty(coded.codes.shape[0]), np.empty(coded.codes.shape[0])
    for start in range(0, mean.size, PERSONS):
        rows = slice(start, start + PERSONS)
        codes = coded.codes[rows]
        density = np.repeat(grid.log_weight[:, None], codes.shape[0], axis=1)
        for category in range(logs.shape[2]):
            here = codes == category
            if coded.shown is not None:
                here &= coded.shown[rows]
            density += logs[:, :, category] @ here.astype(np.float64).T
        density -= density.max(axis=0)
        np.exp(density, out=density)
        total, first, second = powers @ density
        mean[rows] = first / total
        deviation[rows] = np.sqrt(np.maximum(second / total - mean[rows] ** 2, 0.0))
    return mean, deviation


@dataclass(frozen=True, slots=True, eq=False)
class _Tables:
    """Steps × items (× categories): derivative of ln P, information, and Σ P' P'' / P."""

    theta: FloatArray
    score: FloatArray
    information: FloatArray
    third: FloatArray

    @classmethod
    def of(cls, items: Sequence[LatentItem]) -> _Tables:
        theta = np.linspace(-REACH, REACH, 2 * round(REACH / CELL) + 1)
        parts = [_derivatives(item, theta) for item in items]
        most = max(score.shape[1] for score, _, _ in parts)
        score = np.zeros((theta.size, len(items), most))
        for column, (one, _, _) in enumerate(parts):
            score[:, column, : one.shape[1]] = one
        return cls(
            theta, score, np.stack([one for _, one, _ in parts], 1), np.stack([one for *_, one in parts], 1)
        )


def _derivatives(item: LatentItem, theta: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
    """D ln P (steps × categories), information and Σ P' P'' / P; written so that nothing cancels."""
    slope, thresholds = item.slope, np.array(item.thresholds)
    if item.curve is Curve.GRADED:
        above = _logistic(slope * (theta[:, None] - thresholds))
        below = _logistic(-slope * (theta[:, None] - thresholds))
        low = np.hstack((np.ones((theta.size, 1)), above))
        high = np.hstack((above, np.zeros((theta.size, 1))))
        low_not = np.hstack((np.zeros((theta.size, 1)), below))
        high_not = np.hstack((below, np.ones((theta.size, 1))))
        chances = np.where(high > 0.5, high_not - low_not, low - high)  # noqa: PLR2004 - the smaller pair
        score = slope * (low_not - high)
        bend = -(slope**2) * (low * low_not + high * high_not)
    else:
        found = curves((LatentItem(item.name, slope, item.thresholds),), theta)
        chances = found.chances[:, 0]
        category = np.arange(chances.shape[1])
        mean = chances @ category
        away = category - mean[:, None]
        score = slope * away
        bend = np.repeat(-(slope**2) * (chances * away**2).sum(axis=1)[:, None], category.size, axis=1)
    if item.guessing:
        chances, score, bend = _guessed(item.guessing, chances, score, bend)
    rise_of_rise = chances * score * (bend + score**2)  # P' P'' / P = P s (s' + s²)
    return score, (chances * score**2).sum(axis=1), rise_of_rise.sum(axis=1)


def _guessed(
    guessing: float, chances: FloatArray, score: FloatArray, bend: FloatArray
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """The same for c + (1 − c) P."""
    rise, curvature = chances * score, chances * (bend + score**2)
    whole = (1 - guessing) * chances
    whole[:, 1] += guessing
    safe = np.maximum(whole, LEAST)
    scored = (1 - guessing) * rise / safe
    return whole, scored, (1 - guessing) * curvature / safe - scored**2


def _logistic(values: FloatArray) -> FloatArray:
    small = np.exp(-np.abs(values))
    return np.where(values >= 0, 1.0, small) / (1 + small)


def solved(
    coded: Coded, items: Sequence[LatentItem], pull: Pull, start: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Root of the (weighted, penalised) score next to `start` and its standard error; NaN where none."""
    tables = _Tables.of(items)
    theta, error = np.empty(start.size), np.empty(start.size)
    for first in range(0, start.size, PERSONS):
        rows = np.arange(first, min(first + PERSONS, start.size))
        theta[rows], error[rows] = _Search(tables, coded.rows(rows), pull).run(start[rows])
    return theta, error


class _Search:
    """Roots of some persons on the steps of the table."""

    def __init__(self, tables: _Tables, coded: Coded, pull: Pull) -> None:
        self.tables, self.pull = tables, pull
        self.codes = coded.codes.astype(np.int64)
        self.shown = coded.shown
        self.columns = np.arange(self.codes.shape[1])

    def value(self, place: IntArray, rows: IntArray) -> tuple[FloatArray, FloatArray]:
        """Score and information of persons `rows` at steps `place`."""
        tables, at = self.tables, place[:, None]
        score = tables.score[at, self.columns, self.codes[rows]]
        spread, bias = tables.information[place], tables.third[place]
        if self.shown is not None:
            score, spread, bias = (part * self.shown[rows] for part in (score, spread, bias))
        information, third = spread.sum(axis=1), bias.sum(axis=1)
        found = score.sum(axis=1)
        if self.pull.is_weighted:
            found = found + np.where(
                information > 0, third / (2 * np.where(information > 0, information, 1.0)), 0.0
            )
        return found - self.pull.precision * (tables.theta[place] - self.pull.mean), information

    def run(self, start: FloatArray) -> tuple[FloatArray, FloatArray]:
        """θ and standard error of each."""
        everybody, last = np.arange(start.size), self.tables.theta.size - 1
        low, high = np.zeros(start.size, dtype=np.int64), np.full(start.size, last)
        place = np.clip(np.rint((start + REACH) / CELL).astype(np.int64), 1, last - 1)
        for turn in range(SCORINGS + last.bit_length() + 1):
            open_rows = everybody[high - low > 1]
            if not open_rows.size:
                break
            found, information = self.value(place[open_rows], open_rows)
            rises = found > 0
            low[open_rows] = np.where(rises, place[open_rows], low[open_rows])
            high[open_rows] = np.where(rises, high[open_rows], place[open_rows])
            slope = np.maximum(information + self.pull.precision, 1e-6)
            reach = np.rint(found / slope / CELL)
            step = np.clip(np.where(rises, np.maximum(reach, 1), np.minimum(reach, -1)), -last, last)
            middle = (low[open_rows] + high[open_rows]) // 2
            newton = place[open_rows] + step.astype(np.int64)
            fits = (newton > low[open_rows]) & (newton < high[open_rows]) & (turn < SCORINGS)
            place[open_rows] = np.where(fits, newton, middle)
        return self._between(low, everybody)

    def _between(self, low: IntArray, everybody: IntArray) -> tuple[FloatArray, FloatArray]:
        """Root of the cubic through four steps around, by bisection of the cell."""
        first = np.clip(low - 1, 0, self.tables.theta.size - 4)
        values, informations = zip(*(self.value(first + turn, everybody) for turn in range(4)), strict=True)
        ends = np.stack(values)
        own = low - first
        left, right = ends[own, everybody], ends[own + 1, everybody]
        inside = _root(np.stack(values), own.astype(np.float64))
        theta = self.tables.theta[first] + CELL * inside
        information = _lagrange(np.stack(informations), inside)
        has_root: BoolArray = (left >= 0) & (right <= 0) & (information > 0)
        error = 1 / np.sqrt(np.where(has_root, information, 1.0) + self.pull.precision)
        return np.where(has_root, theta, np.nan), np.where(has_root, error, np.nan)


def _lagrange(values: FloatArray, at: FloatArray) -> FloatArray:
    """Cubic through values at 0, 1, 2, 3."""
    a, b, c, d = values
    return np.asarray(
        -a * (at - 1) * (at - 2) * (at - 3) / 6
        + b * at * (at - 2) * (at - 3) / 2
        - c * at * (at - 1) * (at - 3) / 2
        + d * at * (at - 1) * (at - 2) / 6
    )


def _root(values: FloatArray, start: FloatArray) -> FloatArray:
    low, high = start, start + 1
    for _ in range(40):
        middle = (low + high) / 2
        rises = _lagrange(values, middle) > 0
        low, high = np.where(rises, middle, low), np.where(rises, high, middle)
    return (low + high) / 2
