"""What may be said about one block of one person, and about a list and a group of them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike

from diagnostics.measurement.errors import BadInputError
from diagnostics.measurement.method import METHOD, Method
from diagnostics.measurement.numeric import FloatArray, complete_vector


class Conclusion(StrEnum):
    """Second layer of a deficit: how sure we are that the true value lies below the cut."""

    CONFIRMED = "confirmed"
    PROBABLE = "probable"
    NOT_SHOWN = "not_shown"
    SURELY_NONE = "surely_none"
    NO_CONCLUSION = "no_conclusion"


class InRoute(StrEnum):
    """What the conclusion means for the development route."""

    YES = "yes"
    CLARIFY_FIRST = "clarify_first"
    NO = "no"
    TUTOR_DECIDES = "tutor_decides"


_IN_ROUTE = {
    Conclusion.CONFIRMED: InRoute.YES,
    Conclusion.PROBABLE: InRoute.CLARIFY_FIRST,
    Conclusion.NOT_SHOWN: InRoute.NO,
    Conclusion.SURELY_NONE: InRoute.NO,
    Conclusion.NO_CONCLUSION: InRoute.TUTOR_DECIDES,
}


@dataclass(frozen=True, slots=True)
class BlockConclusion:
    """Conclusion about one block.

    Attributes
    ----------
    code : the conclusion
    probability : P(true value below the cut); None where nothing is concluded
    n_items : items it rests on
    provisional : no calibration stands behind it («предварительно»)
    reason : "too_few_items" or None
    """

    code: Conclusion
    probability: float | None
    n_items: int
    provisional: bool
    reason: str | None = None

    @property
    def in_route(self) -> InRoute:
        """What it means for the route."""
        return _IN_ROUTE[self.code]


def conclude(
    probability: float,
    n_items: int,
    *,
    provisional: bool,
    method: Method = METHOD,
) -> BlockConclusion:
    """Put P(true value below the cut) into one of five conclusions (methods.md §3).

    Raises
    ------
    BadInputError
        If `probability` is no probability.
    """
    if not 0 <= probability <= 1:
        raise BadInputError("a probability lies between 0 and 1", probability=probability)
    if n_items < method.min_items:
        return BlockConclusion(Conclusion.NO_CONCLUSION, None, n_items, provisional, "too_few_items")
    return BlockConclusion(_by_threshold(probability, method), probability, n_items, provisional)


def _by_threshold(probability: float, method: Method) -> Conclusion:
    if probability >= method.confirmed_from:
        return Conclusion.CONFIRMED
    if probability >= method.probable_from:
        return Conclusion.PROBABLE
    return Conclusion.NOT_SHOWN if probability > method.surely_none_to else Conclusion.SURELY_NONE


@dataclass(frozen=True, slots=True)
class NamedList:
    """Persons whose deficit is called confirmed.

    Attributes
    ----------
    kept : positions in the given row, surest first
    demoted : positions above the threshold that would lift the expected false share over the limit;
        they are called probable instead
    expected_false_share : mean of 1 − P over `kept`; None for an empty list
    """

    kept: tuple[int, ...]
    demoted: tuple[int, ...]
    expected_false_share: float | None


def expected_false_share(probabilities: ArrayLike) -> float | None:
    """Mean of 1 − P: the share of names on a list that are expected to be false; None if empty."""
    values = _probabilities(probabilities)
    return float(np.mean(1 - values)) if values.size else None


def confirmed_list(probabilities: ArrayLike, method: Method = METHOD) -> NamedList:
    """Longest list of the surest names whose expected false share stays within the method's limit.

    Names enter in falling order of P, so the running mean of 1 − P only rises and the cut is exact
    (Bayesian false discovery rate; Newton et al. 2004, Biostatistics 5: 155–176).
    """
    values = _probabilities(probabilities)
    order = np.argsort(-values, kind="stable")
    order = order[values[order] >= method.confirmed_from]
    running = np.cumsum(1 - values[order]) / np.arange(1, order.size + 1)
    length = int(np.sum(running <= method.false_share_limit + 1e-12))
    kept = tuple(int(index) for index in order[:length])
    demoted = tuple(int(index) for index in order[length:])
    return NamedList(kept, demoted, float(running[length - 1]) if length else None)


@dataclass(frozen=True, slots=True)
class Prevalence:
    """Share of these very persons who have the deficit, with its interval (shares, 0…1).

    `reason` is "too_few_persons" where the group is below the given minimum; then the rest is None.
    """

    n: int
    share: float | None
    low: float | None
    high: float | None
    reason: str | None = None


def prevalence(
    probabilities: ArrayLike,
    *,
    min_persons: int = 1,
    method: Method = METHOD,
) -> Prevalence:
    """Mean P with the central interval of the number of true deficits, never a count of verdicts.

    The number of deficits among persons with known P is Poisson-binomial; its distribution is computed
    exactly, so the interval is honest for small groups. It speaks of these persons, not of a population.
    """
    values = _probabilities(probabilities)
    n = int(values.size)
    if n < max(min_persons, 1):
        return Prevalence(n, None, None, None, "too_few_persons")
    below = np.cumsum(poisson_binomial(values))
    tail = (1 - method.group_interval) / 2
    low, high = np.searchsorted(below, [tail, 1 - tail])
    return Prevalence(n, float(values.mean()), float(low) / n, float(min(high, n)) / n)


def poisson_binomial(probabilities: FloatArray) -> FloatArray:
    """(n + 1,) distribution of the number of successes of independent unequal trials."""
    distribution = np.zeros(probabilities.size + 1)
    distribution[0] = 1.0
    for done, chance in enumerate(probabilities, start=1):
        distribution[1 : done + 1] = distribution[1 : done + 1] * (1 - chance) + distribution[:done] * chance
        distribution[0] *= 1 - chance
    return distribution


def _probabilities(values: ArrayLike) -> FloatArray:
    array = complete_vector(values, "probabilities")
    if ((array < 0) | (array > 1)).any():
        raise BadInputError("a probability lies between 0 and 1")
    return array
