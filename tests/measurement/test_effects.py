from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from diagnostics.measurement.effects import (
    hedges_factor,
    noncentral_bounds,
    normalised_gain,
    paired_effects,
    wilcoxon,
)
from diagnostics.measurement.intervals import bootstrap_interval, t_interval, welch_interval

Case = Callable[[str], dict[str, Any]]


def test_effects_agree_with_the_published_case(case: Case) -> None:
    truth = case("paired_sleep")

    found = paired_effects(np.array(truth["pre"]), np.array(truth["post"]), 0.95)

    assert found is not None
    assert found.d_z.value == pytest.approx(truth["d_z"], abs=1e-7)
    bounds = [found.d_z.interval.low, found.d_z.interval.high]
    assert bounds == pytest.approx(truth["d_z_ci95_noncentral_t"], abs=1e-4)
    assert hedges_factor(9) == pytest.approx(truth["hedges_J_exact"], abs=1e-7)
    assert found.g_z.value == pytest.approx(truth["g_z"], abs=1e-7)
    assert found.d_av.value == pytest.approx(truth["d_av"], abs=1e-7)
    assert found.g_av.value == pytest.approx(truth["d_av"] * truth["hedges_J_exact"], abs=1e-7)


def test_ranks_agree_with_the_published_case(case: Case) -> None:
    truth = case("paired_sleep")

    found = wilcoxon(np.array(truth["post"]) - np.array(truth["pre"]))

    assert found is not None
    assert (found.positive, found.n_nonzero) == (truth["wilcoxon_V"], 9)
    assert found.p == pytest.approx(truth["wilcoxon_p_normal_cc"], abs=1e-7)


def test_ranks_with_ties_agree_with_scipy() -> None:
    from scipy import stats

    difference = np.array([10.0, -10, 20, 0, 10, 30, -20, 10, 0, 5])

    found = wilcoxon(difference)

    expected = stats.wilcoxon(difference, correction=True, method="approx")
    assert found is not None
    assert found.p == pytest.approx(expected.pvalue, abs=1e-12)


def test_the_mean_interval_agrees_with_the_published_case(case: Case) -> None:
    truth = case("paired_sleep")

    found = t_interval(np.array(truth["post"]) - np.array(truth["pre"]), 0.95)

    assert found is not None
    assert [found.low, found.high] == pytest.approx(truth["ci95_diff"], abs=1e-7)


def test_the_welch_interval_agrees_with_scipy() -> None:
    from scipy import stats

    first, second = np.array([3.0, 5, 9, 12]), np.array([4.0, 4.5, 6, 2, 1])

    found = welch_interval(first, second, 0.95)

    expected = stats.ttest_ind(first, second, equal_var=False).confidence_interval()
    assert found is not None
    assert [found.low, found.high] == pytest.approx([expected.low, expected.high], abs=1e-9)


@pytest.mark.parametrize("n", [2, 8, 50])
def test_the_correction_agrees_with_its_approximation(n: int) -> None:
    assert hedges_factor(n) == pytest.approx(1 - 3 / (4 * n - 1), rel=0.01 if n > 2 else 0.03)


def test_a_change_of_units_leaves_the_effect() -> None:
    rng = np.random.default_rng(1)
    entry = rng.normal(50, 10, 30)
    leave = entry + rng.normal(3, 6, 30)

    once, scaled = paired_effects(entry, leave, 0.95), paired_effects(entry * 3 + 7, leave * 3 + 7, 0.95)

    assert once is not None
    assert scaled is not None
    assert scaled.g_av.value == pytest.approx(once.g_av.value)


def test_intervals_of_the_effect_cover_the_truth() -> None:
    rng = np.random.default_rng(2)
    hits = []
    for _ in range(400):
        difference = rng.normal(0.5, 1, 15)
        found = paired_effects(np.arange(15.0), np.arange(15.0) + difference, 0.95)
        assert found is not None
        hits.append(found.d_z.interval.low <= 0.5 <= found.d_z.interval.high)

    assert 0.93 <= np.mean(hits) <= 0.975


@pytest.mark.parametrize("freedom", [2, 9, 59, 119, 999])
@pytest.mark.parametrize("t", [0.0, 1.3, -4.0, 6.422870148837838, 20.0])
def test_noncentral_bounds_have_their_tails(freedom: int, t: float) -> None:
    """Against the definition, a mean over chi; the library has no number at one point that 6.42 leads to."""
    from scipy import stats

    nodes = stats.chi.ppf((np.arange(20_000) + 0.5) / 20_000, freedom) / np.sqrt(freedom)

    tails = [stats.norm.cdf(t * nodes - bound).mean() for bound in noncentral_bounds(t, freedom, 0.95)]

    assert tails == pytest.approx([0.975, 0.025], abs=2e-4)


@pytest.mark.parametrize("correlation", [0.2, 0.6, 0.9])
def test_intervals_of_the_effect_in_units_of_the_results_cover_the_truth(correlation: float) -> None:
    rng = np.random.default_rng(5)
    hits = []
    for _ in range(400):
        entry, noise = rng.normal(size=(2, 20))
        found = paired_effects(entry, correlation * entry + np.sqrt(1 - correlation**2) * noise + 0.5, 0.95)
        assert found is not None
        hits.append(found.d_av.interval.low <= 0.5 <= found.d_av.interval.high)

    assert 0.92 <= np.mean(hits) <= 0.98


@pytest.mark.parametrize(
    ("entry", "leave"), [([], []), ([1, 2], [2, 4]), ([1, 2, 3], [2, 3, 4]), ([5, 5, 5], [5, 5, 5])]
)
def test_without_spread_or_pairs_there_is_no_effect(entry: list[float], leave: list[float]) -> None:
    assert paired_effects(np.array(entry, dtype=float), np.array(leave, dtype=float), 0.95) is None


@pytest.mark.parametrize("difference", [[], [0, 0, 0]])
def test_without_a_difference_there_are_no_ranks(difference: list[float]) -> None:
    assert wilcoxon(np.array(difference, dtype=float)) is None


@pytest.mark.parametrize(
    ("entry", "leave", "gain"),
    [(40, 60, 1 / 3), (55, 65, 2 / 9), (70, 70, 0), (60, 50, -0.25), (100, 100, None), (100, 90, None)],
)
def test_the_normalised_gain_is_the_share_of_what_was_left(
    entry: float, leave: float, gain: float | None
) -> None:
    assert normalised_gain(entry, leave) == pytest.approx(gain)


def test_bootstrap_intervals_cover_the_mean_of_a_small_skewed_group() -> None:
    rng = np.random.default_rng(6)
    hits = []
    for seed in range(300):
        found = bootstrap_interval(rng.gamma(2.0, 5.0, 12), 0.95, 800, seed)
        assert found is not None
        hits.append(found.low <= 10 <= found.high)

    assert 0.92 < np.mean(hits) < 0.98


def test_the_bootstrap_repeats_itself() -> None:
    values = np.array([3.0, 4, 8, 1, -2, 6])

    assert bootstrap_interval(values, 0.95, 500, 1) == bootstrap_interval(values, 0.95, 500, 1)


@pytest.mark.parametrize("values", [[], [1.0], [2.0, 2.0, 2.0], [0.0] * 9 + [10.0]])
def test_values_without_enough_spread_have_no_bootstrap(values: list[float]) -> None:
    assert bootstrap_interval(np.array(values), 0.95, 500, 1) is None
