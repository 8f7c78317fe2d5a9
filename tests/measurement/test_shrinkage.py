from __future__ import annotations

import numpy as np
import pytest

from diagnostics.measurement.errors import BadInputError
from diagnostics.measurement.shrinkage import rank_stability, shrink


def groups(seed: int, k: int = 20) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """True means, observed means, their errors."""
    rng = np.random.default_rng(seed)
    error = rng.uniform(2, 8, k)
    true = rng.normal(60, 4, k)
    return true, true + error * rng.normal(size=k), error


def test_small_groups_are_drawn_more_than_large_ones() -> None:
    found = shrink([50, 55, 60, 65, 70, 40], [1, 2, 4, 6, 8, 9])

    assert list(found.weights) == sorted(found.weights, reverse=True)
    assert found.centre is not None
    assert all(
        min(own, found.centre) <= value <= max(own, found.centre)
        for own, value in zip([50, 55, 60, 65, 70, 40], found.values, strict=True)
    )


def test_shrunken_means_are_nearer_to_the_truth_and_their_intervals_cover_it() -> None:
    raw, better, hits = [], [], []
    for seed in range(200):
        true, mean, error = groups(seed)
        found = shrink(mean, error)
        raw.append(np.mean((mean - true) ** 2))
        better.append(np.mean((np.array(found.values) - true) ** 2))
        hits += [one.low <= value <= one.high for one, value in zip(found.intervals, true, strict=True)]

    assert np.mean(better) < 0.6 * np.mean(raw)
    assert 0.93 <= np.mean(hits) <= 0.975


def test_groups_that_differ_by_chance_only_have_no_spread_between() -> None:
    found = shrink([50.0, 50.1, 49.9, 50.0, 50.05], [5.0] * 5)

    assert found.between == 0
    assert found.weights[0] < 1


def test_four_groups_are_too_few_to_know_the_spread() -> None:
    assert shrink([1, 2, 3, 4], [1, 1, 1, 1]).reason == "too_few_groups"


@pytest.mark.parametrize("errors", [[1, 1], [0, 1, 1], [-1, 1, 1]])
def test_errors_that_are_none_are_refused(errors: list[float]) -> None:
    with pytest.raises(BadInputError):
        shrink([1, 2, 3], errors)


def test_clear_places_are_firm_and_close_ones_are_not() -> None:
    rng = np.random.default_rng(1)
    values = np.array([70.0, 50.2, 50.0, 30.0])

    found = rank_stability(values, values + rng.normal(0, 3, (2000, 4)))

    assert [one.rank for one in found] == [1, 2, 3, 4]
    assert (found[0].low, found[0].high, found[3].low, found[3].high) == (1, 1, 4, 4)
    assert (found[1].low, found[1].high) == (2, 3)
    assert found[1].same == pytest.approx(0.52, abs=0.04)
    assert found[0].same > 0.99


@pytest.mark.parametrize("draws", [[[1.0]], [1.0, 2.0], np.empty((0, 2)), [[1.0, float("nan")]]])
def test_draws_of_other_groups_are_refused(draws: list[list[float]]) -> None:
    with pytest.raises(BadInputError):
        rank_stability([1.0, 2.0], draws)
