"""Hidden rows stay hidden: exact enumeration and linear algebra play the intruder."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diagnostics.releases.hiding import hide_rows

ROWS = st.lists(st.integers(0, 40), min_size=2, max_size=8)


@pytest.mark.parametrize(
    ("counts", "shown", "parent"),
    [
        ((9, 8, 7), (True, True, True), True),
        ((3, 20, 8), (False, True, False), True),  # a single hidden row would be total minus the rest
        ((1, 2, 20, 8), (False, False, True, False), True),  # two rows of 3 people are too few
        ((4, 4, 4, 30), (False, False, False, True), True),
        ((2, 3), (False, False), False),  # nothing left to hide behind: the parent goes
        ((0, 12), (False, False), True),  # all in one row tells everybody's place
        ((5, 5), (True, True), True),
    ],
)
def test_rows_are_hidden_until_two_rows_and_ten_people_are_covered(
    counts: tuple[int, ...], shown: tuple[bool, ...], parent: bool
) -> None:
    hiding = hide_rows(counts, 5)
    assert (hiding.rows, hiding.parent) == (shown, parent)


def test_of_equal_rows_the_first_one_falls() -> None:
    assert hide_rows([6, 4, 6, 6, 30], 5).rows == (False, False, True, True, True)


@given(ROWS, st.sampled_from([5, 10]))
def test_no_small_row_is_ever_shown(counts: list[int], minimum: int) -> None:
    hiding = hide_rows(counts, minimum)
    assert all(count >= minimum for count, shown in zip(counts, hiding.rows, strict=True) if shown)


@given(ROWS, st.sampled_from([5, 10]))
def test_the_parent_is_hidden_exactly_when_it_would_give_too_few_people_away(
    counts: list[int], minimum: int
) -> None:
    hiding = hide_rows(counts, minimum)
    hidden = [count for count, shown in zip(counts, hiding.rows, strict=True) if not shown]
    if hidden:
        assert hiding.parent is (len(hidden) >= 2 and sum(hidden) >= 10)


@settings(max_examples=200)
@given(ROWS, st.integers(0, 10**6))
def test_subtraction_from_the_total_recovers_no_hidden_count_and_no_hidden_mean(
    counts: list[int], seed: int
) -> None:
    """Known: shown rows and, where shown, the total. A hidden figure is recovered when it is fixed by them."""
    hiding = hide_rows(counts, 5)
    hidden = [row for row, shown in enumerate(hiding.rows) if not shown]
    if not hidden:
        return
    equations = [np.eye(len(counts))[row] for row, shown in enumerate(hiding.rows) if shown]
    equations += [np.ones(len(counts))] if hiding.parent else []
    known = np.array(equations).reshape(-1, len(counts))
    for row in hidden:  # counts and sums of points obey the same equations
        with_it = np.vstack([known, np.eye(len(counts))[row]])
        assert np.linalg.matrix_rank(with_it) > np.linalg.matrix_rank(known)
    if hiding.parent:
        assert sum(counts[row] for row in hidden) >= 10


def _recoverable(counts: list[int], shown: list[bool], parent: bool) -> bool:
    """Whether the hidden rows of a table are a group of fewer than ten people whose figures follow by subtraction."""
    hidden = [count for count, visible in zip(counts, shown, strict=True) if not visible]
    return parent and bool(hidden) and sum(hidden) < 10


def test_the_measured_figure_of_the_rule_hiding_small_rows_alone_leaves_two_fifths_open() -> None:
    """Rule D3: about 41 % of tables with a hidden row stay recoverable by hiding small rows only, none after it."""
    drawn = random.Random(20240901)
    tables = [
        [max(1, int(drawn.lognormvariate(2.2, 0.9))) for _ in range(drawn.randint(2, 12))]
        for _ in range(5000)
    ]
    tables = [counts for counts in tables if min(counts) < 5]
    plain = [_recoverable(counts, [count >= 5 for count in counts], parent=True) for counts in tables]
    ours = [
        _recoverable(counts, list(hide_rows(counts, 5).rows), hide_rows(counts, 5).parent)
        for counts in tables
    ]
    assert 0.3 < sum(plain) / len(tables) < 0.9
    assert sum(ours) == 0
    below = [counts for counts in tables if not hide_rows(counts, 5).parent]
    assert all(sum(counts) < 10 for counts in below)  # only such parents are hidden, as measured
