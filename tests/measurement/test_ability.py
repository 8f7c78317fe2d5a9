from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from diagnostics.measurement.ability import abilities, expected_share, score_table, separation_reliability
from diagnostics.measurement.calibration import CalibratedItem
from diagnostics.measurement.errors import BadInputError, EmptyDataError
from diagnostics.measurement.numeric import FloatArray
from diagnostics.measurement.rasch import calibrate
from diagnostics.measurement.simulate import rasch_answers, step_answers

Case = Callable[[str], dict[str, Any]]
NAN = float("nan")


def item(*thresholds: float, lowest: int = 0) -> CalibratedItem:
    cumulative = (0.0, *(-float(value) for value in np.cumsum(thresholds)))
    return CalibratedItem(
        "x", float(np.mean(thresholds)), 0.1, thresholds, (0.1,) * len(thresholds), lowest, cumulative
    )


ITEMS = (item(-1.0), item(0.0), item(0.4), item(1.2), item(-0.5, 0.7))


def penalised(theta: FloatArray, total: int, items: tuple[CalibratedItem, ...]) -> FloatArray:
    """Return ln L + ½ ln I on a grid: its maximum is Warm's estimate in this family of models."""
    value, information = total * theta, np.zeros_like(theta)
    for one in items:
        weights = np.exp(np.outer(theta, range(len(one.cumulative))) + np.array(one.cumulative, dtype=float))
        chances = weights / weights.sum(axis=1, keepdims=True)
        steps = np.arange(len(one.cumulative))
        information += chances @ steps**2 - (chances @ steps) ** 2
        value = value - np.log(weights.sum(axis=1))
    return value + 0.5 * np.log(information)


@pytest.mark.parametrize("total", range(7))
def test_the_estimate_maximises_the_weighted_likelihood(total: int) -> None:
    grid = np.linspace(-8, 8, 160_001)

    found = score_table(ITEMS).theta[total]

    assert found == pytest.approx(grid[np.argmax(penalised(grid, total, ITEMS))], abs=2e-4)


def test_more_points_mean_more_ability_and_extremes_are_finite() -> None:
    found = score_table(ITEMS)

    assert (np.diff(found.theta) > 0).all()
    assert np.isfinite(found.theta).all()
    assert found.se[0] > found.se[3]


def test_expected_totals_at_published_abilities_are_the_totals(case: Case) -> None:
    """At the maximum-likelihood ability of a total, the expected total is that total."""
    truth = case("rasch_raschdat1")
    items = [item(value) for value in truth["beta_difficulty"]]

    found = expected_share(truth["theta_ml"], items) * 30

    assert found == pytest.approx(np.array(truth["sumscore"], dtype=float), abs=1e-3)


def test_each_person_is_estimated_from_the_items_that_were_shown() -> None:
    scores = np.array([[1, 0, 1, 0, 2], [NAN, 0, 1, NAN, 1], [NAN] * 5])

    found = abilities(scores, ITEMS)

    assert found.theta[0] == score_table(ITEMS).theta[4]
    assert found.theta[1] == score_table((ITEMS[1], ITEMS[2], ITEMS[4])).theta[2]
    assert (found.theta[2], found.se[2], found.reason) == (None, None, (None, None, "no_answers"))


def test_scores_outside_the_calibrated_categories_count_as_the_nearest() -> None:
    items = (item(0.0, lowest=1), item(0.5))

    found = abilities(np.array([[0, 1], [1, 1], [2, 0], [3, 0]], dtype=float), items)

    assert found.theta[0] == found.theta[1]
    assert found.theta[2] == found.theta[3]


@pytest.mark.parametrize("scores", [[[0.5] * 5], [[1.0] * 4], [[-1.0] * 5]])
def test_scores_that_do_not_fit_the_items_are_refused(scores: list[list[float]]) -> None:
    with pytest.raises(BadInputError):
        abilities(np.array(scores), ITEMS)


def test_no_items_no_ability() -> None:
    with pytest.raises(EmptyDataError):
        score_table(())


def test_intervals_cover_the_true_abilities() -> None:
    rng = np.random.default_rng(12)
    true = rng.normal(size=3000)
    thresholds = [[value] for value in np.linspace(-1.5, 1.5, 24)] + [[-0.5, 0.5]] * 4
    found = abilities(step_answers(true, thresholds, rng), [item(*steps) for steps in thresholds])

    theta, se = np.array(found.theta, dtype=float), np.array(found.se, dtype=float)

    assert 0.93 < np.mean(np.abs(theta - true) <= 1.96 * se) < 0.97
    assert np.mean(theta - true) == pytest.approx(0, abs=0.03)


def test_the_reliability_of_estimates_is_that_of_the_simulation() -> None:
    rng = np.random.default_rng(2)
    true = rng.normal(size=3000)
    scores = rasch_answers(true, np.linspace(-1.5, 1.5, 30), rng)
    found = abilities(scores, calibrate(scores).items)
    theta = np.array(found.theta, dtype=float)

    reliability = separation_reliability(theta, np.array(found.se, dtype=float))

    assert reliability == pytest.approx(np.corrcoef(theta, true)[0, 1] ** 2, abs=0.03)


@pytest.mark.parametrize("theta", [[], [1.0], [1.0, 1.0]])
def test_without_spread_there_is_no_reliability(theta: list[float]) -> None:
    assert separation_reliability(theta, [0.5] * len(theta)) is None


def test_shares_on_the_reference_form_rise_with_ability() -> None:
    shares = expected_share([-40.0, -1.0, 0.0, 1.0, 40.0], ITEMS)

    assert (np.diff(shares) > 0).all()
    assert shares[[0, -1]] == pytest.approx([0, 1], abs=1e-9)
