"""Figures of a school are whole numbers from the start: the page, the files and the frozen copy know no more."""

from __future__ import annotations

from diagnostics.measurement.intervals import Interval
from diagnostics.measurement.survey.voices import Estimate
from diagnostics.releases import coarse

_FEW = 0  # people for whom `coarse` gives whole numbers


def rounded(found: Estimate | None) -> Estimate | None:
    """The mean half up, the interval outwards."""
    if found is None:
        return None
    return Estimate(coarse.mean(found.value, _FEW), outwards(found.interval), found.n)


def outwards(interval: Interval | None) -> Interval | None:
    if interval is None:
        return None
    low, high = coarse.bounds(interval.low, interval.high, _FEW)
    return Interval(max(0.0, low), min(100.0, high))
