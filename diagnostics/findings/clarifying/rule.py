"""Which task clears a doubtful block up next, and what may be said by now. Numbers in, numbers out.

One block is asked on until it is clear, its own limit is reached or nothing is left; then the next one: first those
where a deficit is the likelier side. Within a block the sequential rule of the measurement decides
(`measurement.adaptive.clarifying`), and the draw is among the tasks that tell most at the cut.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from diagnostics.findings.clarifying.scale import BlockScale
from diagnostics.measurement.adaptive.clarifying import (
    Clarification,
    Clarified,
    ability_posterior,
    asking_order,
    by_ability,
)
from diagnostics.measurement.conclusion import Conclusion
from diagnostics.measurement.latent.items import LatentItem
from diagnostics.measurement.method import Method
from diagnostics.measurement.numeric import FloatArray

Known = tuple[tuple[LatentItem, int], ...]


@dataclass(frozen=True, slots=True)
class BlockCase:
    """What one person has shown in one block.

    fixed, further  answers of the form and to the tasks drawn, as (task, raw score in steps)
    free            tasks that may still be drawn for this person
    """

    scale: BlockScale
    fixed: Known
    further: Known = ()
    free: tuple[LatentItem, ...] = ()

    @property
    def known(self) -> Known:
        return self.fixed + self.further


@dataclass(frozen=True, slots=True)
class Next:
    """`item` None: nothing is asked; `state` says why."""

    item: str | None
    block: str | None
    state: Clarified


@dataclass(frozen=True, slots=True)
class Measured:
    """What is concluded about a block: per cents are those expected on the reference form.

    before  P(below the cut) by the form alone
    """

    below: float | None
    before: float | None
    conclusion: Conclusion
    n_items: int
    asked: int
    percent: float
    low80: float
    high80: float


def next_item(
    cases: Sequence[BlockCase], *, most: int, seed: int, worn: Collection[str], method: Method
) -> Next:
    """The next task, or why there is none.

    `most`: tasks in all; `seed`: of the sitting, so that a page asked for twice draws the same one; `worn`: tasks
    that have been shown to too many.
    """
    asked = len({item.name for case in cases for item, _ in case.further})
    seen: list[Clarified] = []
    for case in sorted(cases, key=lambda case: _order(case, method)):
        pick = _drawn(
            [item for item in case.free if item.name not in worn], case.scale.cut, seed, asked, method
        )
        found = _step(case, pick, most - asked, method)
        if found.state is Clarified.ASK:
            return Next(found.item, case.scale.code, Clarified.ASK)
        seen.append(found.state)
    return Next(None, None, _why(seen))


def unclear(case: BlockCase, method: Method) -> bool:
    """Whether further tasks could still change what is said."""
    found = _step(case, None, 1, method)
    return found.state is not Clarified.CLEAR


def measured(case: BlockCase, method: Method) -> Measured:
    """The conclusion of a block by all its answers."""
    before = _step(case_of_form(case), None, 0, method).conclusion.probability
    now = _step(case, None, 0, method).conclusion
    at, weights = ability_posterior(case.known, case.scale.population)
    percents = case.scale.percent_at(at)
    low, high = _quantile(percents, weights, 0.1), _quantile(percents, weights, 0.9)
    return Measured(
        now.probability,
        before,
        now.code,
        now.n_items,
        len(case.further),
        float(percents @ weights),
        low,
        high,
    )


def case_of_form(case: BlockCase) -> BlockCase:
    """The same without the tasks drawn."""
    return BlockCase(case.scale, case.fixed)


def _step(case: BlockCase, pick: LatentItem | None, left: int, method: Method) -> Clarification:
    return by_ability(
        case.known,
        () if pick is None else (pick,),
        cut=case.scale.cut,
        asked=len(case.further),
        population=case.scale.population,
        limit=min(method.clarifying_limit, len(case.further) + max(0, left)),
        method=method,
    )


def _order(case: BlockCase, method: Method) -> tuple[bool, bool, float, str]:
    """The block begun first, then likely deficits (the likeliest first), then the rest (the nearest to clear)."""
    below = _step(case, None, 0, method).conclusion.probability
    chance = 0.5 if below is None else below
    likely = chance >= method.probable_from
    return not case.further, not likely, -chance if likely else chance, case.scale.code


def _drawn(
    free: Sequence[LatentItem], cut: float, seed: int, asked: int, method: Method
) -> LatentItem | None:
    """One of those that tell most at the cut, by the sitting's own lot."""
    best = asking_order(free, cut)[: method.choose_from]
    return best[int(np.random.default_rng([seed, asked]).integers(len(best)))] if best else None


def _why(seen: Collection[Clarified]) -> Clarified:
    for state in (Clarified.LIMIT, Clarified.NO_ITEMS):
        if state in seen:
            return state
    return Clarified.CLEAR


def _quantile(values: FloatArray, weights: FloatArray, share: float) -> float:
    """Of rising values: where the running weight, counted to the middle of each cell, reaches the share."""
    reached = np.cumsum(weights) - weights / 2
    return float(np.interp(share, reached, values))
