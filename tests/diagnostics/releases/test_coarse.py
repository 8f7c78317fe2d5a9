from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnostics.releases import coarse
from diagnostics.releases.batches import may_replace, reveals
from diagnostics.releases.codes import check_code


@pytest.mark.parametrize(
    ("percent", "people", "expected", "bound"),
    [
        (12, 15, 20, "at_most"), (85, 20, 80, "at_least"), (47, 20, 40, None), (50, 12, 60, None),
        (47, 21, 50, None), (9, 40, 10, "at_most"), (47, 41, 45, None), (96, 100, 95, "at_least"),
        (47.4, 101, 47, None), (1.2, 300, 2, "at_most"), (98.6, 301, 99, None), (99.4, 301, 99, "at_least"),
    ],
)  # fmt: skip
def test_a_share_is_as_rough_as_its_group_is_small(
    percent: float, people: int, expected: float, bound: str | None
) -> None:
    assert coarse.share(percent, people) == coarse.CoarseShare(expected, bound)


@pytest.mark.parametrize(
    ("value", "people", "expected"), [(56.25, 20, 56), (56.5, 49, 57), (-2.5, 20, -3), (56.25, 50, 56.3)]
)
def test_a_mean_has_no_decimals_below_fifty_people(value: float, people: int, expected: float) -> None:
    assert coarse.mean(value, people) == expected


@pytest.mark.parametrize(
    ("count", "group", "expected"), [(6, 20, 5), (8, 20, 10), (12, 99, 10), (13, 100, 13)]
)
def test_counts_of_a_small_group_go_in_fives(count: int, group: int, expected: int) -> None:
    assert coarse.count(count, group) == expected


@given(st.floats(-100, 100), st.floats(0, 60), st.integers(5, 400))
def test_a_coarse_interval_holds_the_exact_one(low: float, width: float, people: int) -> None:
    first, second = coarse.bounds(low, low + width, people)
    assert first <= low + 1e-6
    assert second >= low + width - 1e-6


PEOPLE = [f"p{index}" for index in range(40)]


@pytest.mark.parametrize(
    ("new", "old", "telling"),
    [
        (PEOPLE[:22], PEOPLE[:22], False),
        (PEOPLE[:23], PEOPLE[:22], True),  # one newcomer
        (PEOPLE[:32], PEOPLE[:22], False),
        (PEOPLE[2:32], PEOPLE[:22], True),  # two left behind ten newcomers
        (PEOPLE[10:32], PEOPLE[:22], False),
    ],
)
def test_two_releases_differ_by_nobody_or_by_ten(new: list[str], old: list[str], telling: bool) -> None:
    assert reveals(new, old) is telling
    assert may_replace(new, old, closing=False) is not telling
    assert may_replace(new, old, closing=True)


@given(st.text(alphabet="0123456789abcdef", min_size=64, max_size=64))
def test_a_check_code_has_no_look_alikes(content_hash: str) -> None:
    code = check_code(content_hash)
    assert len(code) == 9
    assert not set(code) & set("01OIL")
