"""What clearing up brings and costs: verdicts before and after it, for persons whose truth is known."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from diagnostics.measurement.adaptive.population import LEAST_CHANCE, nodes, share_below, weights
from diagnostics.measurement.errors import BadInputError
from diagnostics.measurement.latent.items import LatentItem, curves
from diagnostics.measurement.latent.persons import STANDARD, Population
from diagnostics.measurement.method import METHOD, Method
from diagnostics.measurement.numeric import FloatArray, answer_matrix
from diagnostics.measurement.posterior import posteriors
from diagnostics.measurement.prior import Prior
from diagnostics.measurement.verdict_rates import VerdictRates, verdict_rates

#: From answers (persons × items, 0 and 1; those not asked are columns left out) to P(true value below the cut).
Judge = Callable[[FloatArray], FloatArray]


@dataclass(frozen=True, slots=True)
class ClarifyingRates:
    """The rule tried.

    Attributes
    ----------
    before, after : rates of the verdicts without it and with it
    asked : share of persons who were asked further
    more : mean number of further items among those; None where nobody was asked
    more_of_all : … among all persons
    """

    before: VerdictRates
    after: VerdictRates
    asked: float
    more: float | None
    more_of_all: float


def judge_by_share(cut: float, prior: Prior | None = None, method: Method = METHOD) -> Judge:
    """Without a calibration: every item is one trial of the same weight."""

    def judge(answers: FloatArray) -> FloatArray:
        persons, items = answers.shape
        size = np.full(persons, float(items))
        return posteriors(answers.sum(axis=1), size, size, prior, method).p_below(cut)

    return judge


def judge_by_ability(items: Sequence[LatentItem], cut: float, population: Population = STANDARD) -> Judge:
    """With a calibration: `items` are right-or-wrong, in the order of asking.

    Raises
    ------
    BadInputError
        If an item has more than two categories.
    """
    if any(item.maximum > 1 for item in items):
        raise BadInputError("right-or-wrong items only")
    at = nodes(population)
    chance = np.clip(curves(items, at).chances[:, :, 1].T, LEAST_CHANCE, 1 - LEAST_CHANCE)
    right, wrong, start = np.log(chance), np.log1p(-chance), np.log(weights())
    below = share_below(at, cut)

    def judge(answers: FloatArray) -> FloatArray:
        count = answers.shape[1]
        logs = start + answers @ right[:count] + (1 - answers) @ wrong[:count]
        found = np.exp(logs - logs.max(axis=1, keepdims=True))
        return np.clip(found @ below / found.sum(axis=1), 0.0, 1.0)

    return judge


def clarifying_rates(
    answers: ArrayLike,
    deficits: ArrayLike,
    judge: Judge,
    *,
    start: int,
    limit: int | None = None,
    method: Method = METHOD,
) -> ClarifyingRates:
    """Ask everybody whose verdict is not clear after `start` items one item more, again and again.

    Parameters
    ----------
    answers : persons × at least start + limit items, what each person would answer, in the order of asking
    deficits : (persons,) whether the true value lies below the cut

    Raises
    ------
    BadInputError, EmptyDataError
        If there are too few items, answers are missing or not 0 and 1, or nobody is there.
    """
    matrix = answer_matrix(answers)
    limit = method.clarifying_limit if limit is None else limit
    if not (method.min_items <= start and limit >= 0 and matrix.shape[1] >= start + limit):
        raise BadInputError("start and limit within the items", start=start, items=matrix.shape[1])
    if not np.isin(matrix, (0.0, 1.0)).all():
        raise BadInputError("what a person would answer is 0 or 1")
    chance = judge(matrix[:, :start])
    first, more = chance.copy(), np.zeros(chance.size, dtype=np.int64)
    for count in range(start + 1, start + limit + 1):
        unclear = np.flatnonzero((chance > method.surely_none_to) & (chance < method.confirmed_from))
        if not unclear.size:
            break
        chance[unclear] = judge(matrix[unclear, :count])
        more[unclear] += 1
    asked = more > 0
    return ClarifyingRates(
        before=verdict_rates(first, deficits, method),
        after=verdict_rates(chance, deficits, method),
        asked=float(asked.mean()),
        more=float(more[asked].mean()) if asked.any() else None,
        more_of_all=float(more.mean()),
    )
