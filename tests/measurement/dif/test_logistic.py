from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from diagnostics.measurement.dif.logistic import logistic_dif
from diagnostics.measurement.naive import dif as naive
from diagnostics.measurement.numeric import BoolArray, FloatArray
from diagnostics.measurement.simulate import rasch_answers

Case = Callable[[str], dict[str, Any]]
Answers = Callable[[str], FloatArray]


@pytest.fixture
def two_groups() -> tuple[FloatArray, BoolArray]:
    rng = np.random.default_rng(1)
    return rasch_answers(rng.normal(size=400), np.linspace(-1, 1, 10), rng), np.arange(400) % 3 == 0


def test_all_items_agree_with_the_published_fits(case: Case, answers: Answers) -> None:
    truth, table = case("dif_verbal"), answers("dif_verbal")

    found = logistic_dif(table[:, 1:], table[:, 0] == 1)

    assert [item.uniform for item in found] == pytest.approx(truth["lr_uniform_G2"], rel=1e-4)
    assert [item.nonuniform for item in found] == pytest.approx(truth["lr_nonuniform_G2"], rel=1e-4)
    assert [item.group for item in found] == pytest.approx(truth["lr_group_coef"], rel=1e-5)


def test_cells_give_what_persons_give(two_groups: tuple[FloatArray, BoolArray]) -> None:
    scores, focal = two_groups
    total = scores.sum(axis=1)
    design = np.column_stack((np.ones(400), total, focal, focal * total))
    slow = [naive.deviance(scores[:, 4], design[:, :columns]) for columns in (2, 3, 4)]

    found = logistic_dif(scores, focal)[4]

    assert (found.uniform, found.nonuniform) == pytest.approx(
        (slow[0] - slow[1], slow[1] - slow[2]), abs=1e-6
    )


def test_an_item_that_discriminates_in_one_group_only_is_not_uniform() -> None:
    rng = np.random.default_rng(2)
    scores, focal = (
        rasch_answers(rng.normal(size=2000), np.linspace(-1, 1, 20), rng),
        np.arange(2000) % 2 == 0,
    )
    scores[focal, 3] = rng.random(1000) < 0.5

    found = logistic_dif(scores, focal)[3]

    assert found.p_nonuniform is not None
    assert found.p_nonuniform < 0.01
    assert found.effect is not None
    assert found.effect > 0.02


def test_of_fair_items_one_in_twenty_seems_uneven(two_groups: tuple[FloatArray, BoolArray]) -> None:
    rng = np.random.default_rng(3)
    focal = np.arange(300) % 2 == 0
    tails = [
        item.p_uniform
        for _ in range(60)
        for item in logistic_dif(rasch_answers(rng.normal(size=300), np.linspace(-1, 1, 12), rng), focal)
    ]

    assert 0.03 <= np.mean(np.array(tails, dtype=float) < 0.05) <= 0.07


def test_items_without_a_finite_fit_are_told_and_the_others_go_on(
    two_groups: tuple[FloatArray, BoolArray],
) -> None:
    scores, focal = two_groups
    scores[:, 0], scores[:, 1] = 1, focal

    found = logistic_dif(scores, focal)

    assert (found[0].reason, found[0].effect) == ("constant", None)
    assert (found[1].reason, found[1].effect) == ("separated", None)
    assert all(item.reason is None for item in found[2:])


def test_small_groups_get_no_letter() -> None:
    rng = np.random.default_rng(4)
    scores = rasch_answers(rng.normal(size=150), np.linspace(-1, 1, 8), rng)

    found = logistic_dif(scores, np.arange(150) < 90)

    assert {(item.size, item.reason) for item in found} == {(None, "too_few_persons")}
