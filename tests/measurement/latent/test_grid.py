from __future__ import annotations

import numpy as np
import pytest

from diagnostics.measurement.errors import BadInputError
from diagnostics.measurement.latent.grid import Grid, points_for


def test_weights_sum_to_one_and_have_the_moments_of_the_population() -> None:
    grid = Grid.of(41)
    weight = np.exp(grid.log_weight)

    assert [weight @ grid.theta**power for power in range(5)] == pytest.approx([1, 0, 1, 0, 3], abs=1e-5)


def test_fewer_points_than_the_method_allows_are_refused() -> None:
    with pytest.raises(BadInputError):
        Grid.of(40)


@pytest.mark.parametrize(("information", "points"), [(0.0, 41), (10.0, 41), (23.0, 49), (98.0, 97)])
def test_sharper_tests_need_more_points(information: float, points: int) -> None:
    assert points_for(information) == points


def test_the_grid_for_a_sharp_test_integrates_its_posterior() -> None:
    """A likelihood of information 99 anywhere: its integral is a normal density."""
    grid = Grid.of(points_for(99.0))
    for centre in (0.0, 0.03, 0.06):
        likelihood = np.exp(-99 * (grid.theta - centre) ** 2 / 2)
        assert np.exp(grid.log_weight) @ likelihood == pytest.approx(
            0.1 * np.exp(-0.99 * centre**2 / 2), rel=2e-5
        )
