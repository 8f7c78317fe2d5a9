"""From raw scores to what conditional likelihood can use: informative persons, varying items, categories."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from diagnostics.measurement.calibration import ExcludedItem
from diagnostics.measurement.errors import BadInputError, EmptyDataError, NotConnectedError, TooFewItemsError
from diagnostics.measurement.numeric import BoolArray, FloatArray, IntArray, answer_matrix, item_names
from diagnostics.measurement.patterns import Presented, mutual_reach, presented_sets, whole_scores


@dataclass(frozen=True, slots=True, eq=False)
class Responses:
    """Informative persons × varying items, categories counted from 0 (NaN = not presented)."""

    scores: FloatArray
    names: tuple[str, ...]
    lowest: IntArray
    maxima: IntArray
    sets: list[Presented]
    excluded: tuple[ExcludedItem, ...]
    collapsed: tuple[str, ...]
    n: int


def prepare(scores: ArrayLike, names: tuple[str, ...] | None) -> Responses:
    """Put aside what carries no information, again and again until nothing more falls out.

    A person with the least or greatest total says nothing about the items; an item in which the rest do
    not differ has no finite difficulty; without it further persons may become extreme.

    Raises
    ------
    BadInputError, EmptyDataError, TooFewItemsError, NotConnectedError
    """
    matrix = answer_matrix(scores)
    labels = item_names(names, matrix.shape[1])
    if not whole_scores(matrix):
        raise BadInputError("scores must be whole steps; multiply partial credit by its denominator")
    shown = ~np.isnan(matrix)
    answered = int(shown.any(axis=1).sum())
    if not answered:
        raise EmptyDataError("there are no answers")
    persons, items = _informative(matrix, shown)
    if items.sum() < 2:  # noqa: PLR2004 - one item alone is compared with nothing
        raise TooFewItemsError("fewer than two items differ between persons", items=int(items.sum()))
    kept = matrix[np.ix_(persons, items)]
    lowest, highest = _range(kept)
    whole = _range(matrix)
    kept -= lowest
    maxima = (highest - lowest).astype(np.int64)
    found = tuple(labels[index] for index in np.flatnonzero(items))
    _refuse_unconnected(kept, maxima, found)
    return Responses(
        scores=kept,
        names=found,
        lowest=lowest.astype(np.int64),
        maxima=maxima,
        sets=presented_sets(shown[np.ix_(persons, items)]),
        excluded=_excluded(whole, np.asarray(shown.any(axis=0)), items, labels),
        collapsed=_collapsed(whole[1][items], lowest, highest, found),
        n=answered,
    )


def _range(scores: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Lowest and highest score of each column; 0 and 0 for a column without answers."""
    lowest = scores.min(axis=0, initial=np.inf)
    highest = scores.max(axis=0, initial=-np.inf)
    if np.isnan(lowest).any():  # fmin and fmax step over NaN, at many times the price
        lowest = np.fmin.reduce(scores, axis=0, initial=np.inf)
        highest = np.fmax.reduce(scores, axis=0, initial=-np.inf)
    empty = lowest > highest
    return np.where(empty, 0.0, lowest), np.where(empty, 0.0, highest)


def _informative(matrix: FloatArray, shown: BoolArray) -> tuple[IntArray, BoolArray]:
    """Which persons (row numbers) and items remain."""
    persons, items = np.arange(matrix.shape[0]), np.ones(matrix.shape[1], dtype=bool)
    is_complete = bool(shown.all())
    part = matrix
    answered = matrix if is_complete else np.where(shown, matrix, 0.0)
    given = np.ones((1, matrix.shape[1])) if is_complete else shown.astype(np.float64)
    while True:
        lowest, highest = _range(part)
        varying = items & (highest > lowest)
        total = answered @ varying.astype(np.float64)
        telling = (total > given @ (lowest * varying)) & (total < given @ (highest * varying))
        if telling.all() and (varying == items).all():
            return persons, items
        persons, items = persons[telling], varying
        part = part[telling]
        answered = part if is_complete else answered[telling]
        given = given if is_complete else given[telling]


def _excluded(
    whole: tuple[FloatArray, FloatArray], present: BoolArray, items: BoolArray, names: tuple[str, ...]
) -> tuple[ExcludedItem, ...]:
    lowest, highest = whole
    top = highest.max(initial=1.0)
    found = []
    for index in np.flatnonzero(~items):
        if not present[index]:
            reason = "no_answers"
        elif lowest[index] < highest[index]:
            reason = "constant"  # differs only between persons who say nothing about the items
        else:
            reason = "all_lowest" if highest[index] == 0 else "all_highest"
        found.append(ExcludedItem(names[index], reason if top else "all_lowest"))
    return tuple(found)


def _collapsed(
    whole_highest: FloatArray, lowest: FloatArray, highest: FloatArray, names: tuple[str, ...]
) -> tuple[str, ...]:
    lost = (lowest > 0) | (highest < whole_highest)
    return tuple(names[index] for index in np.flatnonzero(lost))


def _refuse_unconnected(kept: FloatArray, maxima: IntArray, names: tuple[str, ...]) -> None:
    """Each item must be both done better and done worse than each other one, along some chain.

    Otherwise the likelihood has no finite maximum (Fischer 1981, Psychometrika 46: 59–77).
    """
    some = (kept > 0).astype(np.float32)  # a missing score is neither
    less = (kept < maxima).astype(np.float32)
    reach = mutual_reach((some.T @ less) > 0)
    if not reach.all():
        apart = tuple(names[index] for index in np.flatnonzero(~reach[0]))
        raise NotConnectedError("items without a common scale", items=apart)
