from __future__ import annotations

import numpy as np
import pytest

from diagnostics.measurement.numeric import FloatArray
from diagnostics.measurement.polarity import against, turned


@pytest.fixture
def scale() -> FloatArray:
    rng = np.random.default_rng(1)
    trait = rng.normal(size=(100, 1))
    return np.clip(np.round(3 + trait + rng.normal(0, 0.7, (100, 5))), 0, 6)


def test_the_minority_runs_against_the_majority(scale: FloatArray) -> None:
    assert against(turned(scale, (0, 3), [6] * 5)) == (0, 3)


def test_the_order_of_persons_does_not_matter(scale: FloatArray) -> None:
    assert against(turned(scale, (2,), [6] * 5)[::-1]) == (2,)


def test_of_two_equal_sides_the_later_is_named() -> None:
    column = np.array([0.0, 1, 2, 3])

    assert against(np.column_stack((column, 3 - column))) == (1,)


def test_turned_twice_is_the_same(scale: FloatArray) -> None:
    assert (turned(turned(scale, (1, 4), [6] * 5), (1, 4), [6] * 5) == scale).all()


@pytest.mark.parametrize("scores", [np.empty((0, 3)), np.ones((9, 3)), np.eye(2), np.arange(5.0)[:, None]])
def test_where_nothing_can_run_against_anything_nobody_is_named(scores: FloatArray) -> None:
    assert against(scores) == ()


def test_a_scale_in_order_names_nobody(scale: FloatArray) -> None:
    assert against(scale) == ()
