"""A linear scale and its round ticks."""

from __future__ import annotations

import math
from dataclasses import dataclass

_STEPS = (1, 2, 2.5, 5, 10)


@dataclass(frozen=True, slots=True)
class Scale:
    """Maps `low … high` of the data onto `start … end` of the drawing (end < start turns it)."""

    low: float
    high: float
    start: float
    end: float

    def __post_init__(self) -> None:
        if not self.low < self.high:
            raise ValueError(f"a scale needs low < high, got {self.low} and {self.high}")

    def __call__(self, value: float) -> float:
        share = (value - self.low) / (self.high - self.low)
        return self.start + min(max(share, 0.0), 1.0) * (self.end - self.start)


def step_for(span: float, target: int) -> float:
    """The round step (1, 2, 2.5, 5 × 10ⁿ) that gives at most `target` intervals."""
    raw = span / target
    power = 10.0 ** math.floor(math.log10(raw))
    return next(step * power for step in _STEPS if step * power >= raw - 1e-9)


def ticks(low: float, high: float, target: int = 5) -> tuple[float, ...]:
    """Round values inside `low … high`."""
    step = step_for(high - low, target)
    first = math.ceil(low / step - 1e-9)
    last = math.floor(high / step + 1e-9)
    return tuple(index * step for index in range(first, last + 1))
