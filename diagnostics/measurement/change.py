"""Did one person change, or is it within the error of the test?"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from math import isfinite, sqrt

from diagnostics.measurement.conclusion import Conclusion
from diagnostics.measurement.errors import BadInputError
from diagnostics.measurement.levels import OfficialLevel
from diagnostics.measurement.method import METHOD, Method


class Change(StrEnum):
    """What the difference of two results shows."""

    GREW = "grew"
    FELL = "fell"
    WITHIN_ERROR = "within_error"
    #: The result has no known error («погрешность внешнего теста неизвестна»).
    UNKNOWN_ERROR = "unknown_error"


class DeficitChange(StrEnum):
    """Official deficits of one block at entry and exit."""

    CLOSED = "closed"
    REMAINING = "remaining"
    NEW = "new"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Measure:
    """One result: the same units on both sides (per cent of one form, or logits).

    Attributes
    ----------
    value, sem : result and its standard error; None = the error is unknown
    official : official level of the block, where one is printed
    conclusion : conclusion of the second layer
    """

    value: float
    sem: float | None = None
    official: OfficialLevel | None = None
    conclusion: Conclusion | None = None


@dataclass(frozen=True, slots=True)
class PersonChange:
    """A person's line: both layers apart, never merged.

    Attributes
    ----------
    change, se, ratio : exit − entry, its standard error, their ratio; None where the error is unknown
    smallest : least change that this pair of results could show as reliable
    verdict : reliable change
    deficit : change of the official deficit; None where a side has no level
    conclusions : second layer at entry and exit
    """

    change: float
    se: float | None
    ratio: float | None
    smallest: float | None
    verdict: Change
    deficit: DeficitChange | None
    conclusions: tuple[Conclusion | None, Conclusion | None]


def person_change(
    entry: Measure, leave: Measure, link_error: float = 0.0, method: Method = METHOD
) -> PersonChange:
    """Reliable change of one person: |d| / SE_d ≥ 1.96 with SE_d = √(SEM₁² + SEM₂² + link²).

    Source: Jacobson, Truax 1991, J. Consult. Clin. Psychol. 59: 12–19.

    Raises
    ------
    BadInputError
        If a value is not finite or an error is negative.
    """
    errors = [error for error in (entry.sem, leave.sem) if error is not None]
    if not all(map(isfinite, (entry.value, leave.value, link_error, *errors))):
        raise BadInputError("results and their errors must be finite")
    if min((link_error, *errors)) < 0:
        raise BadInputError("an error cannot be negative")
    change = leave.value - entry.value
    se = None if None in (entry.sem, leave.sem) else sqrt(sum(error**2 for error in (link_error, *errors)))
    ratio = change / se if se else None
    return PersonChange(
        change=change,
        se=se or None,
        ratio=ratio,
        smallest=method.reliable_change * se if se else None,
        verdict=_verdict(ratio, method),
        deficit=_deficit_change(entry.official, leave.official),
        conclusions=(entry.conclusion, leave.conclusion),
    )


def _verdict(ratio: float | None, method: Method) -> Change:
    if ratio is None:
        return Change.UNKNOWN_ERROR
    if abs(ratio) < method.reliable_change:
        return Change.WITHIN_ERROR
    return Change.GREW if ratio > 0 else Change.FELL


_DEFICITS = {
    (True, False): DeficitChange.CLOSED,
    (True, True): DeficitChange.REMAINING,
    (False, True): DeficitChange.NEW,
    (False, False): DeficitChange.NONE,
}


def _deficit_change(entry: OfficialLevel | None, leave: OfficialLevel | None) -> DeficitChange | None:
    if entry is None or leave is None or entry.deficit is None or leave.deficit is None:
        return None
    return _DEFICITS[entry.deficit, leave.deficit]


def sem_from_reliability(sd: float, reliability: float) -> float:
    """Standard error of measurement SD · √(1 − reliability), in the units of `sd`.

    Raises
    ------
    BadInputError
        If the reliability lies outside 0…1 or the spread is negative.
    """
    if not (0 <= reliability <= 1 and sd >= 0):
        raise BadInputError("reliability lies in 0…1, a spread is not negative")
    return sd * sqrt(1 - reliability)


def kelley(observed: float, mean: float, reliability: float) -> float:
    """Regressed estimate of a true score: mean + reliability · (observed − mean) (Kelley 1927)."""
    if not 0 <= reliability <= 1:
        raise BadInputError("reliability lies in 0…1", reliability=reliability)
    return mean + reliability * (observed - mean)
