"""The cells behind the published counts of a block: what hiding works on."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import NamedTuple

import numpy as np

from diagnostics.cohorts.blocks import Column
from diagnostics.measurement.growth import ROUNDING
from diagnostics.measurement.levels import Scale
from diagnostics.measurement.method import Method
from diagnostics.measurement.numeric import FloatArray, IntArray
from diagnostics.releases.protect import Counts

_WAYS = range(5)  # reliably worse, worse, same, improved, reliably improved
_WORSE, _SAME, _IMPROVED = (0, 1), (2,), (3, 4)


class Cell(NamedTuple):
    """People of one zone at entry, one zone at exit, and one direction of change."""

    entry: int
    exit: int
    way: int


def cell_name(row: int, column: int) -> str:
    """Name of one cell of the level table among the counts to protect."""
    return f"{row} {column}"


def cells_of(column: Column, method: Method, *, table: bool) -> Counts | None:
    """People by zone at entry × zone at exit × direction: every published count is a sum of these cells.

    With `table` the cells of the level table stand among the counts too, because deficits are its margins.
    None where the block has no levels.
    """
    if column.scale is None:
        return None
    zones = _Zones(column.scale)
    place = (zones.of(column.entry) * zones.n + zones.of(column.exit)) * len(_WAYS) + _way(column, method)
    atoms = np.bincount(place, minlength=len(zones.cells))
    directions = zones.directions(reliable=bool(np.isfinite(column.error).any()))
    levels = zones.levels() if table else {}
    partitions = [("improved", "same", "worse"), *([tuple(levels)] if table else [])]
    return Counts(tuple(int(one) for one in atoms), zones.moves() | directions | levels, partitions)


class _Zones:
    """Zones of per cents between all borders of a scale, the deficit's included."""

    def __init__(self, scale: Scale) -> None:
        self.borders = np.array(sorted({*scale.lower, scale.deficit_below}))
        self.n = len(self.borders)
        self.cells = [Cell(*one) for one in product(range(self.n), range(self.n), _WAYS)]
        self.level = [int(place) for place in scale.places(self.borders)]
        self.low = [bool(flag) for flag in scale.is_deficit(self.borders)]
        self.size = len(scale.codes)

    def of(self, percent: FloatArray) -> IntArray:
        return np.searchsorted(self.borders, percent + ROUNDING, side="right").astype(np.int64) - 1

    def _where(self, fits: Callable[[Cell], bool]) -> frozenset[int]:
        return frozenset(place for place, cell in enumerate(self.cells) if fits(cell))

    def moves(self) -> dict[str, frozenset[int]]:
        entry = self._where(lambda cell: self.low[cell.entry])
        leave = self._where(lambda cell: self.low[cell.exit])
        return {
            "entry": entry,
            "closed": entry - leave,
            "remaining": entry & leave,
            "new": leave - entry,
            "exit": leave,
        }

    def directions(self, *, reliable: bool) -> dict[str, frozenset[int]]:
        ways: dict[str, tuple[int, ...]] = {"improved": _IMPROVED, "same": _SAME, "worse": _WORSE}
        if reliable:
            ways |= {"reliably_improved": _IMPROVED[1:], "reliably_worse": _WORSE[:1]}
        return {name: self._going(told) for name, told in ways.items()}

    def _going(self, ways: tuple[int, ...]) -> frozenset[int]:
        return self._where(lambda cell: cell.way in ways)

    def levels(self) -> dict[str, frozenset[int]]:
        return {
            cell_name(row, column): self._between(row, column)
            for row, column in product(range(self.size), repeat=2)
        }

    def _between(self, row: int, column: int) -> frozenset[int]:
        return self._where(lambda cell: (self.level[cell.entry], self.level[cell.exit]) == (row, column))


def _way(column: Column, method: Method) -> IntArray:
    change, same = column.compared - column.entry, max(column.same_within, ROUNDING)
    way = np.full(change.size, _SAME[0])
    way[change > same] = _IMPROVED[0]
    way[change < -same] = _WORSE[1]
    known = np.nan_to_num(column.error)
    ratio = np.divide(change, known, out=np.zeros_like(change), where=known > 0)
    way[ratio >= method.reliable_change] = _IMPROVED[1]
    way[ratio <= -method.reliable_change] = _WORSE[0]
    return way.astype(np.int64)
