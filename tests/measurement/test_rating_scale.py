from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from diagnostics.measurement.ability import abilities
from diagnostics.measurement.calibration import Calibration
from diagnostics.measurement.errors import BadInputError, EmptyDataError, TooFewItemsError
from diagnostics.measurement.naive import rasch as naive
from diagnostics.measurement.numeric import FloatArray
from diagnostics.measurement.rasch import calibrate
from diagnostics.measurement.rating_scale import calibrate_rating_scale
from diagnostics.measurement.simulate import show_forms, step_answers

Case = Callable[[str], dict[str, Any]]
Answers = Callable[[str], FloatArray]
PLACES = np.array([-0.8, -0.3, 0.0, 0.4, 0.7])
STEPS = np.array([-1.0, 0.2, 0.8])


def likert(persons: int, seed: int, places: FloatArray = PLACES) -> FloatArray:
    rng = np.random.default_rng(seed)
    return step_answers(rng.normal(size=persons), (places[:, None] + STEPS).tolist(), rng)


def thresholds(found: Calibration) -> FloatArray:
    return np.array([item.thresholds for item in found.items], dtype=np.float64)


@pytest.mark.parametrize("name", ["pcm_rsmdat", "pcm_pcmdat2"])
def test_the_likelihood_is_the_published_one(name: str, case: Case, answers: Answers) -> None:
    found = calibrate_rating_scale(answers(name))

    assert found.loglik == pytest.approx(case(name)["rsm_loglik"], abs=1e-4)


def test_every_item_has_the_same_steps_around_its_place() -> None:
    found = calibrate_rating_scale(likert(120, 1))
    steps = thresholds(found) - np.array([[item.location] for item in found.items])

    assert steps == pytest.approx(np.broadcast_to(steps[0], steps.shape))
    assert thresholds(found).mean() == pytest.approx(0, abs=1e-10)
    assert (found.model, found.n_parameters) == ("rsm", 6)


def test_the_likelihood_equals_the_sum_over_all_patterns() -> None:
    scores = show_forms(likert(60, 2), [[0, 1, 2], [1, 2, 3, 4]], np.arange(60) % 2)
    found = calibrate_rating_scale(scores)

    assert found.loglik == pytest.approx(
        naive.conditional_log_likelihood(scores, thresholds(found).tolist()), abs=1e-8
    )


def test_no_neighbour_of_the_estimate_is_likelier() -> None:
    scores = likert(60, 3, PLACES[:3])
    found = calibrate_rating_scale(scores)
    item, step = np.array([[0.01], [0.0], [-0.01]]), np.array([0.01, 0.0, -0.01])

    for change in (item, -item, step, -step):
        near = (thresholds(found) + change).tolist()
        assert naive.conditional_log_likelihood(scores, near) < found.loglik


def test_places_and_steps_are_recovered() -> None:
    found = calibrate_rating_scale(likert(4000, 4))

    assert thresholds(found) == pytest.approx(PLACES[:, None] + STEPS, abs=0.12)


def test_standard_errors_cover_the_truth_and_are_less_than_with_free_steps() -> None:
    true, hits = PLACES[:, None] + STEPS, []
    for seed in range(120):
        found = calibrate_rating_scale(likert(150, 100 + seed))
        errors = np.array([item.se_thresholds for item in found.items], dtype=np.float64)
        hits.append(np.abs(thresholds(found) - true) <= 1.96 * errors)
    free = calibrate(likert(150, 100))

    assert 0.93 < np.mean(hits) < 0.97
    with_common, with_own = found.items[0].se_thresholds[0], free.items[0].se_thresholds[0]
    assert with_common is not None
    assert with_own is not None
    assert with_common < with_own


def test_persons_are_measured_with_such_items() -> None:
    scores = likert(200, 5)

    assert all(value is not None for value in abilities(scores, calibrate_rating_scale(scores).items).theta)


def test_a_category_that_one_item_lacks_has_a_threshold_there_all_the_same() -> None:
    scores = likert(200, 6)
    scores[:, 0] = np.minimum(scores[:, 0], 2)

    found = calibrate_rating_scale(scores)

    assert len(found.items[0].thresholds) == 3
    assert all(one is not None for one in found.items[0].thresholds)


def test_a_category_that_nobody_reached_is_refused_with_its_score() -> None:
    scores = np.where(likert(100, 7) >= 2, likert(100, 7) + 1, likert(100, 7))

    with pytest.raises(BadInputError) as refused:
        calibrate_rating_scale(scores)

    assert refused.value.params["scores"] == (2,)


def test_right_or_wrong_items_have_no_common_steps() -> None:
    with pytest.raises(TooFewItemsError):
        calibrate_rating_scale(np.minimum(likert(100, 8), 1))


def test_nothing_and_one_item_are_refused() -> None:
    with pytest.raises(EmptyDataError):
        calibrate_rating_scale(np.empty((0, 4)))
    with pytest.raises(TooFewItemsError):
        calibrate_rating_scale(likert(50, 9)[:, :1])
