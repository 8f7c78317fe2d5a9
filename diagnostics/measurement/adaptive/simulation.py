"""Many adaptive tests in lock step, of people whose abilities are known: is the plan any good?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from diagnostics.measurement.adaptive.answering import Answering
from diagnostics.measurement.adaptive.choosing import Ended, Standing, chosen, ended, learnt
from diagnostics.measurement.adaptive.live import Why
from diagnostics.measurement.adaptive.plan import Plan
from diagnostics.measurement.errors import EmptyDataError
from diagnostics.measurement.numeric import BoolArray, FloatArray, IntArray, complete_vector, one_blas_thread

#: Persons × items that are tested together.
BLOCK = 2_000_000
REASONS = (Why.PRECISE, Why.VERDICT, Why.LENGTH, Why.EXHAUSTED)


@dataclass(frozen=True, slots=True, eq=False)
class Simulated:
    """Tests of simulated persons.

    Attributes
    ----------
    truth, ability, error : (persons,) true ability, mean and SD of the posterior at the end, logits
    below : (persons,) P(ability below the cut); None without a cut
    items, scores : persons × most, rows of the bank and categories in the order of asking; −1 after the end
    from_bank : persons × most, whether the item was chosen from the bank and not taken from the fixed form
    why : (persons,) place in REASONS
    """

    truth: FloatArray
    ability: FloatArray
    error: FloatArray
    below: FloatArray | None
    items: IntArray
    scores: IntArray
    from_bank: BoolArray
    why: IntArray

    @property
    def lengths(self) -> IntArray:
        """(persons,) items asked."""
        return np.asarray((self.items >= 0).sum(axis=1))


def simulate(plan: Plan, abilities: ArrayLike, rng: np.random.Generator) -> Simulated:
    """Give everybody the test, one item at a time for all of them together, by the rule of the live step.

    Parameters
    ----------
    abilities : (persons,) true abilities, logits

    Raises
    ------
    EmptyDataError, BadInputError
        Without persons; if an ability is not finite.
    """
    truth = complete_vector(abilities, "abilities")
    if not truth.size:
        raise EmptyDataError("nobody to test")
    size = max(1, BLOCK // len(plan.bank.items))
    with one_blas_thread():
        parts = [_together(plan, truth[at : at + size], rng) for at in range(0, truth.size, size)]
    columns = [np.concatenate(column) for column in zip(*parts, strict=True)]
    standing = Standing.of(plan, columns[0])
    return Simulated(truth, standing.ability, standing.error, standing.below, *columns[1:])


_Block = tuple[FloatArray, IntArray, IntArray, BoolArray, IntArray]


def _together(plan: Plan, truth: FloatArray, rng: np.random.Generator) -> _Block:
    """Posterior, items, scores, sources and reasons of one block of persons."""
    persons, bank = truth.size, plan.bank
    answering = Answering.of(bank.items)
    draws = rng.random((2, plan.rules.most, persons))
    posterior = np.tile(bank.prior, (persons, 1))
    used = np.zeros((persons, len(bank.items)), dtype=bool)
    counts = np.zeros((persons, len(bank.contents)), dtype=np.int64)
    items, scores = np.full((2, persons, plan.rules.most), -1)
    from_bank = np.zeros(items.shape, dtype=bool)
    why = np.full(persons, REASONS.index(Why.EXHAUSTED))
    active = np.arange(persons)
    for number in range(plan.rules.most):
        ability = posterior[active] @ bank.nodes
        picked = chosen(plan, ability, used[active], counts[active], draws[0, number, active])
        from_bank[active, number] = picked >= 0
        picked = _with_form(plan, picked, used, active)
        active, picked = active[picked >= 0], picked[picked >= 0]
        got = answering.draw(truth[active], picked, draws[1, number, active])
        items[active, number], scores[active, number] = picked, got
        used[active, picked] = True
        counts[active, bank.content[picked]] += 1
        posterior[active] = learnt(plan, posterior[active], picked, got)
        over = ended(plan, Standing.of(plan, posterior[active]), counts[active])
        why[active] = _reasons(over)
        active = active[~(over.precise | over.sure | over.long)]
        if not active.size:
            break
    return posterior, items, scores, from_bank, why


def _with_form(plan: Plan, picked: IntArray, used: BoolArray, active: IntArray) -> IntArray:
    """Where the bank left nothing: the next item of the fixed form."""
    for row in np.flatnonzero(picked < 0):
        spare = [place for place in plan.form if not used[active[row], place]]
        picked[row] = spare[0] if spare else -1
    return picked


def _reasons(over: Ended) -> IntArray:
    """Place in REASONS; "exhausted" for those who go on, until they end otherwise."""
    return np.where(over.precise, 0, np.where(over.sure, 1, np.where(over.long, 2, 3)))
