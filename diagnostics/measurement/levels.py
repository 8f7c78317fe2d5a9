"""Official layer: per cent of a block → level by the preset; it claims nothing about error."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from diagnostics.measurement.errors import BadInputError
from diagnostics.measurement.method import METHOD, Method
from diagnostics.measurement.numeric import FloatArray, complete_vector

#: 60 per cent computed as 0.6 · 100 must not fall below the cut 60 by rounding.
ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Scale:
    """Levels of a preset, lowest per cent first.

    Attributes
    ----------
    codes, lower : codes of the levels and the per cent from which each begins; the first begins at 0
    deficit_below : per cent below which a deficit is counted
    """

    codes: tuple[str, ...]
    lower: tuple[float, ...]
    deficit_below: float

    def __post_init__(self) -> None:
        """Refuse a scale with gaps or steps out of order."""
        rising = all(first < second for first, second in zip(self.lower, self.lower[1:], strict=False))
        if not self.codes or len(self.codes) != len(self.lower) or self.lower[0] != 0 or not rising:
            raise BadInputError("levels rise from 0, one lower bound a level")

    def places(self, percent: FloatArray) -> FloatArray:
        """Number of the level of each per cent, counted from 0."""
        return np.searchsorted(self.lower, percent + ROUNDING, side="right").astype(np.float64) - 1

    def is_deficit(self, percent: FloatArray) -> FloatArray:
        """1 where the per cent lies below the cut of a deficit, else 0."""
        return (percent + ROUNDING < self.deficit_below).astype(np.float64)


@dataclass(frozen=True, slots=True)
class OfficialLevel:
    """Level of one block; `reason` "too_few_items" where none is printed."""

    code: str | None
    deficit: bool | None
    reason: str | None = None


def official_level(percent: float, n_items: int, scale: Scale, method: Method = METHOD) -> OfficialLevel:
    """Level by the preset, from the method's minimum of items up.

    Raises
    ------
    BadInputError
        If the per cent lies outside 0…100.
    """
    if not 0 <= percent <= 100:  # noqa: PLR2004 - per cent
        raise BadInputError("a result lies between 0 and 100 per cent", percent=percent)
    if n_items < method.min_items:
        return OfficialLevel(None, None, "too_few_items")
    at = np.array([percent])
    return OfficialLevel(scale.codes[int(scale.places(at)[0])], bool(scale.is_deficit(at)[0]))


@dataclass(frozen=True, slots=True)
class Transitions:
    """Matched persons by official level at entry (rows) and exit (columns), and their deficits.

    `closed`, `remaining`, `new` count persons whose result crossed or stayed below the cut of a deficit.
    """

    codes: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]
    closed: int
    remaining: int
    new: int


def transitions(entry: ArrayLike, leave: ArrayLike, scale: Scale) -> Transitions:
    """Level transitions of matched persons.

    Parameters
    ----------
    entry, leave : (persons,) per cent of the same persons in the same order
    """
    first, second = complete_vector(entry, "entry"), complete_vector(leave, "exit")
    if first.shape != second.shape:
        raise BadInputError("entry and exit are of the same persons")
    moves = Counter(zip(scale.places(first).tolist(), scale.places(second).tolist(), strict=True))
    size = range(len(scale.codes))
    before, after = scale.is_deficit(first), scale.is_deficit(second)
    return Transitions(
        codes=scale.codes,
        counts=tuple(tuple(moves[row, column] for column in size) for row in size),
        closed=int((before * (1 - after)).sum()),
        remaining=int((before * after).sum()),
        new=int(((1 - before) * after).sum()),
    )
