from __future__ import annotations

import numpy as np
import pytest

from diagnostics.measurement.naive import rasch as naive
from diagnostics.measurement.patterns import mutual_reach, presented_sets
from diagnostics.measurement.symmetric import LeftOut, products, symmetric

THRESHOLDS = [[-0.5], [0.2, 0.9], [1.1], [-0.3, 0.1, 0.4]]
STEPS = [np.exp(-np.cumsum(row)) for row in THRESHOLDS]


def test_the_functions_equal_the_sum_over_all_patterns() -> None:
    assert symmetric(STEPS) == pytest.approx(naive.ways(THRESHOLDS))


def test_each_item_and_each_pair_is_left_out() -> None:
    out = LeftOut.of(4)
    single, pair = products(STEPS, out.single), products(STEPS, out.pair)

    for place in range(4):
        others = [row for index, row in enumerate(THRESHOLDS) if index != place]
        expected = naive.ways(others)
        assert single[: len(expected), place] == pytest.approx(expected)
        assert (single[len(expected) :, place] == 0).all()
    for column, (first, second) in enumerate(zip(out.first, out.second, strict=True)):
        expected = naive.ways([row for index, row in enumerate(THRESHOLDS) if index not in {first, second}])
        assert pair[: len(expected), column] == pytest.approx(expected)


def test_equal_items_give_binomial_coefficients_without_loss() -> None:
    """Sums of positive numbers only: a hundred items keep all digits."""
    from math import comb

    found = symmetric([np.ones(1)] * 100)

    assert found == pytest.approx([comb(100, order) for order in range(101)], rel=1e-13)


def test_nothing_has_one_way_to_score_nothing() -> None:
    assert symmetric([]).tolist() == [1.0]


def test_persons_are_grouped_by_what_they_were_shown() -> None:
    shown = np.array([[1, 1, 0], [0, 1, 1], [1, 1, 0], [0, 0, 0]], dtype=bool)

    found = {tuple(one.items.tolist()): one.persons.tolist() for one in presented_sets(shown)}

    assert found == {(0, 1): [0, 2], (1, 2): [1]}


def test_items_are_told_apart_in_a_wide_test() -> None:
    shown = np.random.default_rng(1).random((300, 23)) < 0.5

    groups = presented_sets(shown)

    assert sorted(np.concatenate([one.persons for one in groups]).tolist()) == list(range(300))
    assert all((shown[one.persons][:, one.items]).all() for one in groups)


def test_reach_is_mutual_only_along_a_circle() -> None:
    edges = np.zeros((4, 4), dtype=bool)
    edges[0, 1] = edges[1, 2] = edges[2, 0] = edges[2, 3] = True

    found = mutual_reach(edges)

    assert found[:3, :3].all()
    assert not found[3, :3].any()
