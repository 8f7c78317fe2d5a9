from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnostics.measurement.cognitive.q_matrix import Gate, Weakness, able, profiles, q_matrix, weaknesses
from diagnostics.measurement.errors import BadInputError, EmptyDataError
from diagnostics.measurement.naive.cognitive import all_profiles, is_able

SINGLES = np.eye(2, dtype=int).tolist()


def test_the_first_skill_is_the_lowest_bit() -> None:
    assert profiles(2).tolist() == [[False, False], [True, False], [False, True], [True, True]]
    assert [tuple(row) for row in profiles(3).astype(int)] == all_profiles(3)


@given(
    st.integers(1, 5).flatmap(
        lambda width: st.lists(
            st.lists(st.integers(0, 1), min_size=width, max_size=width), min_size=1, max_size=6
        )
    ),
    st.sampled_from(Gate),
)
def test_who_is_able_agrees_with_the_slow_twin(rows: list[list[int]], gate: Gate) -> None:
    needs = [*(row for row in rows if any(row)), [1] * len(rows[0])]

    found = able(q_matrix(needs), gate)

    for profile, row in zip(all_profiles(len(needs[0])), found.tolist(), strict=True):
        assert row == [is_able(profile, one, all_needed=gate is Gate.ALL) for one in needs]


@pytest.mark.parametrize(
    ("needs", "expected"),
    [
        (SINGLES * 3, ()),
        ([[1], [1], [1]], ()),
        ([*SINGLES, [1, 1], [1, 0], [0, 1]], ()),
        ([[1, 0]] * 3 + [[1, 1]] * 3, (Weakness("no_single_item", ("s2",)),)),
        (SINGLES * 2, (Weakness("under_three_items", ("s1",)), Weakness("under_three_items", ("s2",)))),
        ([*SINGLES, [1, 1], [1, 1]], (Weakness("same_items", ("s1", "s2")),)),
    ],
)
def test_what_cannot_be_told_is_named(needs: list[list[int]], expected: tuple[Weakness, ...]) -> None:
    assert set(expected) == set(weaknesses(q_matrix(needs)))


def test_a_matrix_without_single_items_confuses_profiles_and_a_complete_one_does_not() -> None:
    whole, lacking = q_matrix(SINGLES * 3), q_matrix([[1, 0]] * 3 + [[1, 1]] * 3)

    for gate in Gate:
        assert np.unique(able(whole, gate), axis=0).shape[0] == 4
        assert np.unique(able(lacking, gate), axis=0).shape[0] == 3


@pytest.mark.parametrize(
    ("needs", "error", "params"),
    [
        ([[1, 0], [0, 0]], BadInputError, {"items": ("i2",), "skills": ("s2",)}),
        ([[1, 0], [1, 0]], BadInputError, {"items": (), "skills": ("s2",)}),
        ([[1, 2]], BadInputError, {}),
        ([[1, float("nan")]], BadInputError, {}),
        ([1, 0], BadInputError, {}),
        ([[1] * 11], BadInputError, {"skills": 11, "most": 10}),
        (np.zeros((0, 3)), EmptyDataError, {}),
        (np.zeros((3, 0)), EmptyDataError, {}),
    ],
)
def test_what_is_no_matrix_of_needs_is_refused(
    needs: list[list[float]], error: type[BadInputError], params: dict[str, object]
) -> None:
    with pytest.raises(error) as refusal:
        q_matrix(needs)
    assert refusal.value.params == params


def test_names_must_be_different() -> None:
    with pytest.raises(BadInputError):
        q_matrix(SINGLES, items=("a", "a"))
    with pytest.raises(BadInputError):
        q_matrix(SINGLES, skills=("a", "a"))
