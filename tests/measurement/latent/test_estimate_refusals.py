"""What data cannot carry: a clear error or a named exclusion, never a silent ±6."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diagnostics.measurement.calibration import ExcludedItem
from diagnostics.measurement.errors import (
    BadInputError,
    EmptyDataError,
    EstimationError,
    NotConnectedError,
    NotConvergedError,
    NotOfferedError,
    TooFewItemsError,
    TooFewPersonsError,
)
from diagnostics.measurement.latent.calibration import LatentCalibration
from diagnostics.measurement.latent.estimate import calibrate
from diagnostics.measurement.numeric import FloatArray
from diagnostics.measurement.simulate import rasch_answers, step_answers

NAN = float("nan")
MODELS = ["rasch", "1pl", "2pl", "grm", "gpcm"]


def answers(persons: int = 600, items: int = 6, seed: int = 3) -> FloatArray:
    rng = np.random.default_rng(seed)
    return rasch_answers(rng.normal(size=persons), np.linspace(-1.5, 1.5, items), rng)


def credit(seed: int = 5) -> FloatArray:
    rng = np.random.default_rng(seed)
    return step_answers(rng.normal(size=600), [[-1.0, 0.2, 0.9]] * 5, rng)


@pytest.mark.parametrize("model", MODELS)
def test_constant_items_are_put_aside_by_name(model: str) -> None:
    scores = np.column_stack((answers(), np.ones(600), np.zeros(600), np.full(600, NAN), np.full(600, 1.0)))
    names = (*"abcdef", "solved", "failed", "unseen", "half")

    found = calibrate(scores, model, names, maxima=[1] * 9 + [2])

    assert found.excluded == (
        ExcludedItem("solved", "all_highest"),
        ExcludedItem("failed", "all_lowest"),
        ExcludedItem("unseen", "no_answers"),
        ExcludedItem("half", "constant"),
    )
    assert [item.name for item in found.items] == list("abcdef")


@pytest.mark.parametrize(
    ("model", "way"), [("2pl", None), ("grm", None), ("gpcm", None), ("2pl", "map"), ("grm", "map")]
)
def test_an_item_that_falls_where_others_rise_is_put_aside_by_name(model: str, way: str | None) -> None:
    scores = answers()
    scores[:, 2] = 1 - scores[:, 2]

    found = calibrate(scores, model, tuple("abcdef"), way=way)

    assert found.excluded == (ExcludedItem("c", "not_rising"),)
    assert found.loglik == pytest.approx(calibrate(np.delete(scores, 2, 1), model, way=way).loglik, abs=1e-5)


def test_a_falling_item_with_steps_is_put_aside_too() -> None:
    scores = credit()
    scores[:, 0] = 3 - scores[:, 0]

    assert calibrate(scores, "grm").excluded == (ExcludedItem("i1", "not_rising"),)


def test_everything_right_and_everything_wrong_are_persons_like_others() -> None:
    scores = np.vstack((answers(), np.ones((30, 6)), np.zeros((30, 6))))

    found = calibrate(scores, "2pl")

    assert found.n == 660
    assert np.isfinite([item.slope for item in found.items]).all()


def test_persons_without_answers_are_not_counted() -> None:
    scores = answers()
    scores[:7] = NAN

    assert calibrate(scores, "2pl").n == 593


@pytest.mark.parametrize("model", ["grm", "gpcm"])
def test_a_category_between_others_that_nobody_reached_joins_the_one_below(model: str) -> None:
    scores = credit()
    scores[scores[:, 1] == 1, 1] = 2

    found = calibrate(scores, model)

    assert found.collapsed == ("i2",)
    assert found.items[1].scores == (0, 2, 3)
    assert found.items[1].maximum == 2


def test_a_highest_category_that_nobody_reached_is_told_where_the_maximum_is_known() -> None:
    found = calibrate(np.minimum(credit(), [3, 3, 2, 3, 3]), "gpcm", maxima=[3] * 5)

    assert found.collapsed == ("i3",)


@pytest.mark.parametrize(
    ("persons", "model", "way", "needed"),
    [(20, "rasch", None, 25), (149, "2pl", None, 150), (300, "grm", "marginal_likelihood", 500)],
)
def test_too_few_persons_are_refused_with_the_number_that_is_needed(
    persons: int, model: str, way: str | None, needed: int
) -> None:
    with pytest.raises(TooFewPersonsError) as refused:
        calibrate(answers(persons), model, way=way)

    assert (refused.value.params["n"], refused.value.params["needed"]) == (persons, needed)


def test_the_item_with_the_fewest_answers_decides() -> None:
    scores = answers(1000)
    scores[:600, 0] = NAN

    found = calibrate(scores, "2pl")

    assert (found.method, found.n, found.n_least) == ("map", 1000, 400)


def test_items_with_too_few_answers_are_named() -> None:
    scores = answers(1000)
    scores[:900, [0, 3]] = NAN

    with pytest.raises(TooFewPersonsError) as refused:
        calibrate(scores, "2pl")

    assert refused.value.params["items"] == ("i1", "i4")


def test_few_persons_make_the_rasch_family_provisional() -> None:
    assert calibrate(answers(60), "rasch").provisional
    assert not calibrate(answers(100), "rasch").provisional


@pytest.mark.parametrize(
    ("model", "way"),
    [("3pl", None), ("pcm", None), ("rsm", None), ("2pl", "joint_likelihood"), ("rasch", "map")],
)
def test_what_is_never_estimated_is_refused_whatever_the_number(model: str, way: str | None) -> None:
    with pytest.raises(NotOfferedError):
        calibrate(answers(), model, way=way)


@pytest.mark.parametrize(
    ("scores", "error"),
    [
        ([["a", "b"], ["c", "d"]], BadInputError),
        ([[1, 0, 1], [0, 1]], BadInputError),
        ([1, 0, 1], BadInputError),
        ([[0.5, 1.0], [0.0, 1.0]], BadInputError),
        ([[-1, 1], [0, 1]], BadInputError),
        ([[np.inf, 1], [0, 1]], BadInputError),
        ([[1e30, 1], [0, 1]], BadInputError),
        ([[101, 1], [0, 1]], BadInputError),
        (np.empty((0, 4)), EmptyDataError),
        (np.empty((4, 0)), EmptyDataError),
        (np.full((200, 4), NAN), EmptyDataError),
        (np.ones((200, 4)), TooFewItemsError),
        ([[1, 0, 1, 0]], TooFewItemsError),
    ],
)
def test_what_is_no_matrix_of_answers_is_refused(scores: Any, error: type[EstimationError]) -> None:
    for model in MODELS:
        with pytest.raises(error):
            calibrate(scores, model)


def test_one_item_and_two_slopes_are_too_few() -> None:
    with pytest.raises(TooFewItemsError):
        calibrate(answers()[:, :1], "rasch")
    with pytest.raises(TooFewItemsError) as refused:
        calibrate(answers()[:, :2], "2pl")
    assert refused.value.params == {"items": 2, "needed": 3}


def test_scores_above_the_maximum_are_refused_by_name() -> None:
    with pytest.raises(BadInputError) as refused:
        calibrate(answers() * [1, 1, 2, 1, 1, 1], "2pl", maxima=[1] * 6)

    assert refused.value.params["items"] == ("i3",)


def test_maxima_of_another_length_and_names_that_do_not_fit_are_refused() -> None:
    with pytest.raises(BadInputError):
        calibrate(answers(), "2pl", maxima=[1])
    with pytest.raises(BadInputError):
        calibrate(answers(), "2pl", ("a", "b"))


def test_steps_are_no_right_or_wrong_items() -> None:
    with pytest.raises(BadInputError) as refused:
        calibrate(credit(), "2pl")

    assert refused.value.params["items"] == ("i1", "i2", "i3", "i4", "i5")


@pytest.mark.parametrize("model", MODELS)
def test_parts_of_a_test_that_share_no_person_are_named(model: str) -> None:
    scores = answers()
    scores[:300, :3] = scores[300:, 3:] = NAN

    with pytest.raises(NotConnectedError) as refused:
        calibrate(scores, model, tuple("abcdef"))

    assert refused.value.params["items"] == ("d", "e", "f")


def test_answers_that_follow_from_one_another_have_no_finite_slopes() -> None:
    ability = np.random.default_rng(1).normal(size=600)

    with pytest.raises(NotConvergedError) as refused:
        calibrate((ability[:, None] > np.linspace(-1, 1, 5)).astype(float), "2pl")

    assert refused.value.params["items"]


def test_a_copied_item_is_named() -> None:
    scores = answers()

    with pytest.raises(NotConvergedError) as refused:
        calibrate(np.column_stack((scores, scores[:, 0])), "2pl")

    assert refused.value.params["items"] == ("i1", "i7")


def test_items_that_exclude_one_another_measure_nothing_together() -> None:
    rng = np.random.default_rng(0)
    scores = rng.permuted(np.tile([1.0, 1.0, 1.0, 0.0, 0.0, 0.0], (600, 1)), axis=1)

    with pytest.raises(NotConvergedError):
        calibrate(scores, "1pl")


def test_coarser_grids_than_the_method_allows_are_refused() -> None:
    with pytest.raises(BadInputError):
        calibrate(answers(), "2pl", points=21)


def test_a_test_too_sharp_for_the_grid_gets_a_finer_one() -> None:
    rng = np.random.default_rng(2)
    sharp = rasch_answers(3 * rng.normal(size=600), 3 * np.linspace(-1, 1, 40), rng)

    assert calibrate(sharp, "1pl").grid > 41


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"estimates": [{}]}'])
def test_a_text_that_is_no_calibration_is_refused(text: str) -> None:
    with pytest.raises(BadInputError):
        LatentCalibration.from_json(text)


@given(
    seed=st.integers(0, 2**32 - 1),
    model=st.sampled_from(MODELS),
    persons=st.integers(150, 260),
    items=st.integers(1, 6),
    most=st.integers(1, 3),
    missing=st.floats(0, 0.9),
)
@settings(max_examples=40, deadline=None)
def test_any_matrix_gives_finite_items_or_a_reason(
    seed: int, model: str, persons: int, items: int, most: int, missing: float
) -> None:
    rng = np.random.default_rng(seed)
    scores = (
        np.minimum(rng.poisson(np.exp(rng.normal(size=(persons, 1))) * 0.7, (persons, items)), most) * 1.0
    )
    scores[rng.random(scores.shape) < missing] = NAN
    try:
        found = calibrate(scores, model)
    except EstimationError:
        return
    for one in found.estimates:
        assert np.isfinite([one.item.slope, *one.item.thresholds, *one.se_thresholds]).all()
