"""Two raters: published kappas, a slow twin, resampling, and marks that say nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnostics.measurement.errors import BadInputError
from diagnostics.measurement.naive import raters as naive
from diagnostics.measurement.raters.marks import crossed, kappa, mark_agreement, mean_kappa, quadratic_weights

Case = Callable[[str], dict[str, Any]]
NAN = float("nan")


def test_kappas_agree_with_the_published_values(case: Case) -> None:
    truth = case("kappa_a")
    linear = 1 - np.abs(np.arange(4)[:, None] - np.arange(4)) / 3

    plain = kappa(truth["table"])

    assert plain.value == pytest.approx(truth["kappa"], abs=1e-8)
    assert plain.variance == pytest.approx(truth["var_kappa"], abs=1e-6)
    half = 1.959963985 * (plain.variance or 0) ** 0.5
    assert [(plain.value or 0) - half, (plain.value or 0) + half] == pytest.approx(truth["ci95"][0], abs=1e-6)
    assert kappa(truth["table"], linear).value == pytest.approx(truth["kappa_linear"], abs=1e-8)
    quadratic = kappa(truth["table"], quadratic_weights(range(4)))
    assert quadratic.value == pytest.approx(truth["kappa_quadratic"], abs=1e-8)


def test_the_weighted_variance_is_that_of_resampled_works_and_not_the_slip_of_the_reference(
    case: Case,
) -> None:
    """The printed `var_weighted` multiplies row sums of the weights by one marginal instead of averaging them."""
    truth = case("kappa_a")
    counts = np.array(truth["table"], dtype=float)
    weights, n = quadratic_weights(range(4)), int(counts.sum())
    share = counts / n
    rows, columns = share.sum(axis=1), share.sum(axis=0)
    observed, expected = (weights * share).sum(), rows @ weights @ columns
    slip = (weights @ columns)[:, None] + rows * weights.sum(axis=1)
    spread = (share * (weights * (1 - expected) - slip * (1 - observed)) ** 2).sum()
    slipped = (spread - (observed * expected - 2 * expected + observed) ** 2) / (n * (1 - expected) ** 4)
    rng = np.random.default_rng(0)
    drawn = [kappa(rng.multinomial(n, share.ravel()).reshape(4, 4), weights).value for _ in range(3000)]

    found = kappa(counts, weights)

    assert slipped == pytest.approx(truth["var_weighted"], abs=1e-9)
    assert found.variance == pytest.approx(np.var(np.array(drawn, dtype=float)), rel=0.08)


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), min_size=2, max_size=30))
def test_quadratic_kappa_equals_the_ratio_of_squared_differences(pairs: list[tuple[int, int]]) -> None:
    first, second = ([float(pair[side]) for pair in pairs] for side in (0, 1))

    found = mark_agreement(first, second).quadratic

    if len(set(first + second)) == 1:
        assert found.reason == "no_variance"
    else:
        assert found.value == pytest.approx(naive.quadratic_kappa(first, second), abs=1e-9)


def test_swapped_raters_agree_as_much() -> None:
    first, second = [1, 2, 3, 4, 2], [1, 3, 3, 4, 1]

    one, two = mark_agreement(first, second), mark_agreement(second, first)

    assert (one.quadratic.value, one.exact) == (pytest.approx(two.quadratic.value), two.exact)


def test_works_with_one_mark_are_left_out_and_far_marks_ask_for_a_third() -> None:
    found = mark_agreement([1, NAN, 3, 5, 2], [1, 2, 4, 2, NAN])

    assert (found.n, found.third) == (3, (3,))
    assert found.exact is not None
    assert found.adjacent is not None
    assert (found.exact.value, found.adjacent.value) == pytest.approx((1 / 3, 2 / 3))


def test_intervals_of_kappa_cover_the_truth() -> None:
    rng = np.random.default_rng(1)
    chances = np.array([[20, 4, 1], [5, 25, 6], [1, 5, 33]], dtype=float) / 100
    weights = quadratic_weights(range(3))
    truth, hits = kappa(chances * 1e6, weights).value, []
    for _ in range(800):
        found = kappa(rng.multinomial(120, chances.ravel()).reshape(3, 3), weights).interval
        assert found is not None
        hits.append(found.low <= (truth or 0) <= found.high)

    assert 0.92 <= np.mean(hits) <= 0.975


@pytest.mark.parametrize(
    ("first", "second", "reason"),
    [([], [], "no_pairs"), ([NAN], [3], "no_pairs"), ([2, 2], [2, 2], "no_variance")],
)
def test_without_pairs_or_spread_there_is_a_reason(
    first: list[float], second: list[float], reason: str
) -> None:
    found = mark_agreement(first, second).quadratic

    assert (found.value, found.interval, found.reason) == (None, None, reason)


def test_perfect_agreement_is_one_without_an_interval() -> None:
    found = mark_agreement([1, 2, 3], [1, 2, 3])

    assert (found.quadratic.value, found.quadratic.interval) == (1.0, None)
    assert found.exact is not None
    assert found.exact.value == 1.0


@pytest.mark.parametrize("table", [[[1, 2]], [[-1, 0], [0, 1]], [1, 2], [[NAN]]])
def test_tables_that_are_none_are_refused(table: list[list[float]]) -> None:
    with pytest.raises(BadInputError):
        kappa(table)


def test_rows_of_unequal_length_are_refused() -> None:
    with pytest.raises(BadInputError):
        mark_agreement([1, 2], [1])


def test_the_cross_table_stands_over_marks_that_occur() -> None:
    table, values = crossed(np.array([1.0, 5.0]), np.array([5.0, 5.0]))

    assert (table.tolist(), values.tolist()) == ([[0, 1], [0, 1]], [1, 5])


def test_the_mean_over_pairs_is_lights_kappa_with_an_interval() -> None:
    marks = np.array([[1, 2, 1], [2, 2, 3], [3, 3, 3], [4, 3, 4], [2, 1, NAN], [1, 1, 2]])
    pairs = [
        mark_agreement(marks[:, one], marks[:, two]).quadratic.value for one, two in ((0, 1), (0, 2), (1, 2))
    ]

    found = mean_kappa(marks)

    assert found.value == pytest.approx(np.mean(np.array(pairs, dtype=float)))
    assert found.interval is not None
    assert found.interval.low < (found.value or 0) < found.interval.high
    assert found == mean_kappa(marks)


@pytest.mark.parametrize(
    ("marks", "reason"),
    [([[1, NAN], [NAN, 2]], "no_pairs"), ([[2, 2], [2, 2]], "no_variance"), (np.empty((0, 2)), "no_pairs")],
)
def test_raters_without_common_works_or_spread_have_no_mean_kappa(
    marks: list[list[float]], reason: str
) -> None:
    assert mean_kappa(marks).reason == reason


def test_one_rater_has_no_mean_kappa() -> None:
    with pytest.raises(BadInputError):
        mean_kappa([[1], [2]])
