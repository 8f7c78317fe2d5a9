"""Counts that stand together: an intruder who tries every possible table learns no hidden count."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diagnostics.releases.intruder import bounds
from diagnostics.releases.protect import OPEN_BY, Counts, hidden_names

MOVES = {
    "entry": frozenset({0, 1}),
    "exit": frozenset({1, 2}),
    "closed": frozenset({0}),
    "remaining": frozenset({1}),
    "new": frozenset({2}),
}
ATOMS = st.tuples(*[st.integers(0, 12)] * 4)


def counts(atoms: tuple[int, ...]) -> Counts:
    return Counts(atoms, MOVES)


def _possible(atoms: tuple[int, ...], hidden: frozenset[str]) -> dict[str, set[int]]:
    """Every value that each hidden count takes over all tables that look the same from outside."""
    told = counts(atoms).values
    total = sum(atoms)
    found: dict[str, set[int]] = {name: set() for name in hidden}
    for a, b, c in product(range(total + 1), repeat=3):
        if a + b + c > total:
            continue
        values = counts((a, b, c, total - a - b - c)).values
        if all(values[name] == told[name] for name in MOVES.keys() - hidden):
            for name in hidden:
                found[name].add(values[name])
    return found


@settings(max_examples=40, deadline=None)
@given(ATOMS.filter(lambda atoms: 10 <= sum(atoms) <= 30))
def test_every_hidden_count_stays_possible_over_at_least_five_people(atoms: tuple[int, ...]) -> None:
    hidden = hidden_names(counts(atoms), 5)
    for name, values in _possible(atoms, hidden).items():
        assert max(values) - min(values) >= OPEN_BY, name


@settings(max_examples=40, deadline=None)
@given(ATOMS)
def test_no_shown_count_and_no_rest_of_the_group_is_below_the_minimum(atoms: tuple[int, ...]) -> None:
    one = counts(atoms)
    shown = one.values.keys() - hidden_names(one, 5)
    assert all(min(one.values[name], one.total - one.values[name]) >= 5 for name in shown)


def test_a_large_quiet_table_loses_nothing() -> None:
    assert hidden_names(counts((40, 30, 20, 60)), 5) == frozenset()


def test_a_count_that_follows_from_two_shown_ones_takes_one_of_them_along() -> None:
    """entry − remaining = closed: hiding «closed» alone would hide nothing."""
    hidden = hidden_names(counts((3, 20, 30, 40)), 5)
    assert "closed" in hidden
    assert hidden & {"entry", "remaining"}


def test_a_partition_obeys_the_complementary_rule() -> None:
    figures = {name: frozenset({place}) for place, name in enumerate(("improved", "same", "worse"))}
    one = Counts((30, 2, 14), figures, [tuple(figures)])
    assert hidden_names(one, 5) >= {"same", "worse"}


@pytest.mark.parametrize(
    ("known", "expected"), [({}, (0, 20)), ({"entry": 8}, (0, 8)), ({"entry": 8, "closed": 3}, (5, 5))]
)
def test_the_intruder_solves_what_can_be_solved(known: dict[str, int], expected: tuple[int, int]) -> None:
    assert bounds(4, MOVES, known, 20, ["remaining"])["remaining"] == pytest.approx(expected)
