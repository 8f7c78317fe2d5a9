"""What to take up first: importance × gap, with its interval and how firm the order is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from diagnostics.measurement.intervals import Interval
from diagnostics.measurement.method import METHOD, Method
from diagnostics.measurement.numeric import FloatArray
from diagnostics.measurement.survey.voices import interval_of


@dataclass(frozen=True, slots=True)
class Priority:
    """`place` is the column in the input; `value` 0…100 = importance · gap / 100, gap = 100 − state."""

    place: int
    importance: float
    gap: float
    value: float
    interval: Interval


@dataclass(frozen=True, slots=True)
class Order:
    """Highest priority first; `unstable`: runs of ranks (from, to, counted from 1) that could change places."""

    lines: tuple[Priority, ...]
    unstable: tuple[tuple[int, int], ...]


def order_of(
    state: FloatArray,
    importance: FloatArray,
    state_draws: FloatArray,
    importance_draws: FloatArray,
    method: Method = METHOD,
) -> Order:
    """Order of columns; draws (draws × columns) come from the same resamples of respondents.

    Columns without a state or an importance (NaN) are left out. Neighbours whose order holds in fewer than
    `method.rank_stable_from` of the draws are told as unstable.
    """
    known = np.flatnonzero(~np.isnan(state) & ~np.isnan(importance))
    value = importance * (100.0 - state) / 100.0
    draws = importance_draws * (100.0 - state_draws) / 100.0
    ranked = sorted(known.tolist(), key=lambda place: (-value[place], place))
    lines = tuple(
        Priority(
            place,
            float(importance[place]),
            float(100.0 - state[place]),
            float(value[place]),
            _clipped(interval_of(draws[:, place], method)),
        )
        for place in ranked
    )
    return Order(lines, _unstable(draws[:, ranked], method))


def _unstable(draws: FloatArray, method: Method) -> tuple[tuple[int, int], ...]:
    """Runs of neighbouring ranks whose order does not hold."""
    holds = (draws[:, :-1] > draws[:, 1:]).mean(axis=0) >= method.rank_stable_from
    runs: list[tuple[int, int]] = []
    for rank in np.flatnonzero(~holds).tolist():
        if runs and runs[-1][1] == rank + 1:
            runs[-1] = (runs[-1][0], rank + 2)
        else:
            runs.append((rank + 1, rank + 2))
    return tuple(runs)


def _clipped(interval: Interval) -> Interval:
    return Interval(max(0.0, interval.low), min(100.0, interval.high))
