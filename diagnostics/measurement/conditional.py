"""Conditional likelihood of items with steps: value, gradient and information for one item set.

Given the total score, a person's ability drops out (Rasch 1960; Andersen 1970, 1972), so items are
estimated without any assumption about the persons.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from diagnostics.measurement.numeric import BoolArray, FloatArray, IntArray
from diagnostics.measurement.symmetric import LeftOut, products, symmetric


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """Where the free parameters stand: ln e of each observed category ≥ 1, item after item.

    Attributes
    ----------
    item, step : (P,) item number and category of each parameter
    maxima : (k,) highest category of each item
    """

    item: IntArray
    step: IntArray
    maxima: IntArray

    def steps(self, parameters: FloatArray, items: IntArray) -> list[FloatArray]:
        """e_i1, e_i2, … of the given items; 0 for a category that nobody reached."""
        table = np.zeros((self.maxima.size, int(self.maxima.max()) + 1))
        table[self.item, self.step] = np.exp(parameters)
        return [table[item, 1 : self.maxima[item] + 1] for item in items]

    def tops(self) -> BoolArray:
        """(P,) whether the parameter belongs to the highest category of its item."""
        return np.asarray(self.step == self.maxima[self.item])


@dataclass(frozen=True, slots=True, eq=False)
class Booklet:
    """One presented item set: its items, its parameters, and how many persons have each total score."""

    items: IntArray
    parameters: IntArray
    own_item: IntArray
    step: IntArray
    totals: FloatArray
    left_out: LeftOut

    @classmethod
    def of(cls, layout: Layout, items: IntArray, totals: FloatArray) -> Booklet:
        """Booklet of the given items; `totals` counts persons by score 0…R."""
        parameters = np.flatnonzero(np.isin(layout.item, items))
        own_item = np.searchsorted(items, layout.item[parameters])
        return cls(items, parameters, own_item, layout.step[parameters], totals, LeftOut.of(items.size))


def _observed(booklet: Booklet, gamma: FloatArray) -> FloatArray:
    """γ_r of totals that occur, else 1: a total that no categories add up to has γ_r = 0 and no persons."""
    return np.where(booklet.totals > 0, gamma, 1.0)


def log_normaliser(booklet: Booklet, layout: Layout, parameters: FloatArray) -> float:
    """Σ_r n_r ln γ_r: what conditioning on the total scores subtracts."""
    gamma = _observed(booklet, symmetric(layout.steps(parameters, booklet.items)))
    return float(booklet.totals @ np.log(gamma))


def expected_and_information(
    booklet: Booklet, layout: Layout, parameters: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Expected category counts given the totals, and the information matrix, over the booklet's parameters.

    With γ^(i) the functions without item i: P(x_i = h | r) = e_ih γ^(i)_{r−h} / γ_r, and for two items
    P(x_i = h, x_j = l | r) = e_ih e_jl γ^(ij)_{r−h−l} / γ_r; the information is the sum of covariances.
    """
    steps = layout.steps(parameters, booklet.items)
    gamma = _observed(booklet, symmetric(steps))
    easiness = np.exp(parameters[booklet.parameters])
    chances = _category_chances(booklet, gamma, products(steps, booklet.left_out.single), easiness)
    expected = chances @ booklet.totals
    joint = _joint_counts(booklet, gamma, products(steps, booklet.left_out.pair))
    information = easiness[:, None] * easiness * joint
    same_item = booklet.own_item[:, None] == booklet.own_item
    information[same_item] = 0.0
    information[np.diag_indices_from(information)] = expected
    return expected, information - (chances * booklet.totals) @ chances.T


def _category_chances(
    booklet: Booklet, gamma: FloatArray, without: FloatArray, easiness: FloatArray
) -> FloatArray:
    """Parameters × totals: P(x_i = h | r)."""
    order = np.arange(gamma.size) - booklet.step[:, None]
    ways = np.where(order >= 0, without[order, booklet.own_item[:, None]], 0.0)
    return np.asarray(easiness[:, None] * ways / gamma)


def _joint_counts(booklet: Booklet, gamma: FloatArray, without: FloatArray) -> FloatArray:
    """Parameters × parameters: Σ_r n_r γ^(ij)_{r−h−l} / γ_r for parameters of different items."""
    weights = booklet.totals / gamma
    highest = 2 * int(booklet.step.max())
    count = booklet.items.size
    table = np.zeros((highest + 1, count, count))
    first, second = booklet.left_out.first, booklet.left_out.second
    for shift in range(2, highest + 1):
        sums = weights[shift:] @ without[: max(gamma.size - shift, 0)]
        table[shift, first, second] = table[shift, second, first] = sums
    shifts = booklet.step[:, None] + booklet.step
    return np.asarray(table[shifts, booklet.own_item[:, None], booklet.own_item])
