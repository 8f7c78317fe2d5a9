"""A probable deficit is cleared up: further unseen items of the same competence until it is clear."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike

from diagnostics.measurement.adaptive.population import LEAST_CHANCE, category, nodes, share_below, weights
from diagnostics.measurement.conclusion import BlockConclusion, conclude
from diagnostics.measurement.errors import BadInputError
from diagnostics.measurement.latent.items import LatentItem, curves
from diagnostics.measurement.latent.persons import STANDARD, Population
from diagnostics.measurement.method import METHOD, Method
from diagnostics.measurement.numeric import FloatArray, complete_vector
from diagnostics.measurement.posterior import effective_items, posterior
from diagnostics.measurement.prior import Prior


class Clarified(StrEnum):
    """Where the clearing up stands."""

    ASK = "ask"
    #: The verdict is clear.
    CLEAR = "clear"
    #: As many items were asked as are allowed.
    LIMIT = "limit"
    #: No unseen item of this competence is left.
    NO_ITEMS = "no_items"


@dataclass(frozen=True, slots=True)
class Clarification:
    """The next step.

    Attributes
    ----------
    state : whether to ask, and if not, why not
    item : the item to ask, None otherwise
    conclusion : what may be said by now
    left : items that may still be asked
    """

    state: Clarified
    item: str | None
    conclusion: BlockConclusion
    left: int


def by_share(
    points: ArrayLike,
    maxima: ArrayLike,
    *,
    cut: float,
    unseen: Sequence[str],
    asked: int,
    prior: Prior | None = None,
    limit: int | None = None,
    method: Method = METHOD,
) -> Clarification:
    """Without a calibration: beta-binomial posterior of the true share.

    Parameters
    ----------
    points, maxima : (items,) of all answered items of the competence, the clarifying ones among them
    cut : share (0…1) that begins «no deficit»
    unseen : items of the competence that the person has not seen, in the order of asking
    asked : clarifying items so far
    prior : of the pinned calibration; None = the weak prior, and the conclusion is provisional
    limit : clarifying items at most; None = as the method says

    Raises
    ------
    BadInputError
        If lengths differ, points exceed the maximum, the cut is no share, or numbers are negative.
    """
    got, possible = complete_vector(points, "points"), complete_vector(maxima, "maxima")
    if got.shape != possible.shape or (got < 0).any() or (got > possible).any():
        raise BadInputError("points lie within 0…maximum, item by item")
    trials = effective_items(possible) if possible.size else 0.0
    known = posterior(float(got.sum()), float(possible.sum()), trials, prior, method)
    provisional = prior is None or prior.provisional
    conclusion = conclude(known.p_below(cut), got.size, provisional=provisional, method=method)
    return _next(conclusion, unseen[0] if unseen else None, asked, limit, method)


def by_ability(
    answers: Sequence[tuple[LatentItem, int]],
    unseen: Sequence[LatentItem],
    *,
    cut: float,
    asked: int,
    population: Population = STANDARD,
    limit: int | None = None,
    method: Method = METHOD,
) -> Clarification:
    """With a calibration: posterior of the ability; the next item tells most at the cut.

    Which side of a cut is a question about the cut: information is sought there and not at the present
    estimate (Eggen 1999, Appl. Psychol. Meas. 23: 249–261).

    Parameters
    ----------
    answers : items of the competence with raw scores, the clarifying ones among them
    unseen : calibrated items of the competence that the person has not seen
    cut : ability (logits) that begins «no deficit»

    Raises
    ------
    BadInputError
        If a score is negative, an item is answered twice or offered again, or the cut is not finite.
    """
    names = [item.name for item, _ in answers]
    if len({*names, *(item.name for item in unseen)}) != len(names) + len(unseen):
        raise BadInputError("an item is answered twice or offered again")
    below = p_below(answers, cut, population)
    conclusion = conclude(below, len(names), provisional=False, method=method)
    best = asking_order(unseen, cut)[0].name if unseen else None
    return _next(conclusion, best, asked, limit, method)


def asking_order(items: Sequence[LatentItem], cut: float) -> tuple[LatentItem, ...]:
    """The items, most informative at the cut first."""
    if not items:
        return ()
    telling = curves(items, [cut]).information()[0]
    return tuple(items[place] for place in np.argsort(-telling, kind="stable"))


def p_below(answers: Collection[tuple[LatentItem, int]], cut: float, population: Population) -> float:
    """P(ability < cut) given the answers.

    Raises
    ------
    BadInputError
        If a score is negative or the cut is not finite.
    """
    if not np.isfinite(cut):
        raise BadInputError("a cut is a finite ability", cut=cut)
    at, found = ability_posterior(answers, population)
    return float(np.clip(found @ share_below(at, cut), 0.0, 1.0))


def ability_posterior(
    answers: Collection[tuple[LatentItem, int]], population: Population
) -> tuple[FloatArray, FloatArray]:
    """Abilities and how probable each is given the answers (sum 1).

    Raises
    ------
    BadInputError
        If a score is negative.
    """
    at, logs = nodes(population), np.log(weights())
    for item, score in answers:
        chances = curves([item], at).chances[:, 0, category(item, score)]
        logs += np.log(np.maximum(chances, LEAST_CHANCE))
    found = np.exp(logs - logs.max())
    return at, np.asarray(found / found.sum())


def _next(
    conclusion: BlockConclusion, item: str | None, asked: int, limit: int | None, method: Method
) -> Clarification:
    most = method.clarifying_limit if limit is None else limit
    if asked < 0 or most < 0:
        raise BadInputError("numbers of items are not negative", asked=asked, limit=most)
    left = max(0, most - asked)
    chance = conclusion.probability
    if chance is not None and not method.surely_none_to < chance < method.confirmed_from:
        return Clarification(Clarified.CLEAR, None, conclusion, left)
    if not left:
        return Clarification(Clarified.LIMIT, None, conclusion, 0)
    if item is None:
        return Clarification(Clarified.NO_ITEMS, None, conclusion, left)
    return Clarification(Clarified.ASK, item, conclusion, left)
