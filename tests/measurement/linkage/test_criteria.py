from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diagnostics.measurement.errors import BadInputError, TooFewItemsError
from diagnostics.measurement.grid import Grid, even_grid, normal_grid
from diagnostics.measurement.latent.items import Curve, LatentItem
from diagnostics.measurement.linkage.criteria import Criterion, CurveProblem, Direction, Way, link_by_curves
from diagnostics.measurement.linkage.scale import Scale
from diagnostics.measurement.naive import linkage as naive

Case = Callable[[str], dict[str, Any]]
MIXED = (
    LatentItem("two", 1.3, (0.4,)),
    LatentItem("credit", 0.8, (-0.5, 0.9)),
    LatentItem("graded", 1.7, (-1.0, 0.1, 1.2), Curve.GRADED),
    LatentItem("guessed", 1.1, (0.3,), guessing=0.2),
)


def items(slopes: list[float], difficulties: list[float]) -> tuple[LatentItem, ...]:
    return tuple(
        LatentItem(str(place), a, (b,)) for place, (a, b) in enumerate(zip(slopes, difficulties, strict=True))
    )


def noisy(seed: int) -> tuple[LatentItem, ...]:
    """MIXED on another scale, with errors of estimation."""
    rng = np.random.default_rng(seed)
    return tuple(
        LatentItem(
            one.name,
            one.slope * float(np.exp(rng.normal(0, 0.1))),
            tuple(value + float(rng.normal(0, 0.05)) for value in one.thresholds),
            one.curve,
            one.guessing,
        )
        for one in Scale(0.8, 0.5).of_items(MIXED)
    )


def problem(criterion: Criterion, direction: Direction, grid: Grid) -> CurveProblem:
    return CurveProblem.of(MIXED, noisy(1), Way(criterion, direction, grid=grid))


@pytest.mark.parametrize(
    ("criterion", "name"),
    [
        (Criterion.HAEBARA, "haebara_unweighted_41pts_minus4_4_one_direction"),
        (Criterion.STOCKING_LORD, "stocking_lord_unweighted_41pts_minus4_4_one_direction"),
    ],
)
def test_curves_agree_with_the_published_lines(criterion: Criterion, name: str, case: Case) -> None:
    truth = case("linking_a")
    base, new = items(truth["base_a"], truth["base_b"]), items(truth["new_a"], truth["new_b"])

    found = link_by_curves(base, new, Way(criterion, Direction.BASE, grid=even_grid(-4, 4, 41)))

    assert [found.slope, found.shift] == pytest.approx(truth[name], abs=1e-4)


@pytest.mark.parametrize("criterion", Criterion)
def test_the_criterion_equals_the_sum_point_by_point(criterion: Criterion) -> None:
    grid, line = even_grid(-3, 3, 9), Scale(1.15, -0.3)
    slow = naive.haebara if criterion is Criterion.HAEBARA else naive.stocking_lord

    one, both = (problem(criterion, way, grid).value(1.15, -0.3)[0] for way in Direction)

    there = slow(MIXED, line.of_items(noisy(1)), grid.points, grid.weights)
    back = slow(line.inverse().of_items(MIXED), noisy(1), grid.points, grid.weights)
    assert one == pytest.approx(there)
    assert both == pytest.approx(there + back)


@pytest.mark.parametrize("direction", Direction)
@pytest.mark.parametrize("criterion", Criterion)
def test_the_gradient_is_that_of_the_criterion(criterion: Criterion, direction: Direction) -> None:
    asked, step = problem(criterion, direction, normal_grid()), 1e-6

    numeric = [
        (asked.value(1.1 + a, 0.2 + b)[0] - asked.value(1.1 - a, 0.2 - b)[0]) / (2 * step)
        for a, b in ((step, 0.0), (0.0, step))
    ]

    assert asked.value(1.1, 0.2)[1] == pytest.approx(numeric, rel=1e-5)


@pytest.mark.parametrize("direction", Direction)
@pytest.mark.parametrize("criterion", Criterion)
def test_no_neighbour_of_the_line_is_nearer(criterion: Criterion, direction: Direction) -> None:
    asked = problem(criterion, direction, normal_grid())
    found = link_by_curves(MIXED, noisy(1), Way(criterion, direction))
    best, gradient = asked.value(found.slope, found.shift)

    assert np.abs(gradient).max() < 1e-7
    for a, b in ((1e-3, 0), (-1e-3, 0), (0, 1e-3), (0, -1e-3)):
        assert asked.value(found.slope + a, found.shift + b)[0] > best


@pytest.mark.parametrize("direction", Direction)
@pytest.mark.parametrize("criterion", Criterion)
@settings(max_examples=15, deadline=None)
@given(slope=st.floats(0.4, 2.5), shift=st.floats(-2, 2))
def test_moved_items_give_their_line_back(
    criterion: Criterion, direction: Direction, slope: float, shift: float
) -> None:
    line = Scale(slope, shift)

    found = link_by_curves(line.of_items(MIXED), MIXED, Way(criterion, direction))

    assert (found.slope, found.shift) == pytest.approx((slope, shift), abs=1e-6)


@pytest.mark.parametrize("criterion", Criterion)
def test_the_symmetric_line_of_exchanged_forms_is_the_way_back(criterion: Criterion) -> None:
    there, back = (
        link_by_curves(base, new, Way(criterion)) for base, new in ((MIXED, noisy(2)), (noisy(2), MIXED))
    )

    assert (there.slope, there.shift) == pytest.approx((back.inverse().slope, back.inverse().shift), abs=1e-7)


@pytest.mark.parametrize("criterion", Criterion)
def test_the_rasch_family_moves_and_keeps_its_unit(criterion: Criterion) -> None:
    base = items([1.0] * 5, [-1.0, -0.4, 0.1, 0.5, 1.2])
    new = items([1.0] * 5, [-1.3, -0.9, -0.3, 0.2, 0.8])

    found = link_by_curves(base, new, Way(criterion, slope_free=False))

    assert found.slope == 1
    assert found.shift == pytest.approx(0.38, abs=0.02)


def test_equal_difficulties_are_linked_by_their_slopes() -> None:
    base, new = items([1.0, 1.4, 0.8], [0.5] * 3), items([1.3, 1.82, 1.04], [0.1] * 3)

    found = link_by_curves(base, new, Way(Criterion.HAEBARA))

    assert (found.slope, found.shift) == pytest.approx((1.3, 0.37), abs=1e-6)


def test_one_item_of_two_parameters_determines_a_line() -> None:
    found = link_by_curves(items([0.8], [0.9]), items([1.2], [0.2]), Way(Criterion.HAEBARA))

    assert (found.slope, found.shift) == pytest.approx((1.5, 0.6), abs=1e-6)


def test_nothing_in_common_carries_no_line() -> None:
    with pytest.raises(TooFewItemsError):
        link_by_curves((), ())


def test_items_that_run_the_wrong_way_are_refused() -> None:
    with pytest.raises(BadInputError):
        link_by_curves(items([-1.0, -1.2], [0.0, 0.4]), items([-1.0, -1.2], [0.0, 0.4]))
