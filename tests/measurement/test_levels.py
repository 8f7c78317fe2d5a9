from __future__ import annotations

import pytest

from diagnostics.measurement.errors import BadInputError
from diagnostics.measurement.levels import OfficialLevel, Scale, official_level, transitions

LEVELS3 = Scale(("high", "medium", "minimal"), (0, 60, 80), 60)


@pytest.mark.parametrize(
    ("percent", "code", "deficit"),
    [
        (0, "high", True),
        (59.99, "high", True),
        (60, "medium", False),
        (3 / 5 * 100, "medium", False),
        (0.1 * 6 * 100 - 1e-13, "medium", False),
        (79.9, "medium", False),
        (80, "minimal", False),
        (100, "minimal", False),
    ],
)
def test_the_preset_decides_the_level(percent: float, code: str, deficit: bool) -> None:
    assert official_level(percent, 8, LEVELS3) == OfficialLevel(code, deficit)


def test_two_items_have_no_level() -> None:
    assert official_level(50, 2, LEVELS3) == OfficialLevel(None, None, "too_few_items")


@pytest.mark.parametrize("percent", [-1, 100.1, float("nan")])
def test_what_is_no_per_cent_has_no_level(percent: float) -> None:
    with pytest.raises(BadInputError):
        official_level(percent, 8, LEVELS3)


@pytest.mark.parametrize(
    ("codes", "lower"), [((), ()), (("a",), (10,)), (("a", "b"), (0, 0)), (("a", "b"), (0,))]
)
def test_a_scale_with_gaps_is_refused(codes: tuple[str, ...], lower: tuple[float, ...]) -> None:
    with pytest.raises(BadInputError):
        Scale(codes, lower, 60)


def test_transitions_of_the_worked_example() -> None:
    found = transitions([40, 55, 70, 60], [60, 65, 70, 50], LEVELS3)

    assert found.counts == ((0, 2, 0), (1, 1, 0), (0, 0, 0))
    assert (found.closed, found.remaining, found.new) == (2, 0, 1)


def test_everybody_stands_in_the_table_once() -> None:
    found = transitions([10, 20, 90, 65], [15, 70, 85, 30], LEVELS3)

    assert sum(map(sum, found.counts)) == 4
    assert (found.closed, found.remaining, found.new) == (1, 1, 1)


def test_entry_and_exit_of_different_people_are_refused() -> None:
    with pytest.raises(BadInputError):
        transitions([10], [10, 20], LEVELS3)
