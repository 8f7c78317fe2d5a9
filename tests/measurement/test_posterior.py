from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diagnostics.measurement.errors import BadInputError
from diagnostics.measurement.naive import posterior as naive
from diagnostics.measurement.posterior import effective_items, posterior, posteriors
from diagnostics.measurement.prior import Prior, prior_of_wave, weak_prior


@pytest.mark.parametrize(
    ("points", "maximum", "n_items", "prior"),
    [
        (4, 7, 7, Prior(1, 1, "weak")),
        (0, 8, 8, Prior(1, 1, "weak")),
        (8, 8, 8, Prior(6.2, 3.1, "empirical")),
        (3, 5, 4.17, Prior(2, 5, "empirical")),
    ],
)
def test_the_posterior_equals_a_sum_over_a_fine_grid(
    points: float, maximum: float, n_items: float, prior: Prior
) -> None:
    slow = naive.density(points, maximum, n_items, prior.alpha, prior.beta)

    fast = posterior(points, maximum, n_items, prior)

    assert fast.mean == pytest.approx(naive.mean(slow), abs=1e-6)
    assert fast.p_below(0.6) == pytest.approx(naive.p_below(slow, 0.6), abs=1e-4)
    assert fast.low80 == pytest.approx(naive.quantile(slow, 0.1), abs=1e-4)
    assert fast.high80 == pytest.approx(naive.quantile(slow, 0.9), abs=1e-4)


def test_four_of_seven_by_hand() -> None:
    """Beta(5, 4): the probability below .6 is a binomial tail, P(Bin(8, .6) >= 5)."""
    found = posterior(4, 7, 7)

    assert found.mean == pytest.approx(5 / 9)
    assert found.p_below(0.6) == pytest.approx(0.59408640, abs=1e-8)


@given(
    st.lists(st.tuples(st.integers(0, 20), st.integers(1, 20)), min_size=1, max_size=20),
    st.floats(0.05, 0.95),
)
@settings(max_examples=50, deadline=None)
def test_every_person_of_many_gets_what_one_would_get(rows: list[tuple[int, int]], cut: float) -> None:
    right = [min(points, total) for points, total in rows]
    total = [total for _, total in rows]

    many = posteriors(right, total, total)

    for index, single in enumerate(zip(right, total, strict=True)):
        one = posterior(*single, single[1])
        assert one.p_below(cut) == many.p_below(cut)[index]
        assert 0 <= one.low80 <= one.mean <= 1
        assert one.low80 < one.high80


def test_more_points_never_make_a_deficit_likelier() -> None:
    chances = posteriors(np.arange(11), np.full(11, 10), np.full(11, 10)).p_below(0.6)

    assert (np.diff(chances) < 0).all()


def test_without_items_the_prior_stays_as_it_is() -> None:
    found = posterior(0, 0, 0, Prior(3, 2, "empirical"))

    assert (found.alpha, found.beta) == (3, 2)


@pytest.mark.parametrize(
    ("points", "maximum", "n_items"),
    [(5, 4, 4), (-1, 4, 4), (float("nan"), 4, 4), (0, 0, 3), (1, 2, -1), (float("inf"), 2, 1)],
)
def test_impossible_points_are_refused(points: float, maximum: float, n_items: float) -> None:
    with pytest.raises(BadInputError):
        posterior(points, maximum, n_items)


def test_arrays_of_different_length_are_refused() -> None:
    with pytest.raises(BadInputError):
        posteriors([1, 2], [3], [3, 3])


def test_a_cut_in_per_cent_is_refused() -> None:
    with pytest.raises(BadInputError):
        posterior(1, 2, 2).p_below(60)


@pytest.mark.parametrize(
    ("maxima", "expected"), [([1, 1, 1, 1], 4), ([2, 2, 2], 3), ([1, 1, 1, 2], 25 / 7), ([], 0), ([0], 0)]
)
def test_items_of_unequal_weight_count_for_less(maxima: list[float], expected: float) -> None:
    assert effective_items(maxima) == pytest.approx(expected)


@pytest.mark.parametrize(("alpha", "beta"), [(6.0, 4.0), (2.0, 1.0), (12.0, 20.0)])
def test_the_prior_of_a_large_wave_is_recovered(alpha: float, beta: float) -> None:
    rng = np.random.default_rng(11)
    right = rng.binomial(10, rng.beta(alpha, beta, 10_000))

    found = prior_of_wave(right / 10, np.full(10_000, 10))

    assert found.kind == "empirical"
    assert found.persons == 10_000
    assert found.alpha / (found.alpha + found.beta) == pytest.approx(alpha / (alpha + beta), abs=0.01)
    assert found.alpha + found.beta == pytest.approx(alpha + beta, rel=0.12)


def test_no_neighbour_of_the_found_prior_is_likelier() -> None:
    rng = np.random.default_rng(3)
    total = rng.integers(3, 12, 60).tolist()
    right = rng.binomial(total, rng.beta(3, 3, 60)).tolist()

    found = prior_of_wave(np.divide(right, total), total)

    best = naive.marginal_log_likelihood(right, total, found.alpha, found.beta)
    for up, down in [(1.02, 1), (0.98, 1), (1, 1.02), (1, 0.98), (1.02, 1.02), (0.98, 0.98)]:
        assert naive.marginal_log_likelihood(right, total, found.alpha * up, found.beta * down) < best


def test_a_small_wave_gets_the_weak_prior_and_its_reason() -> None:
    found = prior_of_wave([0.5] * 29, [8] * 29)

    assert found == weak_prior(persons=29, reason="too_few_persons")
    assert found.provisional


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_a_wave_where_all_had_everything_or_nothing_teaches_nothing(share: float) -> None:
    assert prior_of_wave([share] * 40, [8] * 40) == weak_prior(persons=40, reason="no_variance")


def test_a_wave_without_more_spread_than_chance_stops_at_the_size_limit() -> None:
    found = prior_of_wave([0.5] * 40, [8] * 40)

    assert found.reason == "size_limit"
    assert found.alpha + found.beta == pytest.approx(200)


@pytest.mark.parametrize("shares", [[1.2] * 40, [float("nan")] * 40, [0.5] * 39])
def test_a_wave_of_impossible_shares_is_refused(shares: list[float]) -> None:
    with pytest.raises(BadInputError):
        prior_of_wave(shares, [8] * 40)


def test_intervals_cover_four_of_five_true_values() -> None:
    rng = np.random.default_rng(5)
    true = rng.beta(6, 4, 20_000)
    right = rng.binomial(8, true)

    found = posteriors(right, np.full(true.size, 8), np.full(true.size, 8), Prior(6, 4, "empirical"))

    assert 0.79 < np.mean((found.low80 <= true) & (true <= found.high80)) < 0.81
