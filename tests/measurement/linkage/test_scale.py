from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from diagnostics.measurement.errors import BadInputError
from diagnostics.measurement.latent.items import Curve, LatentItem, curves
from diagnostics.measurement.linkage.scale import Scale

ITEMS = (
    LatentItem("two", 1.3, (0.4,)),
    LatentItem("graded", 1.7, (-1.0, 0.1, 1.2), Curve.GRADED),
    LatentItem("guessed", 1.1, (0.3,), guessing=0.2),
)
LINE = Scale(1.2, -0.4, ((0.01, -0.002), (-0.002, 0.04)))


@given(st.floats(0.2, 5), st.floats(-3, 3))
def test_a_person_meets_the_same_items_on_either_scale(slope: float, shift: float) -> None:
    scale, theta = Scale(slope, shift), np.linspace(-3, 3, 7)

    moved = curves(scale.of_items(ITEMS), scale.of_abilities(theta)).chances

    assert_allclose(moved, curves(ITEMS, theta).chances, atol=1e-9)


def test_errors_of_abilities_are_stretched_and_not_moved() -> None:
    assert_allclose(LINE.of_errors([0.5, 1.0]), [0.6, 1.2])


def test_an_unknown_ability_stays_unknown() -> None:
    assert np.isnan(LINE.of_abilities([float("nan")])).all()


def test_the_error_at_a_point_is_that_of_drawn_lines() -> None:
    rng = np.random.default_rng(1)
    lines = rng.multivariate_normal([LINE.slope, LINE.shift], np.array(LINE.covariance), 200_000)
    drawn = lines[:, :1] * [-2.0, 0.0, 3.0] + lines[:, 1:]

    assert LINE.error_at([-2.0, 0.0, 3.0]) == pytest.approx(drawn.std(axis=0), rel=0.01)


def test_a_line_without_covariance_has_no_error() -> None:
    assert Scale(1.1, 0.2).error_at([0.0]) is None
    assert Scale(1.1, 0.2).inverse().covariance is None


def test_the_way_back_undoes_the_way_there() -> None:
    back = LINE.inverse()

    assert_allclose(back.of_abilities(LINE.of_abilities([-1.0, 0.5])), [-1.0, 0.5])
    again = back.inverse()
    assert (again.slope, again.shift) == pytest.approx((LINE.slope, LINE.shift))
    assert again.covariance is not None
    assert_allclose(np.array(again.covariance), np.array(LINE.covariance))


def test_the_way_back_is_as_uncertain_in_its_own_units() -> None:
    there, back = LINE.error_at([0.7]), LINE.inverse().error_at(LINE.of_abilities([0.7]))

    assert there is not None
    assert back is not None
    assert_allclose(back, there / LINE.slope)


@pytest.mark.parametrize(
    ("slope", "shift"),
    [(0.0, 0.0), (-1.0, 0.0), (float("nan"), 0.0), (1.0, float("inf")), (float("inf"), 0.0)],
)
def test_what_is_no_line_is_refused(slope: float, shift: float) -> None:
    with pytest.raises(BadInputError):
        Scale(slope, shift)
