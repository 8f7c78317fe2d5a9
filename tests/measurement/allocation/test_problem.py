from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from diagnostics.measurement.allocation.problem import Limits, Need, Problem, Resource
from diagnostics.measurement.errors import BadInputError

LIMITS = Limits(hours=20, max_steps=5, begins=date(2026, 9, 1), ends=date(2027, 5, 31))
GOOD = Resource(code="a", hours=6, covers=(("METH", 1.0),))


@pytest.mark.parametrize(
    "wrong",
    [
        {"hours": -1},
        {"hours": float("nan")},
        {"hours": float("inf")},
        {"cost": 2.0},
        {"covers": (("METH", 0.0),)},
        {"covers": (("METH", 1.5),)},
        {"covers": (("METH", 0.5), ("METH", 0.5))},
        {"begins": date(2026, 2, 1), "ends": date(2026, 1, 1)},
    ],
)
def test_an_impossible_resource_is_refused_by_name(wrong: dict[str, Any]) -> None:
    with pytest.raises(BadInputError) as caught:
        Resource(**({"code": "a", "hours": 1, "covers": ()} | wrong))

    assert caught.value.params == {"resource": "a"}


@pytest.mark.parametrize("parts", [(-1, 1, 1), (1, 1.2, 1), (1, 1, float("nan")), (float("inf"), 1, 1)])
def test_an_impossible_need_is_refused(parts: tuple[float, float, float]) -> None:
    with pytest.raises(BadInputError):
        Need("METH", *parts)


@pytest.mark.parametrize(
    "wrong",
    [
        {"hours": -1},
        {"hours": float("nan")},
        {"max_steps": -1},
        {"ends": date(2026, 8, 1)},
        {"required": frozenset({"a"}), "excluded": frozenset({"a"})},
        {"required": frozenset({"a"}), "completed": frozenset({"a"})},
    ],
)
def test_limits_nobody_can_mean_are_refused(wrong: dict[str, Any]) -> None:
    given = {"hours": 20, "max_steps": 5, "begins": date(2026, 9, 1), "ends": date(2027, 5, 31)}

    with pytest.raises(BadInputError):
        Limits(**(given | wrong))


def test_doubles_and_unknown_required_resources_are_refused() -> None:
    need = Need("METH", 1, 1)
    required = Limits(
        hours=1, max_steps=1, begins=LIMITS.begins, ends=LIMITS.ends, required=frozenset({"zzz"})
    )

    for resources, needs, limits in (
        ((GOOD, GOOD), (need,), LIMITS),
        ((GOOD,), (need, need), LIMITS),
        ((GOOD,), (need,), required),
    ):
        with pytest.raises(BadInputError):
            Problem(resources, needs, limits)


def test_the_weight_of_a_need_is_the_product_of_its_parts() -> None:
    assert Need("METH", 0.5, 0.8, 2.0).weight == pytest.approx(0.8)
