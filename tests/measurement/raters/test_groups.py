from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from diagnostics.measurement.errors import BadInputError
from diagnostics.measurement.raters.groups import aggregation

Case = Callable[[str], dict[str, Any]]


def test_aggregation_agrees_with_the_published_values(case: Case) -> None:
    truth = case("group_agreement")

    found = aggregation(truth["score"], truth["group"], truth["scale_points"])

    assert (found.between, found.within) == pytest.approx((truth["msb"], truth["msw"]), abs=1e-8)
    assert found.icc1 == pytest.approx(truth["icc1_mean_group_size"], abs=1e-8)
    assert found.icc2 == pytest.approx(truth["icc2"], abs=1e-8)
    assert found.agreement == pytest.approx(tuple(truth["rwg_uniform_null"]), abs=1e-8)
    assert found.means == pytest.approx(tuple(truth["group_mean"]), abs=1e-8)


def test_unequal_groups_may_be_weighed_by_their_effective_size(case: Case) -> None:
    truth = case("group_agreement")

    found = aggregation(truth["score"], truth["group"], truth["scale_points"], balanced_size=False)

    assert found.size == pytest.approx(truth["n0"])
    assert found.icc1 == pytest.approx(truth["icc1_n0"], abs=1e-8)


def test_the_share_between_groups_is_recovered() -> None:
    rng = np.random.default_rng(1)
    groups = np.repeat(np.arange(400), 8)
    values = rng.normal(0, 1, 400)[groups] + rng.normal(0, 2, groups.size)

    found = aggregation(values, groups, 5)

    assert found.icc1 == pytest.approx(0.2, abs=0.05)
    assert found.icc2 == pytest.approx(8 * 0.2 / (1 + 7 * 0.2), abs=0.08)


def test_answers_at_both_ends_agree_no_worse_than_not_at_all() -> None:
    assert aggregation([1, 5, 1, 5, 3, 3], [1, 1, 1, 1, 2, 2], 5).agreement == (0.0, 1.0)


@pytest.mark.parametrize(
    ("values", "groups", "reason"),
    [
        ([], [], "too_few_groups"),
        ([1, 2], ["a", "a"], "too_few_groups"),
        ([1, 2], ["a", "b"], "no_repetition"),
        ([3, 3, 3], ["a", "a", "b"], "no_variance"),
    ],
)
def test_where_nothing_can_be_said_there_is_a_reason(
    values: list[float], groups: list[str], reason: str
) -> None:
    found = aggregation(values, groups, 5)

    assert (found.icc1, found.icc2, found.reason) == (None, None, reason)


@pytest.mark.parametrize(("values", "groups", "points"), [([1], [1, 2], 5), ([1, 2], [1, 2], 1)])
def test_what_is_no_group_of_answers_is_refused(values: list[float], groups: list[int], points: int) -> None:
    with pytest.raises(BadInputError):
        aggregation(values, groups, points)
