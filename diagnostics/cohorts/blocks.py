"""The change of a group in one block, from two columns of per cents."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from diagnostics.cohorts.figures import RankTest
from diagnostics.measurement.growth import ROUNDING, GroupChange, group_change
from diagnostics.measurement.intervals import Interval as Measured
from diagnostics.measurement.intervals import t_interval
from diagnostics.measurement.levels import Scale, Transitions, transitions
from diagnostics.measurement.method import Method
from diagnostics.measurement.numeric import FloatArray
from diagnostics.releases.protect import Counts
from reports.contents.common import Change, Interval
from reports.contents.entry_exit import BlockChange, Deficits

MOST_PATHS = 30  # above it single people are noise, and may be recognised
_DIRECTIONS = 5  # reliably worse, worse, same, improved, reliably improved


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """Matched persons of one block: per cents, and the error of each change (NaN = unknown).

    `entry`, `exit` lie on one scale. The official layer stands on the per cents as they were scored: `before`,
    `after`; `scale` is None where there are too few items for a level.
    """

    code: str
    title: str
    entry: FloatArray
    exit: FloatArray
    error: FloatArray
    before: FloatArray
    after: FloatArray
    scale: Scale | None

    @property
    def moves(self) -> Transitions | None:
        """People by official level at entry and exit."""
        return None if self.scale is None else transitions(self.before, self.after, self.scale)


@dataclass(frozen=True, slots=True)
class Measuring:
    link_error: float  # points of 100
    method: Method


def describe(column: Column, how: Measuring) -> tuple[BlockChange, RankTest | None, Counts | None]:
    """The block's line, its rank test and the cells behind its counts. At least one pair is needed."""
    found = group_change(
        column.entry,
        column.exit,
        change_errors=column.error,
        link_error=how.link_error,
        method=how.method,
    )
    ranks = found.ranks
    test = RankTest(code=column.code, n_nonzero=ranks.n_nonzero, p=ranks.p) if ranks else None
    return _line(column, found, how), test, _cells(column, how)


def _line(column: Column, found: GroupChange, how: Measuring) -> BlockChange:
    means, ways, effects = found.means, found.directions, found.effects
    if means is None or ways is None:
        raise ValueError(f"{column.code}: nobody has both results")
    coverage = how.method.group_interval
    return BlockChange(
        code=column.code,
        title=column.title,
        n=found.n_matched,
        entry=means.entry,
        exit=means.exit,
        entry_interval=_within(t_interval(column.entry, coverage), found, how),
        exit_interval=_within(t_interval(column.exit, coverage), found, how),
        change=means.change,
        interval=shown(means.interval),
        effect=effects.g_av.value if effects else None,
        effect_interval=shown(effects.g_av.interval) if effects else None,
        verdict=verdict(means.interval),
        deficits=_deficits(column.moves),
        gain=found.group_gain,
        improved=ways.improved,
        same=ways.same,
        worse=ways.worse,
        reliably_improved=ways.reliably_improved,
        reliably_worse=ways.reliably_worse,
        paths=_paths(column),
    )


def _within(interval: Measured | None, found: GroupChange, how: Measuring) -> Interval | None:
    """An interval of a mean per cent, cut to what is possible; none where the change has none either."""
    if interval is None or found.n_matched < how.method.min_pairs:
        return None
    return Interval(max(0.0, interval.low), min(100.0, interval.high))


def shown(interval: Measured | None) -> Interval | None:
    return None if interval is None else Interval(interval.low, interval.high)


def verdict(interval: Measured | None) -> Change:
    """«Выросло» where the whole interval lies above zero; without an interval nothing is said."""
    if interval is None:
        return Change.UNKNOWN
    if interval.low > 0:
        return Change.GREW
    return Change.FELL if interval.high < 0 else Change.WITHIN_ERROR


def _deficits(moves: Transitions | None) -> Deficits:
    if moves is None:
        return Deficits(entry=None, closed=None, remaining=None, new=None, exit=None)
    return Deficits(
        entry=moves.closed + moves.remaining,
        closed=moves.closed,
        remaining=moves.remaining,
        new=moves.new,
        exit=moves.remaining + moves.new,
    )


def _paths(column: Column) -> tuple[tuple[float, float], ...]:
    """Pairs in the order of their values: the place of a line tells nobody's name."""
    pairs = zip(column.entry.tolist(), column.exit.tolist(), strict=True)
    return tuple(sorted(pairs)) if column.entry.size <= MOST_PATHS else ()


def _cells(column: Column, how: Measuring) -> Counts | None:
    """People by official move × direction: every published count of the block is a sum of these cells."""
    if column.scale is None:
        return None
    before, after = column.scale.is_deficit(column.before), column.scale.is_deficit(column.after)
    move = (2 * before + after).astype(int)  # 0 none, 1 new, 2 closed, 3 remaining
    atoms = np.bincount(move * _DIRECTIONS + _direction(column, how), minlength=4 * _DIRECTIONS)

    def cells(moves: tuple[int, ...], ways: tuple[int, ...]) -> frozenset[int]:
        return frozenset(one * _DIRECTIONS + way for one in moves for way in ways)

    every_way, every_move = tuple(range(_DIRECTIONS)), (0, 1, 2, 3)
    figures = {
        "entry": cells((2, 3), every_way),
        "closed": cells((2,), every_way),
        "remaining": cells((3,), every_way),
        "new": cells((1,), every_way),
        "exit": cells((1, 3), every_way),
        "improved": cells(every_move, (3, 4)),
        "same": cells(every_move, (2,)),
        "worse": cells(every_move, (0, 1)),
    }
    if np.isfinite(column.error).any():
        figures |= {
            "reliably_improved": cells(every_move, (4,)),
            "reliably_worse": cells(every_move, (0,)),
        }
    return Counts(tuple(int(one) for one in atoms), figures, [("improved", "same", "worse")])


def _direction(column: Column, how: Measuring) -> np.typing.NDArray[np.int64]:
    change = column.exit - column.entry
    way = np.full(change.size, 2)
    way[change > ROUNDING] = 3
    way[change < -ROUNDING] = 1
    with np.errstate(invalid="ignore"):
        ratio = np.divide(change, column.error, out=np.zeros_like(change), where=column.error > 0)
    way[ratio >= how.method.reliable_change] = 4
    way[ratio <= -how.method.reliable_change] = 0
    return way.astype(np.int64)
