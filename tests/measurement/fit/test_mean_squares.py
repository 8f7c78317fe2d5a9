from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from diagnostics.measurement.ability import abilities
from diagnostics.measurement.errors import BadInputError, EmptyDataError
from diagnostics.measurement.fit.mean_squares import item_fit, person_mean_squares
from diagnostics.measurement.latent.items import Curve, LatentItem, of_calibrated
from diagnostics.measurement.naive import fit as naive
from diagnostics.measurement.numeric import FloatArray
from diagnostics.measurement.rasch import calibrate
from diagnostics.measurement.simulate import rasch_answers, show_forms

Case = Callable[[str], dict[str, Any]]
Answers = Callable[[str], FloatArray]
NAN = float("nan")
ITEMS = (
    LatentItem("two", 1.3, (0.4,)),
    LatentItem("credit", 0.8, (-0.5, 0.9)),
    LatentItem("graded", 1.7, (-1.0, 0.1, 1.2), Curve.GRADED),
    *(LatentItem(f"more{place}", 1.0, (place / 4,)) for place in range(-3, 4)),
)
MOST = [item.maximum for item in ITEMS]


@pytest.fixture
def people() -> tuple[FloatArray, FloatArray]:
    rng = np.random.default_rng(3)
    scores = rng.integers(0, np.array(MOST) + 1, (40, len(ITEMS))).astype(float)
    scores[rng.random(scores.shape) < 0.15] = NAN
    return scores, rng.normal(size=40)


def test_item_mean_squares_agree_with_the_published_ones(case: Case, answers: Answers) -> None:
    truth, scores = case("rasch_raschdat1"), answers("rasch_raschdat1")
    by_total = dict(zip(truth["sumscore"], truth["theta_ml"], strict=True))

    found = item_fit(
        scores, of_calibrated(calibrate(scores).items), [by_total[int(total)] for total in scores.sum(axis=1)]
    )

    infit = [one.infit.value for one in found if one.infit]
    outfit = [one.outfit.value for one in found if one.outfit]
    assert infit == pytest.approx(truth["item_infit"], abs=1e-3)
    assert outfit == pytest.approx(truth["item_outfit"], abs=1e-3)


def test_items_equal_the_sums_person_by_person(people: tuple[FloatArray, FloatArray]) -> None:
    scores, theta = people

    found = item_fit(scores, ITEMS, theta)

    for place, item in enumerate(ITEMS):
        slow = naive.mean_squares(scores[:, place].tolist(), [item] * 40, theta.tolist())
        infit, outfit = found[place].infit, found[place].outfit
        assert infit is not None
        assert outfit is not None
        assert (infit.value, infit.z, outfit.value, outfit.z) == pytest.approx(slow, rel=1e-9)


def test_persons_equal_the_sums_item_by_item(people: tuple[FloatArray, FloatArray]) -> None:
    scores, theta = people

    found = person_mean_squares(scores, ITEMS, theta)

    for row, one in enumerate(found):
        slow = naive.mean_squares(scores[row].tolist(), ITEMS, [float(theta[row])] * len(ITEMS))
        assert one.infit is not None
        assert one.outfit is not None
        assert (one.infit.value, one.outfit.value) == pytest.approx((slow[0], slow[2]), rel=1e-9)
        assert one.n == (~np.isnan(scores[row])).sum()


def test_extreme_and_unknown_persons_do_not_count() -> None:
    rng = np.random.default_rng(2)
    scores = rasch_answers(rng.normal(size=60), np.linspace(-1, 1, 8), rng)
    items = tuple(LatentItem(str(place), 1.0, (value,)) for place, value in enumerate(np.linspace(-1, 1, 8)))
    theta = rng.normal(size=60)
    others = np.vstack((np.ones((1, 8)), np.zeros((1, 8)), np.full((1, 8), NAN), scores[:1]))

    alone = item_fit(scores, items, theta)
    together = item_fit(np.vstack((scores, others)), items, [*theta, 3.0, -3.0, 0.0, NAN])

    assert together == alone
    reasons = [one.reason for one in person_mean_squares(others, items, [3.0, -3.0, 0.0, NAN])]
    assert reasons == ["extreme", "extreme", "no_answers", "no_ability"]


def test_few_answers_carry_no_figure() -> None:
    items = [LatentItem(str(place), 1.0, (place / 5,)) for place in range(4)]

    assert [one.reason for one in item_fit(np.eye(4), items, np.zeros(4))] == ["too_few_answers"] * 4
    assert person_mean_squares([[1.0, 0, 0, 0]], items, [0.0])[0].reason == "too_few_answers"


def test_an_item_that_guesses_answer_shows_more_misfit_than_the_rest() -> None:
    rng = np.random.default_rng(9)
    scores = rasch_answers(rng.normal(size=400), np.linspace(-1.5, 1.5, 15), rng)
    scores[:, 7] = rng.integers(0, 2, 400)
    calibration = calibrate(scores)

    found = item_fit(scores, of_calibrated(calibration.items), abilities(scores, calibration.items).theta)

    misfit = [one.infit.z or 0.0 for one in found if one.infit]
    assert np.argmax(misfit) == 7
    assert misfit[7] > 4


def test_the_mean_square_is_about_one_where_the_model_holds() -> None:
    rng = np.random.default_rng(10)
    difficulty = np.linspace(-2, 2, 25)
    items = [LatentItem(str(place), 1.0, (value,)) for place, value in enumerate(difficulty)]
    theta = rng.normal(size=3000)

    found = item_fit(rasch_answers(theta, difficulty, rng), items, theta)

    figures = np.array([(one.infit.value, one.infit.z) for one in found if one.infit])
    assert figures[:, 0].mean() == pytest.approx(1, abs=0.01)
    assert np.abs(figures[:, 1]).max() < 4


def test_forms_enter_each_with_its_own_items() -> None:
    rng = np.random.default_rng(4)
    scores = rasch_answers(rng.normal(size=120), np.linspace(-1, 1, 9), rng)
    shown = show_forms(scores, [range(6), range(3, 9)], np.arange(120) % 2)
    items = [LatentItem(str(place), 1.0, (0.0,)) for place in range(9)]

    counts = [one.n for one in item_fit(shown, items, np.zeros(120))]

    assert counts[0] < counts[4] > counts[8]


@pytest.mark.parametrize(
    ("scores", "theta"),
    [
        ([[1.0, 0]], [0.0]),
        ([[1.0]], [0.0, 1.0]),
        ([[0.5]], [0.0]),
        ([[-1.0]], [0.0]),
        ([[1.0]], [float("inf")]),
        ([1.0], [0.0]),
    ],
)
def test_what_does_not_fit_together_is_refused(scores: list[list[float]], theta: list[float]) -> None:
    with pytest.raises(BadInputError):
        item_fit(scores, [LatentItem("a", 1.0, (0.0,))], theta)


def test_a_test_without_items_is_refused() -> None:
    with pytest.raises(EmptyDataError):
        item_fit(np.zeros((3, 0)), [], np.zeros(3))


@settings(max_examples=40, deadline=None)
@given(
    arrays(float, (12, len(ITEMS)), elements=st.sampled_from([0.0, 1.0, 2.0, 9.0, NAN])),
    arrays(float, 12, elements=st.one_of(st.floats(-800, 800), st.just(NAN))),
)
def test_whatever_comes_gives_numbers_or_reasons(scores: FloatArray, theta: FloatArray) -> None:
    for one in (*item_fit(scores, ITEMS, theta), *person_mean_squares(scores, ITEMS, theta)):
        if one.reason is None:
            assert one.infit is not None
            assert one.outfit is not None
            values = [one.infit.value, one.outfit.value, one.infit.z or 0.0, one.outfit.z or 0.0]
            assert np.isfinite(values).all()
        else:
            assert (one.infit, one.outfit) == (None, None)
