from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose

from diagnostics.measurement.errors import BadInputError, TooFewItemsError
from diagnostics.measurement.fit.conditional import conditional_item_fit
from diagnostics.measurement.latent.items import Curve, LatentItem, of_calibrated
from diagnostics.measurement.naive import fit as naive
from diagnostics.measurement.numeric import FloatArray
from diagnostics.measurement.rasch import calibrate
from diagnostics.measurement.simulate import rasch_answers, show_forms, step_answers

STEPS = [(-0.8,), (0.1, 0.9), (0.5,), (-0.3,), (1.1,)]
ITEMS = tuple(LatentItem(str(place), 1.0, steps) for place, steps in enumerate(STEPS))


def standardised(scores: FloatArray) -> list[tuple[float, float]]:
    found = conditional_item_fit(scores, of_calibrated(calibrate(scores).items))
    return [
        (one.infit.z or 0.0, one.outfit.z or 0.0) for one in found if one.infit is not None and one.outfit
    ]


def test_mean_squares_equal_those_of_written_out_patterns() -> None:
    rng = np.random.default_rng(1)
    scores = step_answers(rng.normal(size=50), STEPS, rng)
    found = conditional_item_fit(scores, ITEMS)

    for place in range(len(ITEMS)):
        shares = naive.shares_by_total(ITEMS, place, np.zeros(1), np.ones(1))
        squares, variances = [], []
        for row in scores:
            p = shares[int(row.sum())]
            mean = sum(k * one for k, one in enumerate(p))
            variance = sum((k - mean) ** 2 * one for k, one in enumerate(p))
            if max(p) < 1 - 1e-9:
                squares.append((row[place] - mean) ** 2)
                variances.append(variance)
        one = found[place]
        assert one.infit is not None
        assert one.outfit is not None
        assert one.infit.value == pytest.approx(sum(squares) / sum(variances))
        assert one.outfit.value == pytest.approx(np.mean(np.array(squares) / variances))
        assert one.n == len(squares)


def test_the_scale_on_which_items_stand_does_not_matter() -> None:
    rng = np.random.default_rng(2)
    scores = step_answers(rng.normal(size=50), STEPS, rng)
    moved = [item.moved(1.0, 40.0) for item in ITEMS]

    for straight, far in zip(
        conditional_item_fit(scores, ITEMS), conditional_item_fit(scores, moved), strict=True
    ):
        assert straight.infit is not None
        assert far.infit is not None
        assert straight.infit.value == pytest.approx(far.infit.value)


@pytest.mark.parametrize(("items", "persons", "runs"), [(6, 80, 60), (20, 150, 20)])
def test_z_is_standard_normal_where_the_model_holds(items: int, persons: int, runs: int) -> None:
    """Unlike z at estimated abilities, whose spread at 20 items is 0.8."""
    rng = np.random.default_rng(3)
    difficulty = np.linspace(-2, 2, items)
    z = np.array(
        [
            pair
            for _ in range(runs)
            for pair in standardised(rasch_answers(rng.normal(size=persons), difficulty, rng))
        ]
    )

    assert_allclose(z.mean(axis=0), 0, atol=0.12)
    assert z[:, 0].std() == pytest.approx(1, abs=0.1)
    assert 0.85 < z[:, 1].std() < 1.1
    assert 0.02 < (np.abs(z[:, 0]) > 1.96).mean() < 0.08


def test_sets_of_presented_items_are_judged_each_by_its_own_totals() -> None:
    rng = np.random.default_rng(4)
    scores = step_answers(rng.normal(size=60), STEPS, rng)
    shown = show_forms(scores, [[0, 1, 2], [2, 3, 4]], np.arange(60) % 2)

    parts = (
        conditional_item_fit(shown[::2, :3], ITEMS[:3])[2],
        conditional_item_fit(shown[1::2, 2:], ITEMS[2:])[0],
    )

    assert conditional_item_fit(shown, ITEMS)[2].n == sum(one.n for one in parts)


def test_an_item_that_everybody_answers_at_random_is_found() -> None:
    rng = np.random.default_rng(5)
    scores = rasch_answers(rng.normal(0, 1.5, 300), np.linspace(-1.5, 1.5, 12), rng)
    scores[:, 6] = rng.integers(0, 2, 300)

    assert np.argmax([infit for infit, _ in standardised(scores)]) == 6


def test_persons_of_one_total_only_leave_nothing_to_judge() -> None:
    found = conditional_item_fit(np.ones((30, 5)) * [1, 2, 1, 1, 1], ITEMS)

    assert {(one.n, one.infit, one.reason) for one in found} == {(0, None, "too_few_answers")}


def test_a_fit_that_the_location_settles_has_no_z() -> None:
    """Of two items one total is telling, and there the fitted location gives just the observed shares."""
    items = [LatentItem("a", 1.0, (-0.2,)), LatentItem("b", 1.0, (0.4,))]

    found = conditional_item_fit([[1.0, 0]] * 20 + [[0, 1]] * 15 + [[1, 1]] * 5, items)

    assert [one.infit.z if one.infit else 0 for one in found] == [None, None]
    assert [one.outfit.z if one.outfit else 0 for one in found] == [None, None]


def test_one_item_alone_has_nothing_to_be_judged_by() -> None:
    assert conditional_item_fit([[1.0], [0.0]] * 20, ITEMS[:1])[0].reason == "too_few_answers"
    with pytest.raises(TooFewItemsError):
        calibrate(np.array([[1.0], [0.0]] * 20))


@pytest.mark.parametrize(
    "odd",
    [
        LatentItem("slope", 1.4, (0.0,)),
        LatentItem("graded", 1.0, (0.0, 1.0), Curve.GRADED),
        LatentItem("guessed", 1.0, (0.0,), guessing=0.2),
    ],
)
def test_items_outside_the_rasch_family_are_refused(odd: LatentItem) -> None:
    with pytest.raises(BadInputError):
        conditional_item_fit(np.zeros((3, 2)), [ITEMS[0], odd])
