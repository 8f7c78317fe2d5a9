"""Which options draw the strong, on people whose abilities are known."""

from __future__ import annotations

import numpy as np
import pytest

from diagnostics.measurement.errors import BadInputError
from diagnostics.measurement.options import options

A, B, C = range(3)


def choosing(strong_option: int, people: int = 150, seed: int = 5) -> tuple[np.ndarray, np.ndarray]:
    """Persons × 3 options: the abler, the more often `strong_option`; the others share the rest."""
    rng = np.random.default_rng(seed)
    ability = rng.normal(size=people)
    solved = rng.uniform(size=people) < 1 / (1 + np.exp(-1.2 * ability))
    others = [one for one in (A, B, C) if one != strong_option]
    choice = np.where(solved, strong_option, rng.choice(others, people))
    rest = np.clip(0.6 + 0.15 * ability + rng.normal(0, 0.08, people), 0, 1)
    return np.eye(3, dtype=bool)[choice], rest


def test_an_option_that_the_strong_choose_against_the_key_puts_the_key_in_doubt() -> None:
    chosen, rest = choosing(strong_option=B)
    found = options(chosen, rest, [True, False, False])
    assert [one.draws_strong for one in found] == [False, True, False]


def test_a_right_key_is_left_in_peace() -> None:
    chosen, rest = choosing(strong_option=A)
    assert not any(one.draws_strong for one in options(chosen, rest, [True, False, False]))


def test_few_people_never_put_a_key_in_doubt() -> None:
    chosen, rest = choosing(strong_option=B, people=29)
    assert not any(one.draws_strong for one in options(chosen, rest, [True, False, False]))


def test_right_keys_are_doubted_in_less_than_one_of_twenty_tests() -> None:
    doubted = [
        any(one.draws_strong for one in options(*choosing(A, people=60, seed=seed), [True, False, False]))
        for seed in range(200)
    ]
    assert np.mean(doubted) < 0.05


def test_shares_of_the_thirds_count_those_who_left_the_item_out() -> None:
    chosen = [[True], [False], [True], [True], [False], [False]]
    found = options(chosen, [0.1, 0.2, 0.3, 0.4, 0.5, 0.6], [True])
    assert found[0].thirds == (0.5, 1.0, 0.0)
    assert found[0].chosen == 3


def test_an_option_that_everybody_or_nobody_chose_has_no_correlation() -> None:
    found = options([[True, False]] * 4, [0.1, 0.2, 0.3, 0.4], [True, False])
    assert [one.r for one in found] == [None, None]


def test_thirds_of_two_people_are_no_failure() -> None:
    found = options([[True], [False]], [0.1, 0.9], [True])
    assert found[0].thirds == (1.0, 0.0, 0.0)


@pytest.mark.parametrize(
    ("chosen", "rest", "key"),
    [
        ([[True, False]], [0.5, 0.5], [True, False]),
        ([[True]], [float("nan")], [True]),
        ([True], [0.5], [True]),
    ],
)
def test_ragged_tables_and_missing_rests_are_refused(chosen: object, rest: object, key: object) -> None:
    with pytest.raises(BadInputError):
        options(chosen, rest, key)  # type: ignore[arg-type]
