"""Accuracy and consistency of levels: published values, a slow grid, and people drawn from known true scores."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from diagnostics.measurement.decisions import (
    TrueScores,
    binomial_error,
    decisions,
    items_needed,
    kr21,
    livingston_lewis,
)
from diagnostics.measurement.errors import BadInputError, TooFewPersonsError
from diagnostics.measurement.naive import reliability as naive

Case = Callable[[str], dict[str, Any]]


def test_a_pass_mark_agrees_with_the_published_values(case: Case) -> None:
    truth = case("consistency_betabinomial")
    length = truth["effective_or_actual_length"]

    true = binomial_error(truth["observed_mean"], truth["observed_sd"], length)
    found = decisions(true, [truth["cut_score_pass_if_at_least"] / length], [truth["true_cut"]])

    assert kr21(truth["observed_mean"], truth["observed_sd"], length) == pytest.approx(
        truth["kr21"], abs=1e-6
    )
    assert (true.alpha, true.beta) == pytest.approx((truth["beta_alpha"], truth["beta_beta"]), abs=1e-6)
    assert found.consistency == pytest.approx(truth["consistency"], abs=1e-6)
    assert (found.chance, found.kappa) == pytest.approx((truth["chance"], truth["kappa"]), abs=1e-6)
    assert found.accuracy == pytest.approx(truth["accuracy"], abs=1e-6)
    assert found.false_low == pytest.approx(truth["false_negative"], abs=1e-6)
    assert found.false_high == pytest.approx(truth["false_positive"], abs=1e-6)
    assert found.shares[1] == pytest.approx(truth["pass_rate"], abs=1e-6)


@pytest.mark.parametrize(
    ("true", "cuts"),
    [
        (TrueScores(4, 3, 12), [0.6]),
        (TrueScores(6, 2, 10), [0.6, 0.8]),
        (TrueScores(2, 5, 7), [0.2, 0.5, 0.9]),
    ],
)
def test_sums_in_closed_form_equal_a_fine_grid(true: TrueScores, cuts: list[float]) -> None:
    length = int(true.length)

    accuracy, consistency = naive.decisions(
        true.alpha, true.beta, length, [cut * length for cut in cuts], cuts, cells=2000
    )

    found = decisions(true, cuts)
    assert (found.accuracy, found.consistency) == pytest.approx((accuracy, consistency), abs=2e-4)


def test_simulated_people_are_classified_as_often_as_foretold() -> None:
    rng = np.random.default_rng(5)
    share = rng.beta(6, 3, 200_000)
    points = rng.binomial(20, share)
    cuts = np.array([0.6, 0.8])
    right = np.searchsorted(cuts * 20, points + 1e-9) == np.searchsorted(cuts, share)

    assert decisions(TrueScores(6, 3, 20), cuts).accuracy == pytest.approx(right.mean(), abs=0.004)


def test_the_effective_length_gives_back_the_reliability() -> None:
    rng = np.random.default_rng(6)
    scores = np.clip(rng.normal(14, 4, 500), 0, 25)

    assert livingston_lewis(scores, 0.8, maximum=25).reliability == pytest.approx(0.8)


def test_livingston_lewis_equals_the_binomial_model_where_reliability_is_kr21() -> None:
    rng = np.random.default_rng(7)
    scores = rng.binomial(30, rng.beta(6, 3, 400)).astype(float)
    mean, sd = float(scores.mean()), float(scores.std(ddof=1))
    # KR-21 divides by length − 1 as if the variance were that of the population: lengths differ by little.
    first = binomial_error(mean, sd, 30)

    second = livingston_lewis(scores, kr21(mean, sd, 30), maximum=30)

    assert second.length == pytest.approx(30, rel=1e-9)
    assert (second.alpha, second.beta) == pytest.approx((first.alpha, first.beta), rel=1e-9)


def test_a_scale_that_begins_elsewhere_changes_nothing() -> None:
    scores = np.random.default_rng(8).uniform(0, 20, 50)

    moved = livingston_lewis(scores + 5, 0.7, maximum=25, minimum=5)

    still = livingston_lewis(scores, 0.7, maximum=20)
    assert (moved.alpha, moved.beta, moved.length) == pytest.approx((still.alpha, still.beta, still.length))


def test_needed_items_reach_the_goal_and_one_less_does_not() -> None:
    true = TrueScores(5, 3, 8)

    found = items_needed(true, 8, [0.6], goal=0.85)

    assert found.more is not None
    assert found.accuracy < 0.85
    long_enough = 8 + found.more
    reached = [decisions(TrueScores(5, 3, long_enough + step), [0.6]).accuracy for step in range(-1, 3)]
    assert min(reached[1:]) >= 0.85 > reached[0]
    assert found.reliability == pytest.approx(long_enough / (long_enough + 8))


def test_a_test_that_is_good_enough_needs_nothing() -> None:
    assert items_needed(TrueScores(5, 3, 90), 90, [0.6], goal=0.8).more == 0


def test_a_goal_out_of_reach_is_told_as_such() -> None:
    found = items_needed(TrueScores(50, 40, 3), 3, [0.55], goal=0.97)

    assert (found.more, found.reached) == (None, None)


@pytest.mark.parametrize("cuts", [[], [0.0], [1.2], [0.6, 0.6], [0.8, 0.6], [float("nan")]])
def test_cuts_out_of_order_are_refused(cuts: list[float]) -> None:
    with pytest.raises(BadInputError):
        decisions(TrueScores(2, 2, 10), cuts)


@pytest.mark.parametrize(
    ("scores", "reliability", "error"),
    [
        ([5.0], 0.8, TooFewPersonsError),
        ([5.0, 5.0], 0.8, BadInputError),
        ([5.0, 11.0], 0.8, BadInputError),
        ([5.0, 6.0], -0.2, BadInputError),
        ([0.0, 10.0], 0.9, BadInputError),
    ],
)
def test_scores_that_no_test_gives_are_refused(
    scores: list[float], reliability: float, error: type[Exception]
) -> None:
    with pytest.raises(error):
        livingston_lewis(scores, reliability, maximum=10)


@pytest.mark.parametrize(("mean", "sd", "length"), [(5, 0.1, 10), (5, 0, 10), (12, 2, 10), (1, 1, 1)])
def test_spread_below_chance_classifies_nobody(mean: float, sd: float, length: int) -> None:
    with pytest.raises(BadInputError):
        binomial_error(mean, sd, length)
