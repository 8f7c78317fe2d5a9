from __future__ import annotations

import numpy as np
import pytest

from diagnostics.measurement.ability import abilities
from diagnostics.measurement.errors import EmptyDataError
from diagnostics.measurement.fit.dependence import Dependence, local_dependence
from diagnostics.measurement.latent.items import LatentItem, of_calibrated
from diagnostics.measurement.naive import fit as naive
from diagnostics.measurement.naive.latent import chances
from diagnostics.measurement.numeric import FloatArray
from diagnostics.measurement.rasch import calibrate
from diagnostics.measurement.simulate import rasch_answers

NAN = float("nan")


def judged(scores: FloatArray) -> Dependence:
    items = calibrate(scores).items
    return local_dependence(scores, of_calibrated(items), abilities(scores, items).theta)


def people(persons: int, items: int, seed: int) -> FloatArray:
    rng = np.random.default_rng(seed)
    return rasch_answers(rng.normal(size=persons), np.linspace(-1.5, 1.5, items), rng)


def test_correlations_equal_those_of_each_pair_by_itself() -> None:
    rng = np.random.default_rng(1)
    scores = people(80, 6, 1)
    scores[rng.random(scores.shape) < 0.2] = NAN
    theta = rng.normal(size=80)
    items = [LatentItem(str(place), 1.2, (place / 4,)) for place in range(6)]

    found = local_dependence(scores, items, theta)

    inside = [0 < np.nansum(row) < np.isfinite(row).sum() for row in scores]
    residuals = np.array(
        [
            [
                row[place] - chances(item, float(at))[1] if np.isfinite(row[place]) else NAN
                for place, item in enumerate(items)
            ]
            for row, at in zip(scores[inside], theta[inside], strict=True)
        ]
    )
    for first in range(6):
        for second in range(first):
            slow = naive.q3(residuals[:, first].tolist(), residuals[:, second].tolist())
            assert found.q3[first][second] == pytest.approx(slow, abs=1e-12)
            assert found.q3[second][first] == found.q3[first][second]
            assert found.n[first][second] == np.isfinite(residuals[:, [first, second]]).all(axis=1).sum()


@pytest.mark.parametrize("length", [8, 20])
def test_the_mean_is_the_expected_one_where_items_are_independent(length: int) -> None:
    found = judged(people(800, length, 2))

    assert found.expected == pytest.approx(-1 / (length - 1))
    assert found.mean == pytest.approx(found.expected, abs=0.02)
    assert found.flagged == ()


def test_two_items_of_one_story_are_flagged_and_nobody_else() -> None:
    scores = people(500, 12, 3)
    copied = np.random.default_rng(3).random(500) < 0.5
    scores[copied, 6] = scores[copied, 5]

    found = judged(scores)

    assert [(one.first, one.second) for one in found.flagged] == [("i6", "i7")]
    assert found.mean is not None
    assert found.flagged[0].above_mean == pytest.approx(found.flagged[0].q3 - found.mean)


def test_few_common_answers_give_a_value_and_no_flag() -> None:
    scores = people(20, 8, 4)
    scores[:, 1] = scores[:, 0]
    items = [LatentItem(str(place), 1.0, (0.0,)) for place in range(8)]

    found = local_dependence(scores, items, np.zeros(20))

    assert found.q3[0][1] == pytest.approx(1)
    assert found.flagged == ()


def test_pairs_that_nobody_took_together_have_no_value() -> None:
    scores = people(60, 6, 5)
    scores[:30, :2], scores[30:, 4:] = NAN, NAN
    items = [LatentItem(str(place), 1.0, (0.0,)) for place in range(6)]

    found = local_dependence(scores, items, np.zeros(60))

    assert (found.q3[0][4], found.n[0][4]) == (None, 0)
    assert found.q3[0][0] is None
    assert found.mean is not None


@pytest.mark.parametrize(
    ("scores", "reason"),
    [
        (np.zeros((0, 3)), "too_few_answers"),
        (np.ones((40, 3)), "too_few_answers"),
        (np.full((40, 3), NAN), "too_few_answers"),
        (np.tile([1.0, 0, 1], (40, 1)), "too_few_answers"),
        (np.arange(40)[:, None] % 2, "too_few_items"),
    ],
)
def test_nothing_to_correlate_is_said(scores: FloatArray, reason: str) -> None:
    items = [LatentItem(str(place), 1.0, (0.0,)) for place in range(scores.shape[1])]

    found = local_dependence(scores, items, np.zeros(len(scores)))

    assert (found.mean, found.flagged, found.reason) == (None, (), reason)


def test_a_test_without_items_is_refused() -> None:
    with pytest.raises(EmptyDataError):
        local_dependence(np.zeros((2, 0)), [], np.zeros(2))
