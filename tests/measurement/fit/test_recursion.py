from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose

from diagnostics.measurement.fit.recursion import category_shares, rest_chances, total_chances
from diagnostics.measurement.grid import normal_grid
from diagnostics.measurement.latent.items import Curve, LatentItem, curves
from diagnostics.measurement.naive import fit as naive

ITEMS = (
    LatentItem("two", 1.3, (0.4,)),
    LatentItem("credit", 0.8, (-0.5, 0.9)),
    LatentItem("graded", 1.7, (-1.0, 0.1, 1.2), Curve.GRADED),
    LatentItem("guessed", 1.1, (0.3,), guessing=0.2),
    LatentItem("easy", 1.0, (-2.0,)),
)
MAXIMA = [item.maximum for item in ITEMS]
CHANCES = curves(ITEMS, np.linspace(-3, 3, 7)).chances


def test_chances_of_totals_sum_to_one_and_give_the_expected_total() -> None:
    found = total_chances(CHANCES, MAXIMA)

    assert found.shape == (7, sum(MAXIMA) + 1)
    assert_allclose(found.sum(axis=1), 1)
    assert_allclose(
        found @ np.arange(found.shape[1]), curves(ITEMS, np.linspace(-3, 3, 7)).expected().sum(axis=1)
    )


def test_rests_are_the_totals_of_the_other_items() -> None:
    rest = rest_chances(CHANCES, MAXIMA)

    for place in range(len(ITEMS)):
        others = [index for index in range(len(ITEMS)) if index != place]
        alone = total_chances(CHANCES[:, others], [MAXIMA[index] for index in others])
        assert_allclose(rest[place, :, : alone.shape[1]], alone, atol=1e-15)
        assert (rest[place, :, alone.shape[1] :] == 0).all()


def test_shares_equal_those_of_all_written_out_patterns() -> None:
    grid = normal_grid(0.2, 1.1)
    few = slice(None, None, 10)
    points, weights = grid.points[few], grid.weights[few] / grid.weights[few].sum()

    found = category_shares(ITEMS, type(grid)(points, weights))

    for place in range(len(ITEMS)):
        assert_allclose(found[place], naive.shares_by_total(ITEMS, place, points, weights), atol=1e-12)


def test_the_population_cancels_where_slopes_are_equal() -> None:
    items = [LatentItem(str(place), 1.4, (place - 2.0,)) for place in range(5)]

    for one, other in zip(
        category_shares(items, normal_grid()), category_shares(items, normal_grid(1.5, 0.4)), strict=True
    ):
        assert_allclose(one, other)


@pytest.mark.parametrize("count", [1, 2, 3])
def test_few_items_have_their_rests_too(count: int) -> None:
    rest = rest_chances(CHANCES[:, :count], MAXIMA[:count])

    assert_allclose(rest.sum(axis=2), 1)
