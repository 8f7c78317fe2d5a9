from __future__ import annotations

import numpy as np
import pytest

from diagnostics.measurement.conditional_error import binomial_sem, compound_sem, keats_correction
from diagnostics.measurement.errors import BadInputError


def test_lords_error_by_hand() -> None:
    """20 of 30 right: √(20 · 10 / 29) = 2.626 points; nothing at either end."""
    assert binomial_sem([0, 20, 30], 30) == pytest.approx([0, 2.6261, 0], abs=1e-4)


def test_the_mean_square_is_the_error_variance_of_kr21() -> None:
    points = np.random.default_rng(1).binomial(25, 0.6, 3000).astype(float)
    mean, variance = points.mean(), points.var()
    kr21 = 25 / 24 * (1 - mean * (25 - mean) / (25 * variance))

    assert (binomial_sem(points, 25) ** 2).mean() == pytest.approx(variance * (1 - kr21), rel=1e-9)


def test_simulated_forms_scatter_as_much_as_foretold() -> None:
    rng = np.random.default_rng(2)
    points = rng.binomial(20, 0.7, 40_000)

    foretold = np.sqrt((binomial_sem(points, 20) ** 2).mean())

    assert foretold == pytest.approx(points.std(), rel=0.01)


def test_the_correction_takes_the_error_down_and_never_up() -> None:
    assert keats_correction(0.8, 0.75) == pytest.approx(0.8)
    assert keats_correction(0.7, 0.75) == 1.0
    assert binomial_sem([10], 20, 0.64) == pytest.approx(0.8 * binomial_sem([10], 20))


def test_parts_of_unlike_difficulty_err_less_than_one_pool() -> None:
    """Ten of ten and none of ten is a sure result; ten of twenty of one pool is not."""
    assert compound_sem([[10, 0], [5, 5]], [10, 10]) == pytest.approx([0, np.sqrt(50 / 9)])
    assert (
        compound_sem([[5, 5]], [10, 10])[0] > binomial_sem([10], 20)[0] > compound_sem([[9, 1]], [10, 10])[0]
    )


@pytest.mark.parametrize(
    ("points", "n_items", "correction"),
    [([3], 1, 1), ([-1], 5, 1), ([6], 5, 1), ([3], 5, -1), ([float("nan")], 5, 1)],
)
def test_impossible_points_are_refused(points: list[float], n_items: int, correction: float) -> None:
    with pytest.raises(BadInputError):
        binomial_sem(points, n_items, correction)


@pytest.mark.parametrize(
    ("points", "n_items"), [([[1]], [1]), ([[1, 2]], [5]), ([[6]], [5]), ([1], [5]), ([[float("nan")]], [5])]
)
def test_points_outside_their_part_are_refused(points: list[list[float]], n_items: list[int]) -> None:
    with pytest.raises(BadInputError):
        compound_sem(points, n_items)


def test_reliabilities_above_one_are_refused() -> None:
    with pytest.raises(BadInputError):
        keats_correction(0.9, 1.0)
