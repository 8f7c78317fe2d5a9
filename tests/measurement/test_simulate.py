from __future__ import annotations

import numpy as np
import pytest

from diagnostics.measurement.errors import BadInputError
from diagnostics.measurement.simulate import (
    rasch_answers,
    show_forms,
    step_answers,
    two_waves,
)


def test_the_same_seed_gives_the_same_people() -> None:
    first, second = (rasch_answers([0, 1], [0, 0.5], np.random.default_rng(4)) for _ in range(2))

    assert (first == second).all()


def test_right_answers_come_as_often_as_the_model_says() -> None:
    scores = rasch_answers(np.full(40_000, 0.7), [0.2, -1.0], np.random.default_rng(1))

    assert scores.mean(axis=0) == pytest.approx(1 / (1 + np.exp([-0.5, -1.7])), abs=0.01)


def test_steps_come_as_often_as_the_model_says() -> None:
    scores = step_answers(np.full(40_000, 0.5), [[-0.2, 0.9], [0.5]], np.random.default_rng(1))

    weights = np.exp([0, 0.7, 0.3])
    assert np.bincount(scores[:, 0].astype(int)) / 40_000 == pytest.approx(weights / weights.sum(), abs=0.01)
    assert scores[:, 1].mean() == pytest.approx(0.5, abs=0.01)


def test_nobody_and_nothing_make_empty_matrices() -> None:
    rng = np.random.default_rng(1)

    assert step_answers([], [[0.0]], rng).shape == (0, 1)
    assert step_answers([0.0], [], rng).shape == (1, 0)
    assert rasch_answers([], [], rng).shape == (0, 0)


def test_only_the_own_form_is_shown() -> None:
    shown = show_forms(np.ones((2, 3)), [[0, 1], [1, 2]], [1, 0])

    assert np.isnan(shown).tolist() == [[True, False, False], [False, False, True]]


@pytest.mark.parametrize("assigned", [[0], [0, 2], [0, -1]])
def test_everybody_takes_one_of_the_forms(assigned: list[int]) -> None:
    with pytest.raises(BadInputError):
        show_forms(np.ones((2, 3)), [[0, 1], [1, 2]], assigned)


def test_the_gain_of_two_waves_is_the_asked_one() -> None:
    entry, leave = two_waves(20_000, gain_mean=0.4, gain_sd=0.3, rng=np.random.default_rng(1))

    assert np.mean(leave - entry) == pytest.approx(0.4, abs=0.02)
    assert np.std(entry) == pytest.approx(1, abs=0.02)
