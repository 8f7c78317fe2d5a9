from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from diagnostics.measurement.calibration import Calibration, ExcludedItem
from diagnostics.measurement.errors import (
    BadInputError,
    EmptyDataError,
    EstimationError,
    NotConnectedError,
    TooFewItemsError,
)
from diagnostics.measurement.naive import rasch as naive
from diagnostics.measurement.numeric import FloatArray
from diagnostics.measurement.rasch import Identification, calibrate
from diagnostics.measurement.simulate import rasch_answers, show_forms, step_answers

Case = Callable[[str], dict[str, Any]]
Answers = Callable[[str], FloatArray]
NAN = float("nan")


def difficulties(found: Calibration) -> FloatArray:
    return np.array([item.location for item in found.items])


def thresholds(found: Calibration) -> list[list[float]]:
    return [[step for step in item.thresholds if step is not None] for item in found.items]


def test_rasch_items_agree_with_the_published_estimates(case: Case, answers: Answers) -> None:
    expected = case("rasch_raschdat1")

    found = calibrate(answers("rasch_raschdat1"))

    assert found.model == "rasch"
    assert found.loglik == pytest.approx(expected["cml_loglik"], abs=1e-4)
    assert difficulties(found) == pytest.approx(np.array(expected["beta_difficulty"]), abs=1e-4)
    assert np.array([item.se for item in found.items]) == pytest.approx(np.array(expected["se"]), abs=1e-3)


@pytest.mark.parametrize("name", ["pcm_pcmdat2", "pcm_rsmdat"])
def test_partial_credit_items_agree_with_the_published_estimates(
    name: str, case: Case, answers: Answers
) -> None:
    expected = case(name)
    steps = np.concatenate([[step for step in row if step is not None] for row in expected["thresholds"]])

    found = calibrate(answers(name), identification=Identification.CUMULATIVE)

    assert found.model == "pcm"
    assert found.n_parameters == expected["npar"]
    assert found.loglik == pytest.approx(expected["cml_loglik"], abs=1e-4)
    assert np.concatenate(thresholds(found)) == pytest.approx(steps, abs=1e-3)
    assert difficulties(found) == pytest.approx(np.array(expected["item_location"]), abs=1e-3)
    errors = np.concatenate([item.se_thresholds for item in found.items])
    assert errors.astype(float) == pytest.approx(np.array(expected["se_thresholds"]), abs=5e-3)


@pytest.fixture
def mixed() -> FloatArray:
    """Sixty persons, two forms of five right-or-wrong and two-point items with three in common."""
    rng = np.random.default_rng(8)
    steps = [[-1.0], [0.3], [-0.4, 0.8], [1.0], [0.2, -0.1], [-0.6], [0.5]]
    scores = step_answers(rng.normal(size=60), steps, rng)
    return show_forms(scores, [[0, 1, 2, 3, 4], [0, 1, 2, 5, 6]], rng.integers(0, 2, 60))


def test_the_likelihood_equals_the_sum_over_all_patterns(mixed: FloatArray) -> None:
    found = calibrate(mixed)

    assert found.loglik == pytest.approx(naive.conditional_log_likelihood(mixed, thresholds(found)), abs=1e-8)


def test_no_neighbour_of_the_estimate_is_likelier(mixed: FloatArray) -> None:
    found = calibrate(mixed)

    for item in range(len(found.items)):
        for step in range(len(thresholds(found)[item])):
            for change in (0.01, -0.01):
                near = thresholds(found)
                near[item][step] += change
                assert naive.conditional_log_likelihood(mixed, near) < found.loglik


def test_standard_errors_are_the_curvature_of_the_likelihood(mixed: FloatArray) -> None:
    """Numeric second derivatives of the naive likelihood, item 1 pinned, against a difference of items."""
    found = calibrate(mixed[:, :3])
    steps = thresholds(found)
    places = [(0, 0), (2, 0), (2, 1)]

    def value(shift: FloatArray) -> float:
        near = [row.copy() for row in steps]
        for (item, step), change in zip(places, shift, strict=True):
            near[item][step] += change
        return naive.conditional_log_likelihood(mixed[:, :3], near)

    size = 1e-3
    unit = np.eye(3) * size
    curvature = np.array(
        [
            [(value(a + b) - value(a - b) - value(b - a) + value(-a - b)) / (4 * size**2) for b in unit]
            for a in unit
        ]
    )
    covariance = np.linalg.inv(-curvature)
    # Item 2 stands at zero here; centring all four thresholds gives the reported error of item 1.
    contrast = np.array([1.0, 0.0, 0.0]) - np.ones(3) / 4

    assert found.items[0].se == pytest.approx(np.sqrt(contrast @ covariance @ contrast), rel=1e-4)


def test_the_thresholds_average_zero(mixed: FloatArray) -> None:
    assert np.concatenate(thresholds(calibrate(mixed))).mean() == pytest.approx(0, abs=1e-12)


def test_the_order_of_persons_and_items_does_not_matter(mixed: FloatArray) -> None:
    rng = np.random.default_rng(0)
    columns = rng.permutation(mixed.shape[1])

    straight, shuffled = calibrate(mixed), calibrate(rng.permutation(mixed)[:, columns])

    assert difficulties(shuffled) == pytest.approx(difficulties(straight)[columns], abs=1e-9)


def test_the_same_persons_twice_give_the_same_items_and_smaller_errors(mixed: FloatArray) -> None:
    once, twice = calibrate(mixed), calibrate(np.vstack((mixed, mixed)))

    assert difficulties(twice) == pytest.approx(difficulties(once), abs=1e-9)
    assert twice.items[0].se == pytest.approx(once.items[0].se / np.sqrt(2))


def test_persons_with_everything_or_nothing_change_no_item(mixed: FloatArray) -> None:
    extreme = np.where(np.isnan(mixed[:2]), NAN, [[0.0], [9.0]])
    extreme = np.minimum(extreme, [1, 1, 2, 1, 2, 1, 1])

    found = calibrate(np.vstack((mixed, extreme)))

    assert difficulties(found) == pytest.approx(difficulties(calibrate(mixed)), abs=1e-9)
    assert found.n == calibrate(mixed).n + 2


def test_difficulties_of_two_linked_forms_are_recovered() -> None:
    rng = np.random.default_rng(21)
    true = np.linspace(-2, 2, 16)
    forms = [list(range(10)), list(range(6, 16))]
    shifted = rng.normal(size=4000) + np.repeat([0.0, 0.8], 2000)

    found = calibrate(show_forms(rasch_answers(shifted, true, rng), forms, np.repeat([0, 1], 2000)))

    assert difficulties(found) == pytest.approx(true, abs=0.15)


def test_standard_errors_cover_the_truth() -> None:
    rng = np.random.default_rng(4)
    true = np.linspace(-1.5, 1.5, 8)
    hits = []
    for _ in range(150):
        found = calibrate(rasch_answers(rng.normal(size=120), true, rng))
        error = np.array([item.se for item in found.items])
        hits.append(np.abs(difficulties(found) - true) <= 1.96 * error)

    assert 0.93 < np.mean(hits) < 0.97


def test_constant_items_are_put_aside_by_name() -> None:
    rng = np.random.default_rng(6)
    scores = rasch_answers(rng.normal(size=50), [0, 0.5, -0.5, 0.2], rng)
    scores = np.column_stack((scores, np.ones(50), np.zeros(50), np.full(50, NAN)))

    found = calibrate(scores, ("a", "b", "c", "d", "easy", "hard", "unseen"))

    assert found.excluded == (
        ExcludedItem("easy", "all_highest"),
        ExcludedItem("hard", "all_lowest"),
        ExcludedItem("unseen", "no_answers"),
    )
    assert [item.name for item in found.items] == ["a", "b", "c", "d"]


def test_an_item_that_varies_only_between_extreme_persons_is_put_aside() -> None:
    scores = np.array([[1, 0, 1], [0, 1, 1], [1, 0, 1], [0, 1, 1], [0, 0, 0]], dtype=float)

    found = calibrate(scores, ("a", "b", "c"))

    assert found.excluded == (ExcludedItem("c", "constant"),)
    assert difficulties(found) == pytest.approx([0, 0], abs=1e-9)


def test_a_category_nobody_reached_has_no_threshold_and_breaks_nothing() -> None:
    rng = np.random.default_rng(9)
    scores = step_answers(rng.normal(size=80), [[0.0], [0.5], [-0.5], [0.0, 0.3]], rng)
    scores[:, 3] = np.where(scores[:, 3] == 1, 2, scores[:, 3])

    found = calibrate(scores)

    assert found.items[3].thresholds == (None, None)
    assert np.isfinite(found.items[3].location)


def test_a_highest_category_nobody_reached_is_collapsed_and_said() -> None:
    rng = np.random.default_rng(9)
    scores = rasch_answers(rng.normal(size=80), [0, 0.5, -0.5], rng) + np.array([0, 0, 1])

    found = calibrate(scores)

    assert found.collapsed == ("i3",)
    assert (found.items[2].lowest, found.items[2].maximum) == (1, 1)


def test_a_calibration_survives_its_document(mixed: FloatArray) -> None:
    found = calibrate(mixed)

    assert Calibration.from_json(found.to_json()) == found


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"items": 3}'])
def test_what_is_no_calibration_is_refused(text: str) -> None:
    with pytest.raises(BadInputError):
        Calibration.from_json(text)


@pytest.mark.parametrize(
    ("scores", "error"),
    [
        (np.empty((0, 0)), EmptyDataError),
        (np.empty((0, 5)), EmptyDataError),
        (np.empty((5, 0)), EmptyDataError),
        (np.full((5, 3), NAN), EmptyDataError),
        ([[1, 0, 1]], TooFewItemsError),
        (np.ones((20, 5)), TooFewItemsError),
        (np.zeros((20, 5)), TooFewItemsError),
        (np.eye(2, 1), TooFewItemsError),
        ([[1, 0], [1, 0], [1, 1], [0, 0]], TooFewItemsError),
        ([[1, 0, 0], [1, 1, 0], [1, 0, 0], [0, 1, 0], [1, 1, 0]], EstimationError),
        ([[0.5, 0], [1, 0]], BadInputError),
        ([[-1, 0], [1, 0]], BadInputError),
        ([[float("inf"), 0], [1, 0]], BadInputError),
        ([1, 0, 1], BadInputError),
    ],
)
def test_what_cannot_be_calibrated_is_refused_with_a_reason(
    scores: FloatArray, error: type[EstimationError]
) -> None:
    if error is EstimationError:  # a legal remainder of two items: estimated, the third one is put aside
        assert calibrate(scores).excluded == (ExcludedItem("i3", "all_lowest"),)
        return
    with pytest.raises(error):
        calibrate(scores)


def test_forms_without_a_common_item_have_no_common_scale() -> None:
    rng = np.random.default_rng(3)
    scores = rasch_answers(rng.normal(size=80), np.zeros(6), rng)
    apart = show_forms(scores, [[0, 1, 2], [3, 4, 5]], np.repeat([0, 1], 40))

    with pytest.raises(NotConnectedError) as caught:
        calibrate(apart)

    assert caught.value.params == {"items": ("i4", "i5", "i6")}


def test_a_perfect_order_of_items_has_no_finite_difficulties() -> None:
    with pytest.raises(EstimationError):
        calibrate(np.tril(np.ones((6, 5)), -1))


def test_names_must_fit_the_columns() -> None:
    with pytest.raises(BadInputError):
        calibrate([[1, 0], [0, 1]], ("a", "a"))


@given(
    arrays(
        float,
        st.tuples(st.integers(0, 9), st.integers(0, 5)),
        elements=st.sampled_from([0.0, 0.0, 1.0, 1.0, 2.0, 3.0, NAN]),
    )
)
@settings(max_examples=300, deadline=None)
def test_any_small_matrix_gives_finite_items_or_a_reason(scores: FloatArray) -> None:
    try:
        found = calibrate(scores)
    except EstimationError:  # any other exception fails the test
        return
    assert np.isfinite([[item.location, item.se] for item in found.items]).all()
    assert found.n_informative <= found.n


def test_categories_that_no_answers_tell_apart_are_refused() -> None:
    """Both items were passed whole or not at all in step with each other: the inner steps are free."""
    with pytest.raises(EstimationError):
        calibrate([[2, 0], [2, 0], [0, 2], [1, 1]])
