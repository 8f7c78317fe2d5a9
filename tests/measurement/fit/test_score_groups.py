from __future__ import annotations

import numpy as np
import pytest

from diagnostics.measurement.errors import EmptyDataError
from diagnostics.measurement.fit.score_groups import Estimated, ScoreGroupFit, score_group_fit
from diagnostics.measurement.grid import even_grid
from diagnostics.measurement.latent import estimate as latent
from diagnostics.measurement.latent.items import Curve, LatentItem, curves, of_calibrated
from diagnostics.measurement.naive import fit as naive
from diagnostics.measurement.numeric import FloatArray, special
from diagnostics.measurement.rasch import calibrate
from diagnostics.measurement.simulate import rasch_answers, show_forms, step_answers
from tests.support.lsat6 import lsat6

NAN = float("nan")
STEPS = [(value - 0.6, value + 0.6) for value in np.linspace(-1, 1, 8)]


def drawn(items: list[LatentItem], theta: FloatArray, rng: np.random.Generator) -> FloatArray:
    """Answers to any items by their curves."""
    below = np.cumsum(curves(items, theta).chances, axis=2)[:, :, :-1]
    return (rng.random((theta.size, len(items), 1)) > below).sum(axis=2).astype(float)


def chances_of(found: tuple[ScoreGroupFit, ...]) -> list[float]:
    return [one.p for one in found if one.p is not None]


def test_the_statistic_equals_the_sum_over_written_out_cells() -> None:
    """So many persons at five items that no cell is sparse, and no cell has to join another."""
    items = [LatentItem(str(place), 0.8 + place / 4, (place / 3 - 0.7,)) for place in range(5)]
    rng = np.random.default_rng(1)
    scores = drawn(items, rng.normal(size=3000), rng)
    grid = even_grid(-2, 2, 5)

    found = score_group_fit(scores, items, Estimated.SLOPES, grid)

    total = scores.sum(axis=1)
    for place, fit in enumerate(found):
        shares = naive.shares_by_total(items, place, grid.points, grid.weights)
        slow = 0.0
        for level in range(1, 5):
            n, solved = (total == level).sum(), scores[total == level, place].sum()
            expected = n * shares[level][1]
            slow += (solved - expected) ** 2 / (expected * (1 - shares[level][1]))
        assert fit.df == 4 - 2
        assert fit.statistic == pytest.approx(slow)
        assert fit.p == pytest.approx(special().chdtrc(2, slow))


def test_five_published_tasks_give_the_figures_of_another_program() -> None:
    """PyPI mirt 1.2.0, itemfit with S_X2 and 61 points, on its own estimates of the same tasks."""
    found = score_group_fit(lsat6(), latent.calibrate(lsat6(), "2pl").items, Estimated.SLOPES)

    assert [one.df for one in found] == [2, 2, 1, 2, 2]
    assert [one.statistic for one in found] == pytest.approx(
        [0.450336, 1.690967, 0.666180, 0.175279, 0.110991], abs=5e-4
    )


@pytest.mark.parametrize(
    ("length", "persons", "runs"), [(8, 250, 40), pytest.param(40, 300, 40, marks=pytest.mark.slow)]
)
def test_a_true_rasch_test_is_rejected_as_often_as_promised(length: int, persons: int, runs: int) -> None:
    rng = np.random.default_rng(2)
    difficulty = np.linspace(-1.5, 1.5, length)
    p = []
    for _ in range(runs):
        scores = rasch_answers(rng.normal(size=persons), difficulty, rng)
        p += chances_of(score_group_fit(scores, of_calibrated(calibrate(scores).items)))

    assert np.mean(np.array(p) < 0.05) == pytest.approx(0.05, abs=0.025)
    assert np.mean(p) == pytest.approx(0.5, abs=0.05)


def test_true_partial_credit_is_rejected_as_often_as_promised() -> None:
    rng = np.random.default_rng(3)
    p = []
    for _ in range(25):
        scores = step_answers(rng.normal(size=400), STEPS, rng)
        p += chances_of(score_group_fit(scores, of_calibrated(calibrate(scores).items)))

    assert np.mean(np.array(p) < 0.05) == pytest.approx(0.05, abs=0.035)


def test_true_graded_items_of_known_parameters_are_rejected_as_often_as_promised() -> None:
    rng = np.random.default_rng(4)
    items = [
        LatentItem(str(place), 0.8 + place / 8, (place / 4 - 2, place / 4 - 1, place / 4), Curve.GRADED)
        for place in range(9)
    ]
    p = []
    for _ in range(20):
        scores = drawn(items, rng.normal(size=500), rng)
        p += chances_of(score_group_fit(scores, items, Estimated.NOTHING))

    assert np.mean(np.array(p) < 0.05) == pytest.approx(0.05, abs=0.035)


def test_an_item_without_connection_to_the_rest_is_rejected() -> None:
    rng = np.random.default_rng(5)
    scores = rasch_answers(rng.normal(0, 1.3, 400), np.linspace(-1.5, 1.5, 12), rng)
    scores[:, 4] = rng.integers(0, 2, 400)

    p = chances_of(score_group_fit(scores, of_calibrated(calibrate(scores).items)))

    assert np.argmin(p) == 4
    assert p[4] < 1e-4


def test_forms_add_their_cells() -> None:
    rng = np.random.default_rng(6)
    difficulty = np.linspace(-1, 1, 9)
    items = [LatentItem(str(place), 1.0, (value,)) for place, value in enumerate(difficulty)]
    scores = rasch_answers(rng.normal(size=400), difficulty, rng)
    shown = show_forms(scores, [range(6), range(3, 9)], np.arange(400) % 2)

    whole = score_group_fit(shown, items, Estimated.NOTHING)[4]
    parts = (
        score_group_fit(shown[::2, :6], items[:6], Estimated.NOTHING)[4],
        score_group_fit(shown[1::2, 3:], items[3:], Estimated.NOTHING)[1],
    )

    assert whole.n == 400
    assert whole.df == sum(one.df or 0 for one in parts)
    assert whole.statistic == pytest.approx(sum(one.statistic or 0 for one in parts))


def test_each_parameter_that_was_estimated_costs_a_degree_of_freedom() -> None:
    rng = np.random.default_rng(7)
    scores = step_answers(rng.normal(size=300), STEPS, rng)
    items = [LatentItem(str(place), 1.0, one) for place, one in enumerate(STEPS)]

    free = [score_group_fit(scores, items, what)[0].df or 0 for what in Estimated]

    assert [free[0] - one for one in free] == [0, 1, len(STEPS[0]), len(STEPS[0]) + 1]


@pytest.mark.parametrize(
    ("scores", "reason"),
    [
        (np.zeros((0, 8)), "too_few_answers"),
        (np.full((50, 8), NAN), "too_few_answers"),
        (np.eye(8), "too_few_answers"),
        (np.full((50, 8), 2.0), "too_few_groups"),
        (np.zeros((50, 8)), "too_few_groups"),
        (np.tile([1.0, 0, 0, 0, 0, 0, 0, 0], (50, 1)), "too_few_groups"),
    ],
)
def test_nothing_to_compare_is_said(scores: FloatArray, reason: str) -> None:
    items = [LatentItem(str(place), 1.0, one) for place, one in enumerate(STEPS)]

    found = score_group_fit(scores, items)

    assert {(one.statistic, one.df, one.p, one.reason) for one in found} == {(None, None, None, reason)}


def test_one_item_alone_is_compared_with_nothing() -> None:
    found = score_group_fit([[0.0], [1.0]] * 30, [LatentItem("only", 1.0, (0.0,))])

    assert found[0].reason == "too_few_groups"


def test_a_test_without_items_is_refused() -> None:
    with pytest.raises(EmptyDataError):
        score_group_fit(np.zeros((3, 0)), [])
