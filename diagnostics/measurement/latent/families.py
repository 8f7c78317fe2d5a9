"""The two families of category curves in the form in which marginal likelihood climbs fastest.

With u_k = aθ + e_k both log-likelihoods of one answer are θ·a·z − Σ (a few log-terms of θ) + constant:

- adjacent: ln P(x) = θ a x + e_x − ln Σ_h exp(θ a h + e_h), so z = x and there is one term an item;
- graded: ln P(x) = u_x + ln σ(−u_x) + ln σ(−u_(x+1)) + ln(1 − exp(u_(x+1) − u_x)), so z = 1[x ≥ 1] and the
  terms ln σ(−u_k) belong to the persons with x ∈ {k − 1, k}; the last part does not depend on θ.

Both are concave in (a, e_1 … e_m) (Burridge 1981 for the graded one), so Newton's method is safe.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from diagnostics.measurement.latent.answers import Answers, CodeArray
from diagnostics.measurement.latent.items import Curve
from diagnostics.measurement.numeric import BoolArray, FloatArray, IntArray

#: A step keeps this share of the distance between neighbouring levels of a graded item.
KEPT_GAP = 0.2


@dataclass(frozen=True, slots=True, eq=False)
class Shape:
    """Which places of an items × (1 + most steps) table are parameters: column 0 slopes, then levels e_k."""

    maxima: IntArray
    valid: BoolArray

    @classmethod
    def of(cls, maxima: IntArray) -> Shape:
        """Shape of items with the given highest categories."""
        column = np.arange(int(maxima.max()) + 1)
        return cls(maxima, column <= maxima[:, None])

    @property
    def steps(self) -> BoolArray:
        """Items × most steps: whether the item has that step."""
        return self.valid[:, 1:]

    @property
    def step_item(self) -> IntArray:
        """(steps of all items,) item of each."""
        return np.repeat(np.arange(self.maxima.size), self.maxima)


@dataclass(frozen=True, slots=True, eq=False)
class Expected:
    """What one E-step leaves of the answers.

    Attributes
    ----------
    loglik : marginal log-likelihood without the part that the counts of categories give
    slope : (items,) Σ over persons of z · E(θ | answers)
    present : terms × points, expected persons behind each term
    """

    loglik: float
    slope: FloatArray
    present: FloatArray


class Family(Protocol):
    """What differs between adjacent and graded curves; `table` is items × (1 + most steps), 0 beyond."""

    curve: Curve

    def slope_codes(self, codes: CodeArray) -> CodeArray:
        """z: what the slope of an item is multiplied by."""

    def term_codes(self, answers: Answers, shape: Shape, rows: slice) -> CodeArray | None:
        """Units × terms: whether a unit has the term; None = as the items were shown."""

    def chances(self, table: FloatArray, shape: Shape, theta: FloatArray) -> FloatArray:
        """Items × most steps × points: P(x = k) or P(x ≥ k), 0 beyond the maximum."""

    def log_terms(self, table: FloatArray, shape: Shape, theta: FloatArray) -> FloatArray:
        """Terms × points."""

    def constants(self, table: FloatArray, shape: Shape, counts: FloatArray) -> FloatArray:
        """(items,) part of the log-likelihood that the counts of categories give."""

    def newton(
        self, table: FloatArray, shape: Shape, counts: FloatArray, expected: Expected, theta: FloatArray
    ) -> tuple[FloatArray, FloatArray]:
        """Gradient (items × parameters) and information (items × parameters²) of the expected likelihood."""

    def step_weights(self, shape: Shape) -> FloatArray:
        """(most steps,) what each step's chance counts for in the derivative by the slope."""

    def room(self, table: FloatArray, step: FloatArray, shape: Shape) -> FloatArray:
        """(items,) share of the step that stays where the model is defined."""


def _blocks(gradient: FloatArray, information: FloatArray, shape: Shape) -> tuple[FloatArray, FloatArray]:
    """Beyond the maximum: no gradient, information one."""
    both = shape.valid[:, :, None] & shape.valid[:, None, :]
    eye = np.eye(shape.valid.shape[1])
    return np.where(shape.valid, gradient, 0.0), np.where(both, information, eye)


class Adjacent:
    """Generalised partial credit, 2PL and the Rasch family (Muraki 1992; Birnbaum 1968)."""

    curve = Curve.ADJACENT

    def slope_codes(self, codes: CodeArray) -> CodeArray:
        """The category itself."""
        return codes

    def term_codes(self, answers: Answers, shape: Shape, rows: slice) -> CodeArray | None:  # noqa: ARG002
        """One term an item, as it was shown."""
        return None

    def chances(self, table: FloatArray, shape: Shape, theta: FloatArray) -> FloatArray:
        """P(x = k) for k = 1 … m."""
        logits, top = self._logits(table, shape, theta)
        weights = np.exp(logits - top[:, None])
        return np.asarray(weights / (np.exp(-top) + weights.sum(axis=1))[:, None])

    def log_terms(self, table: FloatArray, shape: Shape, theta: FloatArray) -> FloatArray:
        """−ln Σ_h exp(θ a h + e_h)."""
        logits, top = self._logits(table, shape, theta)
        return np.asarray(-top - np.log(np.exp(-top) + np.exp(logits - top[:, None]).sum(axis=1)))

    def constants(self, table: FloatArray, shape: Shape, counts: FloatArray) -> FloatArray:  # noqa: ARG002
        """Σ of e_x over the answers."""
        return np.asarray((counts[:, 1:] * table[:, 1:]).sum(axis=1))

    def newton(
        self, table: FloatArray, shape: Shape, counts: FloatArray, expected: Expected, theta: FloatArray
    ) -> tuple[FloatArray, FloatArray]:
        """Sufficient statistics against their expectations; their covariances."""
        chances = self.chances(table, shape, theta)
        weighted = chances * expected.present[:, None]
        category = self.step_weights(shape)
        mean = np.einsum("k,jkq->jq", category, chances)
        gradient = np.empty(table.shape)
        gradient[:, 1:] = counts[:, 1:] - weighted.sum(axis=2)
        gradient[:, 0] = expected.slope - (expected.present * mean) @ theta
        information = np.empty((*table.shape, table.shape[1]))
        information[:, 1:, 1:] = -(weighted @ chances.transpose(0, 2, 1))
        steps = np.arange(category.size)
        information[:, 1 + steps, 1 + steps] += weighted.sum(axis=2)
        cross = (weighted * (category[:, None] - mean[:, None])) @ theta
        information[:, 0, 1:] = information[:, 1:, 0] = cross
        square = np.einsum("k,jkq->jq", category**2, chances) - mean**2
        information[:, 0, 0] = (expected.present * square) @ theta**2
        return _blocks(gradient, information, shape)

    def step_weights(self, shape: Shape) -> FloatArray:
        """1 … m."""
        return np.arange(1.0, shape.valid.shape[1])

    def room(self, table: FloatArray, step: FloatArray, shape: Shape) -> FloatArray:  # noqa: ARG002
        """Defined everywhere."""
        return np.ones(table.shape[0])

    def _logits(self, table: FloatArray, shape: Shape, theta: FloatArray) -> tuple[FloatArray, FloatArray]:
        category = self.step_weights(shape)
        logits = (table[:, :1] * category)[:, :, None] * theta + table[:, 1:, None]
        if not shape.steps.all():
            logits[~shape.steps] = -np.inf
        return logits, np.maximum(logits.max(axis=1), 0.0)


class Graded:
    """Graded response (Samejima 1969): P(x ≥ k) = σ(aθ + e_k), e descending."""

    curve = Curve.GRADED

    def slope_codes(self, codes: CodeArray) -> CodeArray:
        """Whether any step was passed."""
        return (codes > 0).view(np.int8)

    def term_codes(self, answers: Answers, shape: Shape, rows: slice) -> CodeArray | None:
        """Whether the category is k − 1 or k, for each step k of each item."""
        if (shape.maxima == 1).all():
            return None
        codes = answers.codes[rows][:, shape.step_item]
        step = np.arange(shape.step_item.size) - np.repeat(
            np.cumsum(shape.maxima) - shape.maxima, shape.maxima
        )
        found = (codes == step) | (codes == step + 1)
        if answers.shown is not None:
            found &= answers.shown[rows][:, shape.step_item]
        return found.view(np.int8)

    def chances(self, table: FloatArray, shape: Shape, theta: FloatArray) -> FloatArray:
        """P(x ≥ k) for k = 1 … m."""
        found = np.exp(self._log_not(table, theta))  # σ(−u)
        np.subtract(1.0, found, out=found)
        found[~shape.steps] = 0.0
        return found

    def log_terms(self, table: FloatArray, shape: Shape, theta: FloatArray) -> FloatArray:
        """Ln σ(−u_k)."""
        return np.asarray(self._log_not(table, theta)[shape.steps])

    def constants(self, table: FloatArray, shape: Shape, counts: FloatArray) -> FloatArray:
        """Σ of e_x and of ln(1 − exp(e_(x+1) − e_x)) over the answers."""
        gaps = np.where(shape.steps[:, 1:], table[:, 1:-1] - table[:, 2:], np.inf)
        apart = np.where(shape.steps[:, 1:], counts[:, 1:-1] * np.log(-np.expm1(-gaps)), 0.0)
        return np.asarray((counts[:, 1:] * table[:, 1:]).sum(axis=1) + apart.sum(axis=1))

    def newton(
        self, table: FloatArray, shape: Shape, counts: FloatArray, expected: Expected, theta: FloatArray
    ) -> tuple[FloatArray, FloatArray]:
        """A logistic regression for each step, and what holds neighbouring steps apart."""
        chances = self.chances(table, shape, theta)
        present = np.zeros(chances.shape)
        present[shape.steps] = expected.present
        passed = present * chances
        spread = passed * (1 - chances)
        gradient = np.empty(table.shape)
        gradient[:, 0] = expected.slope - passed.sum(axis=1) @ theta
        gradient[:, 1:] = counts[:, 1:] - passed.sum(axis=2)
        information = np.zeros((*table.shape, table.shape[1]))
        information[:, 0, 0] = spread.sum(axis=1) @ theta**2
        information[:, 0, 1:] = information[:, 1:, 0] = spread @ theta
        steps = np.arange(1, table.shape[1])
        information[:, steps, steps] = spread.sum(axis=2)
        self._apart(table, shape, counts, gradient, information)
        return _blocks(gradient, information, shape)

    def step_weights(self, shape: Shape) -> FloatArray:
        """Each step counts once."""
        return np.ones(shape.valid.shape[1] - 1)

    def room(self, table: FloatArray, step: FloatArray, shape: Shape) -> FloatArray:
        """Levels stay in order."""
        inner = shape.steps[:, 1:]
        gaps = np.where(inner, table[:, 1:-1] - table[:, 2:], 1.0)
        closing = np.where(inner, step[:, 2:] - step[:, 1:-1], 0.0)
        share = np.where(closing > 0, (1 - KEPT_GAP) * gaps / np.where(closing > 0, closing, 1.0), 1.0)
        return np.asarray(np.minimum(share.min(axis=1, initial=1.0), 1.0))

    def _log_not(self, table: FloatArray, theta: FloatArray) -> FloatArray:
        return np.asarray(-np.logaddexp(0.0, table[:, :1, None] * theta + table[:, 1:, None]))

    def _apart(
        self,
        table: FloatArray,
        shape: Shape,
        counts: FloatArray,
        gradient: FloatArray,
        information: FloatArray,
    ) -> None:
        """Add derivatives of Σ n_k ln(1 − exp(e_(k+1) − e_k)) over the inner categories."""
        inner = shape.steps[:, 1:]
        gaps = np.where(inner, table[:, 1:-1] - table[:, 2:], np.inf)
        push = 1 / np.expm1(gaps)
        held = np.where(inner, counts[:, 1:-1], 0.0)
        force, stiff = held * push, held * push * (1 + push)
        gradient[:, 1:-1] += force
        gradient[:, 2:] -= force
        upper = np.arange(1, table.shape[1] - 1)
        information[:, upper, upper] += stiff
        information[:, upper + 1, upper + 1] += stiff
        information[:, upper, upper + 1] -= stiff
        information[:, upper + 1, upper] -= stiff
