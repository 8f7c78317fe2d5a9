from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from diagnostics.measurement.errors import BadInputError
from diagnostics.measurement.fit.andersen import andersen_test, split_by_score
from diagnostics.measurement.numeric import FloatArray
from diagnostics.measurement.simulate import rasch_answers, step_answers

Case = Callable[[str], dict[str, Any]]
Answers = Callable[[str], FloatArray]
NAN = float("nan")
APART = [[1.0, 0, NAN, NAN], [0, 1, NAN, NAN], [NAN, NAN, 1, 0], [NAN, NAN, 0, 1]] * 2


def people(seed: int, persons: int = 200) -> FloatArray:
    rng = np.random.default_rng(seed)
    return rasch_answers(rng.normal(size=persons), np.linspace(-1.5, 1.5, 8), rng)


def test_the_split_at_the_mean_agrees_with_the_published_test(case: Case, answers: Answers) -> None:
    truth = case("rasch_raschdat1")

    found = andersen_test(answers("rasch_raschdat1"))

    assert found.statistic == pytest.approx(truth["andersen_LR"], abs=1e-3)
    assert found.df == truth["andersen_df"]
    assert found.p == pytest.approx(truth["andersen_p"], abs=1e-3)
    assert (sum(found.groups), found.left_out) == (100, ())


def test_true_rasch_items_are_rejected_as_often_as_promised() -> None:
    p = [andersen_test(people(seed)).p for seed in range(100)]

    assert np.mean(np.array(p, dtype=float) < 0.05) == pytest.approx(0.05, abs=0.05)
    assert np.mean(np.array(p, dtype=float)) == pytest.approx(0.5, abs=0.1)


def test_items_that_are_harder_for_one_part_are_noticed() -> None:
    rng = np.random.default_rng(1)
    difficulty = np.linspace(-1.5, 1.5, 8)
    other = difficulty + np.array([0, 1.2, 0, 0, -1.2, 0, 0, 0])
    scores = np.vstack([rasch_answers(rng.normal(size=150), one, rng) for one in (difficulty, other)])

    found = andersen_test(scores, np.repeat([0, 1], 150))

    assert found.p is not None
    assert found.p < 0.001
    assert found.groups == (150, 150)


def test_people_in_no_part_do_not_count() -> None:
    scores = people(2)
    groups = np.arange(200) % 2

    assert andersen_test(np.vstack((scores, scores[:9])), [*groups, *[-1] * 9]) == andersen_test(
        scores, groups
    )


def test_an_item_that_a_part_cannot_estimate_is_left_out_by_name() -> None:
    scores = people(3)
    groups = np.repeat([0, 1], 100)
    scores[100:, 2] = 1

    found, without = andersen_test(scores, groups), andersen_test(np.delete(scores, 2, axis=1), groups)

    assert found.left_out == ("i3",)
    assert (found.statistic, found.df) == (without.statistic, without.df)


def test_an_item_whose_highest_step_a_part_never_reached_is_left_out() -> None:
    rng = np.random.default_rng(4)
    scores = step_answers(rng.normal(size=200), [(-1.0, 1.0)] * 3 + [(0.0,)] * 4, rng)
    scores[:100, 0] = np.minimum(scores[:100, 0], 1)

    found = andersen_test(scores, np.repeat([0, 1], 100))

    assert found.left_out == ("i1",)
    assert found.df == 2 * 2 + 4 - 1


def test_people_are_split_by_the_share_of_what_they_were_shown() -> None:
    rows = [[1, 1, 0, NAN], [0, 0, 1, NAN], [1, 0, 0, NAN], [NAN, 1, 1, 1], [NAN, 0, 1, 1], [NAN] * 4]

    assert split_by_score(rows).tolist() == [1, 0, 0, 1, 0, -1]


@pytest.mark.parametrize(
    ("scores", "groups", "reason"),
    [
        (np.zeros((0, 3)), None, "one_group"),
        (np.full((4, 3), NAN), None, "one_group"),
        ([[1.0, 0, 1]], None, "one_group"),
        (np.eye(3), [0, 0, 0], "one_group"),
        (np.ones((6, 4)), [0, 0, 0, 1, 1, 1], "too_few_items"),
        ([[1.0], [0.0]] * 4, [0, 0, 0, 0, 1, 1, 1, 1], "too_few_items"),
        (APART, [0, 0, 0, 0, 1, 1, 1, 1], "not_connected"),
    ],
)
def test_what_cannot_be_tested_is_said(scores: FloatArray, groups: list[int] | None, reason: str) -> None:
    found = andersen_test(scores, groups)

    assert (found.statistic, found.df, found.p, found.reason) == (None, None, None, reason)


@pytest.mark.parametrize("groups", [[0, 1], [0.5, 1.0, 2.0], [[0, 1, 1]]])
def test_what_are_no_parts_is_refused(groups: Any) -> None:
    with pytest.raises(BadInputError):
        andersen_test(np.eye(3), groups)


def test_scores_that_are_no_steps_are_refused() -> None:
    with pytest.raises(BadInputError):
        andersen_test(np.full((4, 3), 0.5), [0, 0, 1, 1])
