"""People of equal score side by side: 2 × 2 tables of all items at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from diagnostics.measurement.errors import BadInputError, EmptyDataError
from diagnostics.measurement.numeric import BoolArray, FloatArray, IntArray, answer_matrix
from diagnostics.measurement.patterns import presented_sets

#: Answers in a machine word, and the most that one of its bytes counts.
WORD, FULL = 8, 255


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """Right-or-wrong answers of two groups.

    `answers` persons × items (NaN = not presented), `focal` true for the focal group; `sets` number the
    presented item sets, so that only people who were shown the same items are matched.
    """

    answers: FloatArray
    focal: BoolArray
    sets: IntArray


def sample_of(scores: ArrayLike, focal: ArrayLike) -> Sample:
    """Check and number the presented sets; persons without an answer are left out.

    Raises
    ------
    BadInputError, EmptyDataError
        If answers are not 0 and 1, lengths differ, nobody answered or a group has nobody.
    """
    matrix, group = np.asarray(scores, dtype=np.float64), np.asarray(focal)
    known = (matrix == 0) | (matrix == 1)
    if matrix.ndim != 2 or not known.all():  # noqa: PLR2004 - persons and items
        matrix = answer_matrix(matrix)
    if group.dtype != np.bool_ or group.shape != matrix.shape[:1]:
        raise BadInputError("one true or false a person: does the person belong to the focal group?")
    shown = known if known.all() else ~np.isnan(matrix)
    if shown is not known and (shown & ~known).any():
        raise BadInputError("answers are right (1) or wrong (0)")
    sets = np.full(matrix.shape[0], -1, dtype=np.int64)
    for number, one in enumerate(presented_sets(shown)):
        sets[one.persons] = number
    used = sets >= 0
    counts = (int((used & ~group).sum()), int((used & group).sum()))
    if not used.any():
        raise EmptyDataError("there are no answers")
    if not min(counts):
        raise EmptyDataError("a group has nobody", reference=counts[0], focal=counts[1])
    return Sample(matrix[used], group[used], sets[used]) if not used.all() else Sample(matrix, group, sets)


@dataclass(frozen=True, slots=True, eq=False)
class Tables:
    """Counts strata × items: right and wrong of the reference and of the focal group; the total of each stratum."""

    right: FloatArray
    wrong: FloatArray
    focal_right: FloatArray
    focal_wrong: FloatArray
    totals: FloatArray


def totals_of(sample: Sample, kept: BoolArray | None = None) -> FloatArray:
    """Number-right total of each person over the kept items (all where none are named)."""
    answers = sample.answers if kept is None or kept.all() else sample.answers[:, kept]
    # einsum adds short rows three times faster than sum does; sums of 0 and 1 are exact in any order.
    return np.asarray(np.nansum(answers, axis=1) if _holes(sample) else np.einsum("ij->i", answers))


def tables(sample: Sample, totals: FloatArray) -> Tables:
    """Tables of all items over the strata (presented set, total); sums over sorted persons."""
    width = int(totals.max()) + 1
    stratum = (sample.sets * width + totals.astype(np.int64)) * 2 + sample.focal
    # Short codes are sorted by their digits, in a time that does not grow with their number.
    order = np.argsort(stratum.astype(np.min_scalar_type(int(stratum.max()))), kind="stable")
    ranked = stratum[order]
    first = np.flatnonzero(np.diff(ranked, prepend=-1))
    codes = ranked[first]
    right = _sums((sample.answers == 1).take(order, axis=0), first)
    shown = _shown(sample, order, first, codes.size)
    strata, place = np.unique(codes // 2, return_inverse=True)
    found = np.zeros((4, strata.size, sample.answers.shape[1]))
    focal = codes % 2
    found[0 + 2 * focal, place] = right
    found[1 + 2 * focal, place] = shown - right
    return Tables(found[0], found[1], found[2], found[3], (strata % width).astype(np.float64))


def _sums(rows: BoolArray, first: IntArray) -> FloatArray:
    """Column sums of the runs of rows that begin at `first`: eight columns in a word are added as one.

    A byte holds 255, so that longer runs are added piece by piece.
    """
    n, columns = rows.shape
    bytes_ = np.zeros((n, -(-columns // WORD) * WORD), dtype=np.uint8)
    bytes_[:, :columns] = rows
    pieces = -(-np.diff(first, append=n) // FULL)
    run = np.cumsum(pieces) - pieces
    begin = np.repeat(first, pieces) + FULL * (np.arange(pieces.sum()) - np.repeat(run, pieces))
    parts = np.add.reduceat(bytes_.view(np.uint64), begin, axis=0).view(np.uint8)[:, :columns]
    return np.asarray(np.add.reduceat(parts, run, axis=0, dtype=np.float64))


def _holes(sample: Sample) -> bool:
    return bool(sample.sets.max(initial=0) > 0 or np.isnan(sample.answers[:1]).any())


def _shown(sample: Sample, order: IntArray, first: IntArray, size: int) -> FloatArray:
    """Cells × items: persons who were shown the item; within one presented set everybody or nobody."""
    counts = np.diff(np.append(first, order.size)).astype(np.float64)
    if not _holes(sample):
        return np.broadcast_to(counts[:, None], (size, sample.answers.shape[1]))
    return counts[:, None] * ~np.isnan(sample.answers[order[first]])
