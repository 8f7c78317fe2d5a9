from __future__ import annotations

import pytest

from diagnostics.measurement.intervals import Interval
from diagnostics.measurement.survey.selfview import SelfView, self_view
from diagnostics.measurement.survey.verdicts import Cut, Word, beyond, views_apart, word_of
from diagnostics.measurement.survey.voices import Estimate

CUTS = (Cut("problem", 0), Cut("attention", 50), Cut("strong", 70))


def seen(value: float, low: float | None = None, high: float | None = None) -> Estimate:
    return Estimate(value, None if low is None or high is None else Interval(low, high), 20)


@pytest.mark.parametrize(
    ("index", "word"),
    [
        (seen(77, 74, 79), Word("strong")),
        (seen(72, 69, 76), Word("strong", "attention")),
        (seen(70, 70, 76), Word("strong")),
        (seen(59, 56, 62), Word("attention")),
        (seen(66, 59, 73), Word("attention", "strong")),
        (seen(52, 44, 60), Word("attention", "problem")),
        (seen(49, 45, 52), Word("problem", "attention")),
        (seen(38, 31, 45), Word("problem")),
        (seen(66, 40, 80), Word("attention", "strong")),  # both borders: the nearer one
        (seen(53, 40, 80), Word("attention", "problem")),
        (seen(70), Word("strong")),
    ],
)
def test_the_word_follows_the_cuts_and_tells_the_border(index: Estimate, word: Word) -> None:
    assert word_of(index, CUTS) == word


def test_an_index_below_every_class_is_refused() -> None:
    with pytest.raises(ValueError, match="no class"):
        word_of(seen(10), (Cut("strong", 70),))


@pytest.mark.parametrize(
    ("first", "second", "differ"),
    [
        (seen(82, 77, 87), seen(55, 51, 59), True),
        (seen(82, 60, 99), seen(55, 50, 61), False),  # intervals touch
        (seen(72, 70, 74), seen(56, 54, 58), False),  # 16 points are not far enough
        (seen(72, 70, 74), seen(55, 54, 58), True),  # 17 are
        (seen(90), seen(50, 48, 52), False),  # a declaration has no interval to be apart
    ],
)
def test_views_differ_only_far_and_apart(first: Estimate, second: Estimate, differ: bool) -> None:
    assert bool(views_apart([first, second])) is differ


def test_pairs_name_the_higher_view_first_whoever_stands_first() -> None:
    assert views_apart([seen(30, 28, 32), None, seen(80, 78, 82)]) == ((2, 0),)


def test_a_declaration_is_told_where_it_lies_outside_a_group() -> None:
    assert beyond(seen(90), seen(50, 45, 55))
    assert not beyond(seen(60), seen(50, 45, 55))
    assert not beyond(seen(90), seen(50, 5, 95))


@pytest.mark.parametrize(
    ("own", "test", "band", "word"),
    [
        (80.0, 50.0, Interval(40, 62), SelfView.HIGHER),
        (40.0, 75.0, Interval(66, 84), SelfView.STRICTER),
        (60.0, 50.0, Interval(40, 59), SelfView.ALIKE),  # 10 points are not much
        (66.0, 50.0, Interval(30, 70), SelfView.ALIKE),  # far, yet inside the error of the test
        (65.0, 50.0, Interval(40, 62), SelfView.HIGHER),  # exactly 15
        (None, 50.0, Interval(40, 62), SelfView.UNKNOWN),
        (80.0, 50.0, None, SelfView.UNKNOWN),
    ],
)
def test_much_is_both_far_and_outside_the_error_of_the_test(
    own: float | None, test: float, band: Interval | None, word: SelfView
) -> None:
    assert self_view(own, test, band) is word
