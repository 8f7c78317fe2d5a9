from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from diagnostics.measurement.errors import BadInputError, TooFewItemsError
from diagnostics.measurement.latent.items import Curve, LatentItem
from diagnostics.measurement.linkage.moments import common_items, mean_mean, mean_sigma

Case = Callable[[str], dict[str, Any]]


def items(slopes: list[float], difficulties: list[float]) -> tuple[LatentItem, ...]:
    return tuple(
        LatentItem(str(place), a, (b,)) for place, (a, b) in enumerate(zip(slopes, difficulties, strict=True))
    )


def test_moments_agree_with_the_published_lines(case: Case) -> None:
    truth = case("linking_a")
    base, new = items(truth["base_a"], truth["base_b"]), items(truth["new_a"], truth["new_b"])

    first, second = mean_mean(base, new), mean_sigma(base, new)

    assert [first.slope, first.shift] == pytest.approx(truth["mean_mean"], abs=1e-9)
    assert [second.slope, second.shift] == pytest.approx(truth["mean_sigma"], abs=1e-9)


def test_moved_items_give_their_line_back() -> None:
    new = (*items([0.8, 1.4], [-0.3, 1.1]), LatentItem("steps", 1.2, (-0.5, 0.4, 1.9)))
    base = tuple(item.moved(1.3, -0.6) for item in new)

    for found in (mean_mean(base, new), mean_sigma(base, new)):
        assert (found.slope, found.shift) == pytest.approx((1.3, -0.6))


def test_only_items_of_one_kind_on_both_sides_are_common() -> None:
    base = (
        LatentItem("a", 1.0, (0.0,)),
        LatentItem("b", 1.0, (0.0, 1.0)),
        LatentItem("c", 1.0, (0.0, 1.0)),
        LatentItem("d", 1.0, (0.0,), lowest=1),
        LatentItem("e", 1.0, (0.0,)),
    )
    new = (
        LatentItem("e", 1.0, (0.5,), Curve.GRADED),
        LatentItem("a", 1.2, (0.1,)),
        LatentItem("b", 1.0, (0.5,)),
        LatentItem("c", 1.0, (0.0, 1.0), Curve.GRADED),
        LatentItem("d", 1.0, (0.0,)),
    )

    first, second = common_items(base, new, ["e", "a", "b", "c", "d", "absent", "a"])

    assert [item.name for item in first] == [item.name for item in second] == ["e", "a"]
    assert second[1].slope == 1.2


@pytest.mark.parametrize("line", [mean_mean, mean_sigma])
def test_nothing_in_common_carries_no_line(line: Callable[..., object]) -> None:
    with pytest.raises(TooFewItemsError):
        line((), ())


@pytest.mark.parametrize("line", [mean_mean, mean_sigma])
def test_other_items_on_the_other_side_are_refused(line: Callable[..., object]) -> None:
    with pytest.raises(BadInputError):
        line(items([1.0, 1.0], [0.0, 1.0]), items([1.0], [0.0]))


def test_thresholds_without_spread_are_refused_by_the_spread_only() -> None:
    flat = items([1.0, 1.2], [0.5, 0.5])

    with pytest.raises(BadInputError):
        mean_sigma(flat, flat)
    assert mean_mean(flat, flat).slope == 1


def test_slopes_that_run_the_wrong_way_are_refused() -> None:
    turned = items([-1.0, -0.5], [0.0, 1.0])

    with pytest.raises(BadInputError):
        mean_mean(turned, turned)
