"""The change of a group in one block, from two columns of per cents."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from diagnostics.measurement.growth import GroupChange, group_change
from diagnostics.measurement.intervals import Interval as Measured
from diagnostics.measurement.intervals import t_interval
from diagnostics.measurement.levels import Scale, Transitions, transitions
from diagnostics.measurement.method import Method
from diagnostics.measurement.numeric import FloatArray
from reports.contents.common import Change, Interval
from reports.contents.entry_exit import BlockChange, Deficits, RankTest

MOST_PATHS = 30  # above it single people are noise, and may be recognised


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """Matched persons of one block: per cents as scored, and the error of each change (NaN = unknown).

    correction   points added to every exit result, because its form is harder (ADR 7); 0 for one form
    same_within  changes that are not greater are the same result: with a correction half a point of the block
    scale        of the official layer, which stands on the per cents as scored; None where there are too few
                 items for a level
    schools      school of each person at entry, "" where there is none
    """

    code: str
    title: str
    entry: FloatArray
    exit: FloatArray
    error: FloatArray
    correction: float
    same_within: float
    scale: Scale | None
    schools: tuple[str, ...] = ()

    def clusters(self, method: Method) -> tuple[str, ...] | None:
        """Whom the interval draws together; a person without a school stands alone. None = persons are drawn."""
        if len(set(self.schools) - {""}) < method.min_clusters:
            return None
        return tuple(school or f"person {place}" for place, school in enumerate(self.schools))

    @property
    def compared(self) -> FloatArray:
        """Exit results on the scale of the entry form; they may leave 0…100, so that means stay true."""
        return self.exit + self.correction

    @property
    def moves(self) -> Transitions | None:
        """People by official level at entry and exit."""
        return None if self.scale is None else transitions(self.entry, self.exit, self.scale)


@dataclass(frozen=True, slots=True)
class Measuring:
    link_error: float  # points of 100
    method: Method


def describe(column: Column, how: Measuring) -> tuple[BlockChange, RankTest | None]:
    """The block's line and its rank test. At least one pair is needed."""
    found = group_change(
        column.entry,
        column.exit,
        change_errors=column.error,
        clusters=column.clusters(how.method),
        correction=column.correction,
        same_within=column.same_within,
        link_error=how.link_error,
        method=how.method,
    )
    ranks = found.ranks
    test = RankTest(code=column.code, n_nonzero=ranks.n_nonzero, p=ranks.p) if ranks else None
    return _line(column, found, how), test


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
        exit_interval=_within(t_interval(column.compared, coverage), found, how),
        change=means.change,
        interval=shown(means.interval),
        interval_kind=means.interval_kind,
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
    pairs = zip(column.entry.tolist(), np.clip(column.compared, 0, 100).tolist(), strict=True)
    return tuple(sorted(pairs)) if column.entry.size <= MOST_PATHS else ()
