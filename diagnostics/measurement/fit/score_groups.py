"""S-X²: do persons of each total score answer an item as the model says?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike

from diagnostics.measurement.fit.answered import categories
from diagnostics.measurement.fit.recursion import category_shares
from diagnostics.measurement.grid import Grid, normal_grid
from diagnostics.measurement.latent.items import LatentItem
from diagnostics.measurement.method import METHOD, Method
from diagnostics.measurement.numeric import FloatArray, IntArray, one_blas_thread, special
from diagnostics.measurement.patterns import presented_sets

#: Expected persons that every cell must have; sparser ones join their neighbours.
LEAST_EXPECTED = 1.0


class Estimated(StrEnum):
    """Which parameters of the items were estimated from these very answers."""

    #: None: imported or held from an earlier calibration.
    NOTHING = "nothing"
    #: One place, beside steps that all items share: the rating scale model.
    PLACE = "place"
    #: Thresholds: the Rasch family.
    THRESHOLDS = "thresholds"
    #: Thresholds and a slope.
    SLOPES = "slopes"


@dataclass(frozen=True, slots=True)
class ScoreGroupFit:
    """S-X² of one item.

    Attributes
    ----------
    n : persons behind it (of item sets that enough persons were shown)
    statistic, df, p : chi-square, its degrees of freedom, chance of so large a value where the model holds
    reason : why these are None: "too_few_answers", "too_few_groups" (after sparse cells joined, no degree of
        freedom is left)
    """

    n: int
    statistic: float | None
    df: int | None
    p: float | None
    reason: str | None


def score_group_fit(
    scores: ArrayLike,
    items: Sequence[LatentItem],
    estimated: Estimated = Estimated.THRESHOLDS,
    population: Grid | None = None,
    method: Method = METHOD,
) -> tuple[ScoreGroupFit, ...]:
    """Observed and expected category counts of each item among persons of equal total score.

    E(x_i = z | total s) = ∫ P_iz S^(i)_{s−z} φ / Σ_z of the same, S^(i) the totals of all other items (Lord,
    Wingersky); no ability is estimated. S-X² = Σ (O − E)² / E over the cells; groups and then categories with
    less than one expected person join their neighbours. df = Σ (cells of a group − 1) − estimated parameters.
    Forms: totals are compared within each set of presented items, the cells of all sets add up; sets with
    fewer persons than the method's provisional number are left out.
    Source: Orlando, Thissen 2000, Appl. Psychol. Meas. 24: 50–64; steps Kang, Chen 2008, J. Educ. Meas. 45:
    391–406.

    Parameters
    ----------
    scores, items : see `coded`
    estimated : what the degrees of freedom pay for
    population : distribution of ability on the items' scale, None = standard normal; it cancels where all
        slopes are equal, since the total then says all about the ability

    Raises
    ------
    EmptyDataError, BadInputError
        See `coded`.
    """
    steps, shown = categories(scores, items)
    n, statistic, cells = np.zeros((3, len(items)))
    with one_blas_thread():
        for one in presented_sets(shown):
            if one.persons.size < method.item_provisional_below:
                continue
            mine = [items[place] for place in one.items]
            part = _set(steps[np.ix_(one.persons, one.items)], mine, population or normal_grid())
            n[one.items] += one.persons.size
            statistic[one.items] += part[:, 0]
            cells[one.items] += part[:, 1]
    rows = zip(items, n, statistic, cells, strict=True)
    return tuple(_judged(item, int(many), float(x), int(free), estimated) for item, many, x, free in rows)


def _set(steps: IntArray, items: Sequence[LatentItem], population: Grid) -> FloatArray:
    """Items × (statistic, Σ (cells − 1)) among persons who were shown exactly these items."""
    total = steps.sum(axis=1)
    inside = (total > 0) & (total < sum(item.maximum for item in items))
    found = []
    for place, share in enumerate(category_shares(items, population)):
        observed = np.zeros(share.shape)
        np.add.at(observed, (total[inside], steps[inside, place]), 1.0)
        found.append(_chi_square(observed, observed.sum(axis=1, keepdims=True) * share))
    return np.array(found)


def _chi_square(observed: FloatArray, expected: FloatArray) -> tuple[float, int]:
    """Statistic and Σ (cells − 1) of one item, totals × categories."""
    people = expected.sum(axis=1) > 0
    statistic, free = 0.0, 0
    groups = _groups(observed[people].tolist(), expected[people].tolist())
    for seen, foreseen in groups:
        start = 0
        for end in _cells(foreseen):
            away = sum(seen[start:end]) - sum(foreseen[start:end])
            statistic, free = statistic + away**2 / sum(foreseen[start:end]), free + 1
            start = end
    return statistic, free - len(groups)


def _groups(
    observed: Sequence[Sequence[float]], expected: Sequence[Sequence[float]]
) -> list[tuple[list[float], list[float]]]:
    """Totals put together from the low end until two cells can be told apart; a poor rest joins the last."""
    found: list[tuple[list[float], list[float]]] = []
    pool: tuple[list[float], list[float]] | None = None
    for row in zip(observed, expected, strict=True):
        pool = _added(pool, row)
        if len(_cells(pool[1])) > 1:
            found.append(pool)
            pool = None
    if pool is not None:
        found[-1:] = [_added(found[-1] if found else None, pool)]
    return found


def _added(
    pool: tuple[list[float], list[float]] | None, row: tuple[Sequence[float], Sequence[float]]
) -> tuple[list[float], list[float]]:
    before = pool or ([0.0] * len(row[0]),) * 2
    first, second = (
        [one + other for one, other in zip(old, new, strict=True)]
        for old, new in zip(before, row, strict=True)
    )
    return first, second


def _cells(expected: Sequence[float]) -> list[int]:
    """Ends of neighbouring categories put together until each cell expects enough; a poor rest joins the last."""
    ends, pool = [], 0.0
    for place, one in enumerate(expected, start=1):
        pool += one
        if pool >= LEAST_EXPECTED:
            ends.append(place)
            pool = 0.0
    return [*ends[:-1], len(expected)]


def _judged(item: LatentItem, n: int, statistic: float, cells: int, estimated: Estimated) -> ScoreGroupFit:
    paid = {
        Estimated.NOTHING: 0,
        Estimated.PLACE: 1,
        Estimated.THRESHOLDS: item.maximum,
        Estimated.SLOPES: item.maximum + 1,
    }
    free = cells - paid[estimated]
    if not n:
        return ScoreGroupFit(0, None, None, None, "too_few_answers")
    if free < 1:
        return ScoreGroupFit(n, None, None, None, "too_few_groups")
    return ScoreGroupFit(n, statistic, free, float(special().chdtrc(free, statistic)), None)
