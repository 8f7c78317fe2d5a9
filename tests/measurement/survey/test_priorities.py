from __future__ import annotations

import numpy as np
import pytest

from diagnostics.measurement.method import METHOD
from diagnostics.measurement.naive import survey as naive
from diagnostics.measurement.survey.priorities import Order, order_of

NAN = float("nan")


def ordered(
    state: list[float], importance: list[float], spread: float, seed: int = 3
) -> tuple[Order, np.ndarray]:
    rng = np.random.default_rng(seed)
    first, second = np.array(state), np.array(importance)
    draws = [one + rng.normal(0, spread, (800, len(one))) for one in (first, second)]
    return order_of(first, second, *draws), draws[1] * (100 - draws[0]) / 100


def test_priority_is_importance_times_gap() -> None:
    found, _ = ordered([41, 77], [88, 91], 1)
    assert [(one.place, round(one.value, 2), one.gap) for one in found.lines] == [
        (0, 51.92, 59.0),
        (1, 20.93, 23.0),
    ]
    assert found.unstable == ()


def test_intervals_that_overlap_make_the_order_unstable() -> None:
    """Second to fourth lie within a point of each other, the first and the last far away."""
    found, draws = ordered([30, 50, 50.5, 51, 90], [90, 80, 80, 80, 50], 2)
    assert [one.place for one in found.lines] == [0, 1, 2, 3, 4]
    assert found.unstable == ((2, 4),)
    assert naive.order_holds(draws, 0, 1) >= METHOD.rank_stable_from > naive.order_holds(draws, 1, 2)


def test_two_runs_of_unstable_places_stay_two() -> None:
    found, _ = ordered([20, 20.2, 60, 60.2], [90, 90, 90, 90], 2)
    assert found.unstable == ((1, 2), (3, 4))


def test_what_has_no_index_or_no_importance_is_left_out() -> None:
    found, _ = ordered([NAN, 50, 60], [80, NAN, 70], 1)
    assert [one.place for one in found.lines] == [2]
    assert order_of(*(np.array([NAN]),) * 2, *(np.full((5, 1), NAN),) * 2).lines == ()


@pytest.mark.parametrize("spread", [0.5, 3.0])
def test_the_interval_holds_the_value(spread: float) -> None:
    found, _ = ordered([30, 60, 80], [60, 70, 80], spread)
    for one in found.lines:
        assert one.interval.low <= one.value <= one.interval.high
