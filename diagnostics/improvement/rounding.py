"""Figures of a school are whole numbers from the start: the page, the files and the frozen copy know no more."""

from __future__ import annotations

from diagnostics.measurement.intervals import Interval
from diagnostics.measurement.survey.voices import Estimate
from diagnostics.releases import coarse

_FEW = 0  # people for whom `coarse` gives whole numbers


_LOWEST, _HIGHEST = 1.0, 99.0


def rounded(found: Estimate | None, *, ends: bool = False) -> Estimate | None:
    """The mean half up, the interval outwards.

    Without `ends` 0 and 100 become 1 and 99: that all said the same is told of no small group (rule D4).
    """
    if found is None:
        return None
    value, interval = coarse.mean(found.value, _FEW), outwards(found.interval)
    if ends:
        return Estimate(value, interval, found.n)
    inside = None if interval is None else Interval(_inside(interval.low), _inside(interval.high))
    return Estimate(_inside(value), inside, found.n)


def may_show_ends(n: int, *, declared: bool) -> bool:
    """Whether a group is large enough, or a declaration, to be told of as unanimous."""
    return declared or n >= coarse.EXTREMES_FROM


def _inside(value: float) -> float:
    return min(_HIGHEST, max(_LOWEST, value))


def outwards(interval: Interval | None) -> Interval | None:
    if interval is None:
        return None
    low, high = coarse.bounds(interval.low, interval.high, _FEW)
    return Interval(max(0.0, low), min(100.0, high))
