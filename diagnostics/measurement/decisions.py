"""How often would the levels of a raw score be right, and how often the same again? Asked before publishing."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from diagnostics.measurement.errors import BadInputError, TooFewPersonsError
from diagnostics.measurement.method import METHOD, Method
from diagnostics.measurement.numeric import FloatArray, complete_vector, special

#: A test is not lengthened beyond this many times in search of the goal.
LONGEST = 20


@dataclass(frozen=True, slots=True)
class TrueScores:
    """Beta distribution of true shares and the number of right-or-wrong trials the test is worth.

    `length` is the number of items under the binomial error model, the effective length under
    Livingston–Lewis; it need not be whole.
    """

    alpha: float
    beta: float
    length: float

    @property
    def reliability(self) -> float:
        """Reliability of the test that follows: length / (length + α + β)."""
        return self.length / (self.length + self.alpha + self.beta)


@dataclass(frozen=True, slots=True)
class Decisions:
    """Quality of a classification by cuts.

    Attributes
    ----------
    accuracy : probability that the observed class is the true class
    consistency : probability that two parallel forms give one class
    chance, kappa : agreement of two independent classifications; consistency beyond it
    false_low, false_high : probability of a class below, above the true one
    shares : probability of each observed class, lowest first
    """

    accuracy: float
    consistency: float
    chance: float
    kappa: float | None
    false_low: float
    false_high: float
    shares: tuple[float, ...]


def kr21(mean: float, sd: float, length: int) -> float:
    """Kuder–Richardson formula 21: reliability of a number-right score under binomial error.

    Source: Kuder, Richardson 1937, Psychometrika 2: 151–160.

    Raises
    ------
    BadInputError
        If the mean lies outside 0…length, the spread is not positive or there are fewer than two items.
    """
    if length < 2 or not 0 <= mean <= length or sd <= 0:  # noqa: PLR2004 - the formula divides by length − 1
        raise BadInputError("a mean within 0…length and a positive spread", mean=mean, sd=sd, length=length)
    return length / (length - 1) * (1 - mean * (length - mean) / (length * sd**2))


def binomial_error(mean: float, sd: float, length: int) -> TrueScores:
    """True scores of a number-right test from mean and SD alone (beta-binomial model).

    Source: Huynh 1976, J. Educ. Meas. 13: 253–264; Keats, Lord 1962.

    Raises
    ------
    BadInputError
        If KR-21 is not between 0 and 1: scores vary no more than chance, so nobody can be classified.
    """
    reliability = kr21(mean, sd, length)
    if not 0 < reliability < 1:
        raise BadInputError("scores vary no more than chance", kr21=reliability)
    alpha = (1 / reliability - 1) * mean
    return TrueScores(alpha, (1 / reliability - 1) * length - alpha, length)


def livingston_lewis(
    scores: ArrayLike, reliability: float, maximum: float, minimum: float = 0.0
) -> TrueScores:
    """True scores of any score by its effective length: trials that would give its reliability.

    ñ = ((μ − min)(max − μ) − ρσ²) / (σ²(1 − ρ)); true shares are beta-distributed with the moments that
    follow (two parameters: always a distribution on 0…1, which the four-parameter fit need not be).
    Source: Livingston, Lewis 1995, J. Educ. Meas. 32: 179–197; Hanson 1991 (two-parameter variant).

    Parameters
    ----------
    scores : (persons,) total scores
    reliability : alpha or omega of the total
    maximum, minimum : possible range of the total

    Raises
    ------
    TooFewPersonsError, BadInputError
        With fewer than two persons; if the reliability is not within 0…1 or a score outside the range.
    """
    totals = complete_vector(scores, "scores")
    if totals.size < 2:  # noqa: PLR2004 - a spread needs two
        raise TooFewPersonsError("a spread needs two persons", n=int(totals.size))
    if maximum <= minimum or totals.min() < minimum or totals.max() > maximum:
        raise BadInputError("scores lie within minimum…maximum")
    if not 0 < reliability < 1:
        raise BadInputError("a reliability between 0 and 1", reliability=reliability)
    share = (totals - minimum) / (maximum - minimum)
    mean, variance = float(share.mean()), float(share.var(ddof=1))
    true = reliability * variance
    room = mean * (1 - mean) - true
    if variance <= 0 or room <= 0:
        raise BadInputError("scores without spread, or with more than 0…maximum allows")
    size = mean * (1 - mean) / true - 1
    return TrueScores(mean * size, (1 - mean) * size, room / (variance - true))


def decisions(
    true: TrueScores, cuts: ArrayLike, true_cuts: ArrayLike | None = None, whole: int | None = None
) -> Decisions:
    """Accuracy and consistency of classes that begin at the cuts.

    Sums of the beta-binomial in closed form: P(x) for the classes, the posterior beta of each x for the true
    class, and ∫ Bin(x)Bin(y) dBeta for two forms.

    Parameters
    ----------
    cuts : (classes − 1,) rising shares 0…1 of the maximum from which a class begins
    true_cuts : the same on the true shares; None = `cuts`
    whole : number of trials; None = the length rounded to a whole number, at least 1

    Raises
    ------
    BadInputError
        If cuts do not rise within 0…1 or the two rows differ in length.
    """
    observed = _cuts(cuts)
    real = observed if true_cuts is None else _cuts(true_cuts)
    if real.size != observed.size:
        raise BadInputError("one true cut a cut")
    length = _whole(true) if whole is None else whole
    members = _members(length, observed)
    table = members.T @ _joint_with_truth(true, length, real)
    both = members.T @ _two_forms(true, length) @ members
    shares = table.sum(axis=1)
    consistency, chance = float(np.trace(both)), float(shares @ shares)
    return Decisions(
        accuracy=float(np.trace(table)),
        consistency=consistency,
        chance=chance,
        kappa=(consistency - chance) / (1 - chance) if chance < 1 - 1e-12 else None,
        false_low=float(np.triu(table, 1).sum()),
        false_high=float(np.tril(table, -1).sum()),
        shares=tuple(shares.tolist()),
    )


def _whole(true: TrueScores) -> int:
    return max(1, round(true.length))


def _members(length: int, cuts: FloatArray) -> FloatArray:
    """(length + 1) × classes: 1 where a number of points falls into the class."""
    place = np.searchsorted(cuts * length, np.arange(length + 1) + 1e-9, side="right")
    return np.asarray(place[:, None] == np.arange(cuts.size + 1), dtype=np.float64)


def _cuts(values: ArrayLike) -> FloatArray:
    found = complete_vector(values, "cuts")
    if not found.size or (np.diff(found) <= 0).any() or found[0] <= 0 or found[-1] > 1:
        raise BadInputError("cuts rise within 0…1", cuts=found.tolist())
    return found


def _log_choose(length: int, points: FloatArray) -> FloatArray:
    return np.asarray(-special().betaln(length - points + 1, points + 1) - np.log(length + 1))


def _joint_with_truth(true: TrueScores, length: int, cuts: FloatArray) -> FloatArray:
    """(length + 1) × classes: P(x, true class)."""
    points = np.arange(length + 1, dtype=np.float64)
    first, second = true.alpha + points, true.beta + length - points
    logs = special().betaln(first, second) - special().betaln(true.alpha, true.beta)
    chance = np.exp(_log_choose(length, points) + logs)
    below = special().betainc(first[:, None], second[:, None], cuts)
    edges = np.column_stack((np.zeros(length + 1), below, np.ones(length + 1)))
    return np.asarray(chance[:, None] * np.diff(edges, axis=1))


def _two_forms(true: TrueScores, length: int) -> FloatArray:
    """(length + 1)²: P(x, y) of two parallel forms."""
    points = np.arange(length + 1, dtype=np.float64)
    both = points[:, None] + points
    ways = _log_choose(length, points)
    logs = special().betaln(true.alpha + both, true.beta + 2 * length - both)
    return np.exp(ways[:, None] + ways + logs - special().betaln(true.alpha, true.beta))


@dataclass(frozen=True, slots=True)
class Needed:
    """How long a test must be for its goal.

    Attributes
    ----------
    more : items to add (0 = the goal is reached); None where even LONGEST times the test is not enough
    accuracy : now; `reached` with the added items
    reliability : that the lengthened test has (Spearman–Brown)
    """

    more: int | None
    accuracy: float
    reached: float | None
    reliability: float | None


def items_needed(
    true: TrueScores, n_items: int, cuts: ArrayLike, goal: float | None = None, method: Method = METHOD
) -> Needed:
    """Fewest items like the present ones with which accuracy reaches the goal.

    Items of the same quality multiply the length and leave the true scores as they are (Spearman 1910;
    Brown 1910). Accuracy is not quite monotone, because a cut falls between whole numbers of points, so the
    goal must hold for the found length and for the next two as well.

    Raises
    ------
    BadInputError
        If there is no item or the cuts do not rise within 0…1.
    """
    if n_items < 1:
        raise BadInputError("a test has items", n_items=n_items)
    wanted = method.accuracy_goal if goal is None else goal
    at = _cuts(cuts)
    now = _accuracy(true, at)
    low, high = 0, (LONGEST - 1) * n_items
    if not _holds(true, n_items, high, at, wanted):
        return Needed(None, now, None, None)
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if _holds(true, n_items, middle, at, wanted) else (middle + 1, high)
    longer = _longer(true, n_items, low)
    return Needed(low, now, _accuracy(longer, at), longer.reliability)


def _accuracy(true: TrueScores, cuts: FloatArray) -> float:
    length = _whole(true)
    return float((_members(length, cuts) * _joint_with_truth(true, length, cuts)).sum())


def _longer(true: TrueScores, n_items: int, more: int) -> TrueScores:
    return TrueScores(true.alpha, true.beta, true.length * (n_items + more) / n_items)


def _holds(true: TrueScores, n_items: int, more: int, cuts: FloatArray, goal: float) -> bool:
    return all(_accuracy(_longer(true, n_items, more + extra), cuts) >= goal for extra in range(3))
