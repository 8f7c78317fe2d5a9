"""From raw scores to what marginal likelihood can use: varying items, consecutive categories, who saw what."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from diagnostics.measurement.calibration import ExcludedItem
from diagnostics.measurement.errors import BadInputError, EmptyDataError, NotConnectedError, TooFewItemsError
from diagnostics.measurement.numeric import BoolArray, FloatArray, IntArray, item_names
from diagnostics.measurement.patterns import mutual_reach

CodeArray = NDArray[np.int8]

#: No rule of scoring has more steps; codes fit one byte.
HIGHEST = 100
#: Rows worked on at once, so that a million persons need no second copy in floating point.
ROWS = 4_096
#: Scores looked at at once: they fit the processor's cache.
ELEMENTS = 65_536
#: Up to here a sum of powers is exact in floating point, so that equal sums are equal rows.
EXACT = 2.0**53
#: Equal rows are looked for where there are at most 2^SPARE possible rows a person …
SPARE = 8
#: … and joined where they leave at most this share of the rows.
WORTH = 0.7


@dataclass(frozen=True, slots=True, eq=False)
class Answers:
    """Units (persons, or patterns of several) × varying items.

    Attributes
    ----------
    codes : units × items, categories 0…m; 0 where not shown
    shown : units × items; None = everything was shown to everybody
    weights : (units,) persons behind each unit
    scores : of each item the raw score of each category
    excluded, collapsed : items without an estimate; items some of whose categories nobody reached
    n : persons with an answer to one of the items
    """

    codes: CodeArray
    shown: BoolArray | None
    weights: FloatArray
    names: tuple[str, ...]
    scores: tuple[tuple[int, ...], ...]
    excluded: tuple[ExcludedItem, ...]
    collapsed: tuple[str, ...]
    n: int

    @property
    def maxima(self) -> IntArray:
        """(items,) highest category."""
        return np.array([len(one) - 1 for one in self.scores], dtype=np.int64)

    def counts(self) -> FloatArray:
        """Items × categories: persons in each."""
        found = np.zeros((len(self.names), int(self.maxima.max()) + 1))
        for start in range(0, self.weights.size, ROWS):
            rows = slice(start, start + ROWS)
            for category in range(1, found.shape[1]):
                here = self.codes[rows] if found.shape[1] == 2 else self.codes[rows] == category  # noqa: PLR2004
                found[:, category] += self.weights[rows] @ here.astype(np.float64)
        found[:, 0] = self.answered() - found.sum(axis=1)
        return found

    def answered(self) -> FloatArray:
        """(items,) persons who were shown each."""
        if self.shown is None:
            return np.full(len(self.names), self.weights.sum())
        return np.asarray(self.weights @ self.shown)

    def without(self, dropped: BoolArray, reason: str) -> Answers:
        """The same persons without some items, which are named with the reason."""
        kept = ~dropped
        shown = None if self.shown is None else self.shown[:, kept]
        rows = slice(None) if shown is None else shown.any(axis=1)
        names = tuple(name for name, stays in zip(self.names, kept, strict=True) if stays)
        gone = tuple(
            ExcludedItem(name, reason) for name, stays in zip(self.names, kept, strict=True) if not stays
        )
        return Answers(
            np.ascontiguousarray(self.codes[rows][:, kept]),
            None if shown is None else shown[rows],
            self.weights[rows],
            names,
            tuple(one for one, stays in zip(self.scores, kept, strict=True) if stays),
            (*self.excluded, *gone),
            tuple(name for name in self.collapsed if name in names),
            int(self.weights[rows].sum()),
        )


def prepare(scores: ArrayLike, names: tuple[str, ...] | None, maxima: ArrayLike | None = None) -> Answers:
    """Put aside what does not vary, number the categories that occur, refuse what has no common scale.

    Parameters
    ----------
    scores : persons × items, whole steps, NaN = not presented
    names : names of the columns
    maxima : (items,) declared maximum of each; scores above are refused, unreached ones told as collapsed

    Raises
    ------
    BadInputError, EmptyDataError, TooFewItemsError, NotConnectedError
    """
    codes, shown = bytes_of(scores)
    labels = item_names(names, codes.shape[1])
    declared = _declared(maxima, codes, labels)
    present = np.asarray(np.ones(codes.shape[1], dtype=bool) if shown is None else shown.any(axis=0))
    persons = codes.shape[0] if shown is None else int(shown.any(axis=1).sum())
    if not codes.size or not persons:
        raise EmptyDataError("there are no answers")
    seen = _seen(codes, shown)
    varying = seen.sum(axis=0) > 1
    if not varying.any():
        raise TooFewItemsError("no item differs between persons", items=0)
    raw = tuple(tuple(np.flatnonzero(seen[:, item]).tolist()) for item in np.flatnonzero(varying))
    kept = tuple(labels[item] for item in np.flatnonzero(varying))
    whole = [None if declared is None else int(declared[item]) for item in np.flatnonzero(varying)]
    codes, shown = _rows(codes, shown, varying)
    answers = Answers(
        codes=_consecutive(codes, raw),
        shown=shown,
        weights=np.ones(codes.shape[0]),
        names=kept,
        scores=raw,
        excluded=_excluded(labels, varying, present, seen, declared),
        collapsed=tuple(
            name for name, one, top in zip(kept, raw, whole, strict=True) if _is_collapsed(one, top)
        ),
        n=codes.shape[0],
    )
    refuse_unconnected(answers)
    return joined(answers)


def bytes_of(scores: ArrayLike) -> tuple[CodeArray, BoolArray | None]:
    """Scores as bytes (0 where missing) and what was shown (None = everything).

    Raises
    ------
    BadInputError
        If `scores` is no matrix of whole numbers of 0…100.
    """
    try:
        matrix = np.asarray(scores)
        if matrix.dtype.kind not in "biuf":
            matrix = np.asarray(scores, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise BadInputError("scores must be a matrix of numbers") from error
    if matrix.ndim != 2:  # noqa: PLR2004 - persons and items
        raise BadInputError("scores must be a matrix of persons × items")
    codes = np.empty(matrix.shape, dtype=np.int8)
    missing = None
    step = max(1, ELEMENTS // max(matrix.shape[1], 1))
    for start in range(0, matrix.shape[0], step):
        rows = slice(start, start + step)
        if _filled(codes[rows], matrix[rows]):
            continue
        hidden = np.isnan(matrix[rows])
        missing = np.zeros(matrix.shape, dtype=bool) if missing is None else missing
        missing[rows] = hidden
        if not _filled(codes[rows], np.where(hidden, 0.0, matrix[rows])):
            raise BadInputError("scores must be whole steps of 0…100", highest=HIGHEST)
    return codes, None if missing is None else ~missing


def _filled(codes: CodeArray, part: NDArray[np.float64]) -> bool:
    """Copy whole scores of 0…100; False where something else was among them."""
    with np.errstate(invalid="ignore"):
        codes[:] = part  # what does not fit becomes another number
    return bool((codes == part).all()) and codes.min(initial=0) >= 0 and codes.max(initial=0) <= HIGHEST


def _declared(maxima: ArrayLike | None, codes: CodeArray, names: tuple[str, ...]) -> IntArray | None:
    if maxima is None:
        return None
    declared = np.asarray(maxima)
    if declared.shape != codes.shape[1:] or declared.dtype.kind not in "iu":
        raise BadInputError("one whole maximum an item")
    highest = codes.max(axis=0, initial=0)
    above = tuple(names[item] for item in np.flatnonzero(highest > declared))
    if above:
        raise BadInputError("scores above the maximum of the item", items=above)
    return declared.astype(np.int64)


def _seen(codes: CodeArray, shown: BoolArray | None) -> BoolArray:
    """Scores × items: whether somebody has it."""
    found = np.zeros((int(codes.max()) + 1, codes.shape[1]), dtype=bool)
    for score in range(found.shape[0]):
        here = codes == score
        if score == 0 and shown is not None:
            here &= shown
        found[score] = here.any(axis=0)
    return found


def _rows(
    codes: CodeArray, shown: BoolArray | None, varying: BoolArray
) -> tuple[CodeArray, BoolArray | None]:
    """Varying items of the persons who were shown one of them."""
    if shown is None:
        return (codes if varying.all() else np.ascontiguousarray(codes[:, varying])), None
    seen = shown[:, varying]
    rows = seen.any(axis=1)
    kept = seen[rows]
    return np.ascontiguousarray(codes[rows][:, varying]), None if kept.all() else kept


def _consecutive(codes: CodeArray, raw: tuple[tuple[int, ...], ...]) -> CodeArray:
    for item, known in enumerate(raw):
        if known[-1] != len(known) - 1:
            table = np.zeros(HIGHEST + 1, dtype=np.int8)
            table[list(known)] = np.arange(len(known))
            codes[:, item] = table[codes[:, item]]
    return codes


def _is_collapsed(scores: tuple[int, ...], maximum: int | None) -> bool:
    return scores[-1] != len(scores) - 1 or (maximum is not None and scores[-1] < maximum)


def _excluded(
    names: tuple[str, ...],
    varying: BoolArray,
    present: BoolArray,
    seen: BoolArray,
    declared: IntArray | None,
) -> tuple[ExcludedItem, ...]:
    found = []
    for item in np.flatnonzero(~varying):
        value = int(np.argmax(seen[:, item]))
        if not present[item]:
            reason = "no_answers"
        elif declared is not None and 0 < value < declared[item]:
            reason = "constant"
        else:
            reason = "all_highest" if value else "all_lowest"
        found.append(ExcludedItem(names[item], reason))
    return tuple(found)


def refuse_unconnected(answers: Answers) -> None:
    """Parts that share no person have a common scale only if their persons are equal, which nobody knows.

    Raises
    ------
    NotConnectedError
        With the names of the items apart from the first.
    """
    if answers.shown is None:
        return
    seen = answers.shown.astype(np.float32)
    reach = mutual_reach((seen.T @ seen) > 0)
    if not reach.all():
        apart = tuple(answers.names[item] for item in np.flatnonzero(~reach[0]))
        raise NotConnectedError("items without a common scale", items=apart)


def joined(answers: Answers) -> Answers:
    """Equal rows as one unit, where the rows can be numbered exactly and enough of them are equal."""
    radix = answers.maxima + (1 if answers.shown is None else 2)
    if np.log2(radix).sum() > min(np.log2(EXACT), SPARE + np.log2(answers.weights.size)):
        return answers
    place = np.cumprod(np.concatenate(([1.0], radix[:-1].astype(np.float64))))
    keys = np.empty(answers.weights.size)
    for start in range(0, keys.size, ROWS):
        rows = slice(start, start + ROWS)
        part = answers.codes[rows].astype(np.float64)
        if answers.shown is not None:
            part = np.where(answers.shown[rows], part + 1, 0.0)
        keys[rows] = part @ place
    _, first, group = np.unique(keys, return_index=True, return_inverse=True)
    if first.size > WORTH * keys.size:
        return answers
    return Answers(
        codes=answers.codes[first],
        shown=None if answers.shown is None else answers.shown[first],
        weights=np.bincount(group, weights=answers.weights).astype(np.float64),
        names=answers.names,
        scores=answers.scores,
        excluded=answers.excluded,
        collapsed=answers.collapsed,
        n=answers.n,
    )
