"""One marginal likelihood (or posterior density of the items) to be climbed."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from diagnostics.measurement.latent.answers import Answers
from diagnostics.measurement.latent.families import Expected, Family, Shape
from diagnostics.measurement.latent.grid import Grid
from diagnostics.measurement.latent.items import Curve
from diagnostics.measurement.latent.posterior import Block, blocks_of, expect
from diagnostics.measurement.latent.prior import Prior
from diagnostics.measurement.numeric import FloatArray

#: Inner Newton steps of one M-step: quadratic, so a few reach the maximum.
INNER = 25
INNER_STILL = 1e-7
#: A step that does not climb is halved so often; less than this share of the value is rounding.
HALVINGS = 12
ROUNDING = 1e-12
#: Longest inner step by one parameter.
STRIDE = 1.5


@dataclass(frozen=True, slots=True, eq=False)
class Problem:
    """Blocks of answers, the family of curves, the grid and, for MAP, the prior."""

    blocks: list[Block]
    family: Family
    shape: Shape
    counts: FloatArray
    grid: Grid
    prior: Prior | None

    @classmethod
    def of(cls, answers: Answers, family: Family, grid: Grid, prior: Prior | None) -> Problem:
        """Arrange the answers for the E-step."""
        shape = Shape.of(answers.maxima)
        return cls(blocks_of(answers, family, shape), family, shape, answers.counts(), grid, prior)

    def on(self, grid: Grid) -> Problem:
        """The same answers on another grid."""
        return replace(self, grid=grid)

    def expect(self, table: FloatArray) -> Expected:
        """E-step; its log-likelihood is that of the answers."""
        log_terms = self.family.log_terms(table, self.shape, self.grid.theta)
        found = expect(self.blocks, self.grid, table[:, 0], log_terms)
        constants = self.family.constants(table, self.shape, self.counts)
        return replace(found, loglik=found.loglik + float(constants.sum()))

    def value(self, table: FloatArray, expected: Expected) -> float:
        """What is climbed: log-likelihood, with priors the log posterior density."""
        return expected.loglik + self.prior_value(table)

    def prior_value(self, table: FloatArray) -> float:
        """Log density of the priors, 0 without."""
        if self.prior is None:
            return 0.0
        return float(self.prior.values(table, self.shape, self.family.curve).sum())

    def newton(
        self, table: FloatArray, expected: Expected, *, exact: bool = False
    ) -> tuple[FloatArray, FloatArray]:
        """Gradient of what is climbed (Fisher's identity) and complete-data information, item by item."""
        gradient, information = self.family.newton(table, self.shape, self.counts, expected, self.grid.theta)
        if self.prior is not None:
            pull, hold = self.prior.newton(table, self.shape, self.family.curve, exact=exact)
            gradient, information = gradient + pull, information + hold
        return gradient, information

    def is_defined(self, table: FloatArray) -> bool:
        """Whether the parameters are a model: levels in order, slopes positive under a prior."""
        inside = self.family.room(table, np.zeros_like(table), self.shape).min() > 0
        ordered = self.family.curve is Curve.ADJACENT or bool(
            (np.diff(table[:, 1:], axis=1)[self.shape.steps[:, 1:]] < 0).all()
        )
        return bool(inside and ordered and (self.prior is None or (table[:, 0] > 0).all()))

    def most_information(self, table: FloatArray) -> float:
        """Greatest test information at a point of the grid."""
        return most_information(table, self.family, self.shape, self.grid)

    def maximise(self, table: FloatArray, expected: Expected) -> FloatArray:
        """M-step: Newton of all items at once, to the end."""
        at = table
        for _ in range(INNER):
            gradient, information = self.newton(at, expected)
            step: FloatArray = np.asarray(
                np.linalg.solve(information, gradient[:, :, None]), dtype=np.float64
            )[:, :, 0]
            longest = np.abs(step).max(axis=1)
            share = np.minimum(self.family.room(at, step, self.shape), STRIDE / np.maximum(longest, STRIDE))
            if self.prior is not None:
                share = np.minimum(share, _keeps_positive(at[:, 0], step[:, 0]))
                share = self._climbing(at, step, share, expected, self.prior)
            at = at + share[:, None] * step
            if longest.max() < INNER_STILL:
                break
        return at

    def _climbing(
        self, at: FloatArray, step: FloatArray, share: FloatArray, expected: Expected, prior: Prior
    ) -> FloatArray:
        """Shares of the step by which every item climbs: with priors it need not be concave."""
        before = self._values(at, expected, prior)
        for _ in range(HALVINGS):
            after = self._values(at + share[:, None] * step, expected, prior)
            falls = after < before - ROUNDING * np.abs(before)
            if not falls.any():
                break
            share = np.where(falls, share / 2, share)
        return share

    def _values(self, table: FloatArray, expected: Expected, prior: Prior) -> FloatArray:
        """(items,) expected log posterior density."""
        log_terms = self.family.log_terms(table, self.shape, self.grid.theta)
        by_term = (expected.present * log_terms).sum(axis=1)
        items = table.shape[0]
        own = self.shape.step_item if by_term.size > items else np.arange(items)
        likelihood = np.bincount(own, weights=by_term, minlength=items) + expected.slope * table[:, 0]
        constants = self.family.constants(table, self.shape, self.counts)
        return likelihood + constants + prior.values(table, self.shape, self.family.curve)


def _keeps_positive(slope: FloatArray, step: FloatArray) -> FloatArray:
    """Share of the step that leaves at least a fifth of the slope."""
    falling = step < 0
    return np.asarray(np.where(falling, np.minimum(1.0, -0.8 * slope / np.where(falling, step, -1.0)), 1.0))


def most_information(table: FloatArray, family: Family, shape: Shape, grid: Grid) -> float:
    """Greatest information of all items together at a point of the grid: it tells how narrow a posterior is."""
    chances = family.chances(table, shape, grid.theta)
    if family.curve is Curve.GRADED:
        below = np.concatenate((np.ones_like(chances[:, :1]), chances), axis=1)
        above = np.concatenate((chances, np.zeros_like(chances[:, :1])), axis=1)
        spread = ((below - above) * (1 - below - above) ** 2).sum(axis=1)
    else:
        category = family.step_weights(shape)
        mean = np.einsum("k,jkq->jq", category, chances)
        spread = np.einsum("k,jkq->jq", category**2, chances) - mean**2
    return float((table[:, 0] ** 2 @ spread).max())
