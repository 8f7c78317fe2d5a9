"""A person's own opinion beside a test of the same competence: never averaged, only compared."""

from __future__ import annotations

import enum

from diagnostics.measurement.intervals import Interval
from diagnostics.measurement.method import METHOD, Method


class SelfView(enum.StrEnum):
    HIGHER = "higher"  # than the test showed
    STRICTER = "stricter"
    ALIKE = "alike"
    UNKNOWN = "unknown"  # one of the two is missing, or the test has no known error


def self_view(
    own: float | None, test: float | None, interval: Interval | None, method: Method = METHOD
) -> SelfView:
    """Compare an index (0…100) with per cents of a test and their interval.

    «Much» is both: outside the interval of the test, and at least `method.self_gap` points from its result.
    """
    if own is None or test is None or interval is None:
        return SelfView.UNKNOWN
    if abs(own - test) < method.self_gap or interval.low <= own <= interval.high:
        return SelfView.ALIKE
    return SelfView.HIGHER if own > test else SelfView.STRICTER
