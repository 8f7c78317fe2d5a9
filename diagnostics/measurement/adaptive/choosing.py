"""The one rule of the next item and of the end, for one person who sits there and for thousands at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from diagnostics.measurement.adaptive.plan import Plan
from diagnostics.measurement.numeric import BoolArray, FloatArray, IntArray

#: Items looked at beyond those that may be used up, before the whole bank is looked through.
AHEAD = 24


@dataclass(frozen=True, slots=True, eq=False)
class Standing:
    """What is known of some persons: (persons,) mean and SD of the ability, P(below the cut) or None."""

    ability: FloatArray
    error: FloatArray
    below: FloatArray | None

    @classmethod
    def of(cls, plan: Plan, posterior: FloatArray) -> Standing:
        """Read posteriors, persons × nodes."""
        nodes = plan.bank.nodes
        ability = posterior @ nodes
        variance = posterior @ (nodes * nodes) - ability**2
        below = None if plan.below is None else np.clip(posterior @ plan.below, 0.0, 1.0)
        return cls(ability, np.sqrt(np.maximum(variance, 0.0)), below)


def learnt(plan: Plan, posterior: FloatArray, items: IntArray, scores: IntArray) -> FloatArray:
    """Posteriors after one more answer each."""
    found = posterior * plan.bank.likelihood[items, scores]
    found /= found.sum(axis=1, keepdims=True)
    return found


def lacking(plan: Plan, counts: IntArray) -> IntArray:
    """Persons × contents: items that the quotas still demand."""
    return np.maximum(plan.least - counts, 0)


def open_contents(plan: Plan, counts: IntArray) -> BoolArray:
    """Persons × contents: whether an item may be asked so that all quotas can still be filled."""
    demand = lacking(plan, counts)
    left = plan.rules.most - counts.sum(axis=1)
    return np.asarray((counts < plan.most) & ((demand > 0) | (left > demand.sum(axis=1))[:, None]))


def chosen(
    plan: Plan,
    ability: FloatArray,
    used: BoolArray,
    counts: IntArray,
    draws: FloatArray,
) -> IntArray:
    """(persons,) next item: one of the most informative that the quotas allow; −1 where there is none.

    A content is open while its quota is not full and the items that are left suffice for what the other
    quotas still demand, so a test that begins with quotas it can fill never ends without having filled
    them (van der Linden 2005, *Linear Models for Optimal Test Design*, ch. 9, for one level of contents).
    The draw is among the best `choose_from` (randomesque: Kingsbury, Zara 1989, Appl. Meas. Educ. 2).

    Parameters
    ----------
    ability : (persons,) present estimates
    used : persons × items that were asked or are barred
    counts : persons × contents, items asked so far
    draws : (persons,) numbers from 0 up to, not including, 1
    """
    is_open = open_contents(plan, counts)
    cells = plan.bank.cells(ability)
    width = min(int(counts.sum(axis=1).max(initial=0)) + plan.choose_from + AHEAD, used.shape[1])
    found, enough = _drawn(plan, cells, used, is_open, draws, width)
    rest = np.flatnonzero(~enough)
    if rest.size and width < used.shape[1]:
        again, _ = _drawn(plan, cells[rest], used[rest], is_open[rest], draws[rest], used.shape[1])
        found[rest] = again
    return found


def _drawn(
    plan: Plan, cells: IntArray, used: BoolArray, is_open: BoolArray, draws: FloatArray, width: int
) -> tuple[IntArray, BoolArray]:
    """Draw among the first `width` of the ranking; and whether these held as many as are drawn from."""
    rows = np.arange(cells.size)
    ranked = plan.bank.ranking[cells, :width]
    fits = is_open[rows[:, None], plan.bank.content[ranked]] & ~used[rows[:, None], ranked]
    order = np.cumsum(fits, axis=1)
    several = np.minimum(order[:, -1], plan.choose_from)
    wanted = np.floor(draws * several).astype(np.int64) + 1
    found = ranked[rows, (order == wanted[:, None]).argmax(axis=1)]
    return np.where(several > 0, found, -1), several >= plan.choose_from


@dataclass(frozen=True, slots=True, eq=False)
class Ended:
    """(persons,) each: whether the test is precise enough, clear enough, long enough to end."""

    precise: BoolArray
    sure: BoolArray
    long: BoolArray


def ended(plan: Plan, standing: Standing, counts: IntArray) -> Ended:
    """Whether tests end; precision and clearness wait for the shortest length and for all quotas."""
    asked = counts.sum(axis=1)
    may = (asked >= plan.rules.least) & ~lacking(plan, counts).any(axis=1)
    precise = may & (standing.error <= (plan.rules.error or 0.0))
    sure = np.zeros_like(may)
    if standing.below is not None:
        high, low = plan.thresholds
        sure = may & ((standing.below >= high) | (standing.below <= low))
    return Ended(precise, sure, asked >= plan.rules.most)
