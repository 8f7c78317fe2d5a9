"""The Rasch family by marginal likelihood: one slope for all items, persons summed up by their totals."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from diagnostics.measurement.errors import NotConvergedError
from diagnostics.measurement.latent.answers import Answers
from diagnostics.measurement.latent.climb import Top, inverse
from diagnostics.measurement.latent.families import Adjacent, Expected, Shape
from diagnostics.measurement.latent.grid import Grid, points_for
from diagnostics.measurement.latent.information import Lost, Places, step_order
from diagnostics.measurement.latent.posterior import (
    GROUP,
    SAMPLE,
    UNITS,
    Block,
    affordable,
    expect,
    persons_of,
    posteriors,
    some_of,
    units_of,
)
from diagnostics.measurement.latent.problem import most_information
from diagnostics.measurement.latent.starting import starting_levels
from diagnostics.measurement.numeric import BoolArray, FloatArray, IntArray
from diagnostics.measurement.patterns import count_sets, presented_sets

MAX_STEPS = 100
HALVINGS = 30
STILL = 1e-6
ROUNDING = 1e-11
FAR_LEVEL = 60.0
FAR_SLOPE = 25.0
#: With a common slope below this the items measure nothing together.
LEAST_SLOPE = 0.02

_FAMILY = Adjacent()


class _Problem:
    """Newton's method on the marginal likelihood of total scores; parameter 0 is the slope."""

    def __init__(self, answers: Answers, grid: Grid, *, is_free: bool) -> None:
        self.grid, self.is_free = grid, is_free
        self.shape, self.counts = Shape.of(answers.maxima), answers.counts()
        self.blocks = _totals(answers)
        steps = int(answers.maxima.sum())
        order = step_order(_FAMILY, self.shape)
        self.places = Places(self.shape.step_item, order[:, None], np.arange(steps + 1))

    def expect(self, table: FloatArray) -> Expected:
        log_terms = _FAMILY.log_terms(table, self.shape, self.grid.theta)
        found = expect(self.blocks, self.grid, table[:1, 0], log_terms)
        return Expected(
            found.loglik + float(_FAMILY.constants(table, self.shape, self.counts).sum()),
            found.slope,
            found.present,
        )

    def newton(
        self, table: FloatArray, expected: Expected, blocks: Sequence[Block]
    ) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Gradient, observed (reckoned from `blocks`) and complete information of the free parameters."""
        theta = self.grid.theta
        log_terms = _FAMILY.log_terms(table, self.shape, theta)
        chances = _FAMILY.chances(table, self.shape, theta)[self.shape.steps]
        lost = Lost(theta, chances, self.places, log_terms.shape[0])
        for one in posteriors(blocks, self.grid, table[:1, 0], log_terms):
            lost.add(one)
        # The slope statistics of single items are not known; only their sum is, and only it is needed.
        spread = Expected(expected.loglik, np.zeros(table.shape[0]), expected.present)
        gradients, by_item = _FAMILY.newton(table, self.shape, self.counts, spread, theta)
        steps, item = self.shape.steps, self.shape.step_item
        gradient = np.concatenate(([expected.slope[0] + gradients[:, 0].sum()], gradients[:, 1:][steps]))
        complete = np.zeros((gradient.size, gradient.size))
        complete[0, 0] = by_item[:, 0, 0].sum()
        complete[0, 1:] = complete[1:, 0] = by_item[:, 0, 1:][steps]
        own = np.arange(1, gradient.size)
        step = own - 1 - np.searchsorted(item, item)
        mates = item[:, None] == item
        complete[1:, 1:][mates] = by_item[item[:, None], 1 + step[:, None], 1 + step][mates]
        free = slice(0 if self.is_free else 1, None)
        whole = persons_of(self.blocks) / persons_of(blocks)
        return gradient[free], (complete - whole * lost.total())[free, free], complete[free, free]

    def start(self) -> FloatArray:
        """Slope one, flatter where categories are many; levels from the counts."""
        levels = starting_levels(self.counts, self.shape, _FAMILY)
        slope = [float(np.mean(self.shape.maxima)) ** -0.5] if self.is_free else []
        return np.concatenate((slope, levels[self.shape.steps]))

    def table(self, flat: FloatArray) -> FloatArray:
        """Items × (1 + most steps) of the free parameters."""
        found = np.zeros(self.shape.valid.shape)
        found[:, 0] = flat[0] if self.is_free else 1.0
        found[:, 1:][self.shape.steps] = flat[1:] if self.is_free else flat
        return found

    def refined(self, flat: FloatArray) -> bool:
        """Take a finer grid where the test asks for one."""
        needed = points_for(most_information(self.table(flat), _FAMILY, self.shape, self.grid))
        if needed <= self.grid.size:
            return False
        self.grid = Grid.of(needed)
        return True

    def top(
        self, flat: FloatArray, expected: Expected, covariance: FloatArray, steps: int, *, is_sampled: bool
    ) -> Top:
        """Where the climb ended."""
        table = self.table(flat)
        rising = table[:, 0] > 0
        return Top(
            table, expected, expected.loglik, covariance, steps, self.grid.size, rising, is_sampled=is_sampled
        )


def climb_one_slope(answers: Answers, grid: Grid, *, is_free: bool) -> Top:
    """Slope (where it is free) and levels by Newton's method with the observed information.

    Given a common slope, a total carries all that the answers say about θ, so a test of R points has at most
    R + 1 units for each set of shown items.
    Source: Thissen 1982, Psychometrika 47: 175–186.

    Raises
    ------
    NotConvergedError
        If a parameter runs away or the answers do not determine all.
    """
    problem = _Problem(answers, grid, is_free=is_free)
    flat, blocks = problem.start(), some_of(problem.blocks, SAMPLE)
    expected, steps = problem.expect(problem.table(flat)), 1
    while steps < MAX_STEPS:
        gradient, information, complete = problem.newton(problem.table(flat), expected, blocks)
        covariance = inverse(information)
        step = np.linalg.solve(complete, gradient) if covariance is None else covariance @ gradient
        if covariance is not None and np.abs(step).max() < STILL:
            _refuse_apart(flat, is_free=is_free)
            flat[:1] = np.abs(flat[:1]) if is_free else flat[:1]  # both signs are equally likely
            enough = some_of(problem.blocks, affordable(problem.blocks, problem.grid.size))
            if problem.refined(flat) or units_of(blocks) < units_of(enough):
                expected, blocks = problem.expect(problem.table(flat)), enough
                continue
            return problem.top(
                flat, expected, covariance, steps, is_sampled=len(enough) < len(problem.blocks)
            )
        for _ in range(HALVINGS):
            reached = problem.expect(problem.table(flat + step))
            steps += 1
            if reached.loglik >= expected.loglik - ROUNDING * abs(expected.loglik):
                break
            step = step / 2
        flat, expected = flat + step, reached
        _refuse_far(problem.table(flat), answers, steps)
    raise NotConvergedError("the iterations did not end", iterations=steps)


def _refuse_apart(flat: FloatArray, *, is_free: bool) -> None:
    if is_free and abs(flat[0]) < LEAST_SLOPE:
        raise NotConvergedError("the answers to the items do not go together", slope=float(abs(flat[0])))


def _refuse_far(table: FloatArray, answers: Answers, steps: int) -> None:
    far = (np.abs(table[:, 0]) > FAR_SLOPE) | (np.abs(table[:, 1:]) > FAR_LEVEL).any(axis=1)
    if far.any():
        items = tuple(answers.names[item] for item in np.flatnonzero(far))
        raise NotConvergedError("the likelihood has no finite maximum", items=items, iterations=steps)


def _totals(answers: Answers) -> list[Block]:
    """Units are totals of persons who were shown the same items; single persons where sets are as many."""
    totals = answers.codes.sum(axis=1, dtype=np.int64)
    if answers.shown is None:
        return [_block(totals, answers.weights, np.ones(len(answers.names)))]
    if count_sets(answers.shown) * GROUP <= answers.weights.size:
        return [
            _block(totals[one.persons], answers.weights[one.persons], answers.shown[one.persons[0]])
            for one in presented_sets(answers.shown)
        ]
    return [
        Block(
            totals[start : start + UNITS, None],
            answers.shown[start : start + UNITS].view(np.int8),
            answers.weights[start : start + UNITS],
        )
        for start in range(0, totals.size, UNITS)
    ]


def _block(totals: IntArray, weights: FloatArray, shown: FloatArray | BoolArray) -> Block:
    persons = np.bincount(totals, weights=weights).astype(np.float64)
    reached = np.flatnonzero(persons).astype(np.int64)
    return Block(reached[:, None], shown.astype(np.float64), persons[reached])
