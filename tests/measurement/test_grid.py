from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose

from diagnostics.measurement.errors import BadInputError
from diagnostics.measurement.grid import Grid, even_grid, normal_grid


def test_a_normal_grid_has_the_moments_of_its_distribution() -> None:
    grid = normal_grid(0.7, 1.3)
    mean = grid.weights @ grid.points

    assert grid.weights.sum() == pytest.approx(1)
    assert mean == pytest.approx(0.7)
    assert grid.weights @ (grid.points - mean) ** 2 == pytest.approx(1.69)


def test_an_even_grid_weighs_all_points_alike() -> None:
    assert_allclose(even_grid(-4, 4, 41).weights, 1 / 41)


@pytest.mark.parametrize(
    ("points", "weights"), [([], []), ([0.0], [0.0]), ([0.0, 1], [1.0]), ([0.0], [-1.0]), ([np.inf], [1.0])]
)
def test_what_is_no_grid_is_refused(points: list[float], weights: list[float]) -> None:
    with pytest.raises(BadInputError):
        Grid(np.array(points), np.array(weights))


@pytest.mark.parametrize(("mean", "sd"), [(0.0, 0.0), (0.0, -1.0), (float("nan"), 1.0), (0.0, float("inf"))])
def test_a_distribution_without_spread_is_refused(mean: float, sd: float) -> None:
    with pytest.raises(BadInputError):
        normal_grid(mean, sd)
