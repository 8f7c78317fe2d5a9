"""How exact a figure may be in a copy that goes upward: the fewer people, the rounder (rule D4)."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from math import ceil, floor

MEAN_WHOLE_BELOW = 50
COUNT_ROUND_BELOW = 100
COUNT_STEP = 5
EXTREMES_FROM = 41

_SIZES = (21, 41, 101, 301)  # people from which the next row holds
_SHARES = ((20, 20, 80), (10, 10, 90), (5, 5, 95), (1, 2, 98), (1, 1, 99))  # step, low end, high end


@dataclass(frozen=True, slots=True)
class CoarseShare:
    """Per cent in steps; `bound` says that the figure is an end: "at_most", "at_least" or None."""

    percent: float
    bound: str | None


def share(percent: float, people: int) -> CoarseShare:
    """A share of `people` (0…100 per cent) in the step of its size; the ends are said as ends."""
    step, low, high = _SHARES[bisect_right(_SIZES, people)]
    if percent <= low:
        return CoarseShare(float(low), "at_most")
    if percent >= high:
        return CoarseShare(float(high), "at_least")
    return CoarseShare(float(_to_step(percent, step)), None)


def mean_digits(people: int) -> int:
    """Decimals of a mean or a change in points."""
    return 0 if people < MEAN_WHOLE_BELOW else 1


def mean(value: float, people: int) -> float:
    return _half_up(value, mean_digits(people))


def bounds(low: float, high: float, people: int) -> tuple[float, float]:
    """Ends of an interval, rounded outwards: the coarse copy never promises more than the exact one."""
    factor = float(10 ** mean_digits(people))
    return floor(low * factor + 1e-9) / factor, ceil(high * factor - 1e-9) / factor


def count(people: int, group: int) -> int:
    """A count within a group of `group` people."""
    return _to_step(people, COUNT_STEP) if group < COUNT_ROUND_BELOW else people


def _to_step(value: float, step: int) -> int:
    return step * floor(value / step + 0.5)


def _half_up(value: float, digits: int) -> float:
    factor = float(10**digits)
    return floor(abs(value) * factor + 0.5 + 1e-9) / factor * (1 if value >= 0 else -1)
