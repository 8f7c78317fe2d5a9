"""Missing by design: persons who were shown the same items are one group."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from diagnostics.measurement.numeric import BoolArray, FloatArray, IntArray


@dataclass(frozen=True, slots=True, eq=False)
class Presented:
    """One set of presented items and the persons (row numbers) who were shown exactly these."""

    items: IntArray
    persons: IntArray


def presented_sets(shown: BoolArray) -> list[Presented]:
    """Groups of equal rows of a persons × items mask; persons without an item belong to none."""
    if shown.all():
        return [Presented(np.arange(shown.shape[1]), np.arange(shown.shape[0]))] if shown.size else []
    _, first, group, counts = np.unique(
        _keys(shown), return_index=True, return_inverse=True, return_counts=True
    )
    order = np.argsort(group, kind="stable")
    persons = np.split(order, np.cumsum(counts)[:-1])
    found = [Presented(np.flatnonzero(shown[row]), own) for row, own in zip(first, persons, strict=True)]
    return [one for one in found if one.items.size]


def count_sets(shown: BoolArray) -> int:
    """How many different rows a persons × items mask has."""
    return int(np.unique(_keys(shown)).size)


def _keys(shown: BoolArray) -> NDArray[np.void]:
    """One comparable value a row."""
    packed = np.ascontiguousarray(np.packbits(shown, axis=1))
    return packed.view(np.dtype((np.void, packed.shape[1]))).ravel()


def mutual_reach(edges: BoolArray) -> BoolArray:
    """K × k: whether i can be reached from j and j from i along the given directed edges."""
    reach = edges | np.eye(edges.shape[0], dtype=bool)
    while True:
        further = (reach.astype(np.float32) @ reach.astype(np.float32)) > 0
        if (further == reach).all():
            return np.asarray(reach & reach.T)
        reach = further


def whole_scores(scores: FloatArray) -> bool:
    """Whether all present scores are whole steps."""
    whole = np.floor(scores) == scores
    return bool(whole.all() or (whole | np.isnan(scores)).all())
