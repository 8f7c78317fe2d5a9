from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose

from diagnostics.measurement.ability import expected_share
from diagnostics.measurement.errors import BadInputError, EmptyDataError
from diagnostics.measurement.latent.items import Curve, LatentItem, curves, of_calibrated
from diagnostics.measurement.rasch import calibrate
from diagnostics.measurement.simulate import step_answers

THETA = np.linspace(-4, 4, 9)
ITEMS = (
    LatentItem("two", 1.3, (0.4,)),
    LatentItem("credit", 0.8, (-0.5, 0.9, 0.2)),
    LatentItem("graded", 1.7, (-1.0, 0.1, 1.2, 1.9), Curve.GRADED),
    LatentItem("guessed", 1.1, (0.3,), guessing=0.2),
)


def test_chances_of_an_item_sum_to_one() -> None:
    assert_allclose(curves(ITEMS, THETA).chances.sum(axis=2), 1.0)


def test_rises_are_the_derivatives_of_the_chances() -> None:
    step = 1e-6
    numeric = (curves(ITEMS, THETA + step).chances - curves(ITEMS, THETA - step).chances) / (2 * step)
    assert_allclose(curves(ITEMS, THETA).rises, numeric, atol=1e-8)


def test_a_category_beyond_the_maximum_has_no_chance() -> None:
    assert (curves(ITEMS, THETA).chances[:, 0, 2:] == 0).all()


def test_a_right_or_wrong_item_has_one_curve_in_both_families() -> None:
    graded = LatentItem("two", 1.3, (0.4,), Curve.GRADED)
    assert_allclose(curves(ITEMS[:1], THETA).chances, curves((graded,), THETA).chances)


def test_information_of_a_right_or_wrong_item_is_slope_squared_times_variance() -> None:
    found = curves(ITEMS[:1], THETA)
    chance = found.chances[:, 0, 1]
    assert_allclose(found.information()[:, 0], 1.3**2 * chance * (1 - chance))


def test_far_abilities_give_finite_curves() -> None:
    found = curves(ITEMS, [-700.0, 700.0])
    assert np.isfinite(found.chances).all()
    assert np.isfinite(found.information()).all()


def test_a_moved_item_has_the_same_chances_at_moved_abilities() -> None:
    moved = tuple(item.moved(1.4, -0.7) for item in ITEMS)
    assert_allclose(curves(moved, 1.4 * THETA - 0.7).chances, curves(ITEMS, THETA).chances)


def test_items_of_a_conditional_calibration_expect_the_same_score() -> None:
    rng = np.random.default_rng(5)
    scores = step_answers(rng.normal(size=300), [(-0.5, 0.6), (0.2,), (-1.0, 0.0, 0.9)], rng)
    items = calibrate(scores).items
    total = curves(of_calibrated(items), THETA).expected().sum(axis=1)
    assert_allclose(total / 6, expected_share(THETA, items))


@pytest.mark.parametrize(
    ("slope", "thresholds", "curve", "guessing"),
    [
        (1.0, (), Curve.ADJACENT, 0.0),
        (np.nan, (0.0,), Curve.ADJACENT, 0.0),
        (1.0, (0.5, 0.1), Curve.GRADED, 0.0),
        (1.0, (0.0,), Curve.ADJACENT, 1.0),
        (1.0, (0.0, 1.0), Curve.ADJACENT, 0.2),
    ],
)
def test_what_is_no_item_is_refused(
    slope: float, thresholds: tuple[float, ...], curve: Curve, guessing: float
) -> None:
    with pytest.raises(BadInputError):
        LatentItem("x", slope, thresholds, curve, guessing)


def test_no_items_have_no_curves() -> None:
    with pytest.raises(EmptyDataError):
        curves((), THETA)
