"""Every key of the test of functional literacy that can be computed is computed again."""

from __future__ import annotations

import math
from fractions import Fraction

from instruments.bundled import bundled
from instruments.keys import NumberKey

KEYS = bundled("scoring")["test.flit"].items


def test_tins_of_paint() -> None:
    kilograms = Fraction(2 * 110, 6)
    assert KEYS["F03"].key == NumberKey(value=math.ceil(kilograms / Fraction("2.5")))
    assert math.floor(kilograms / Fraction("2.5")) == 14
    assert math.ceil(Fraction(110, 6) / Fraction("2.5")) == 8


def test_the_card_gives_more_than_the_coupon() -> None:
    assert Fraction(15, 100) * 2400 == 360


def test_the_mean_of_the_way_does_not_save_from_being_late() -> None:
    minutes = [12, 15, 18, 35]
    assert Fraction(sum(minutes), len(minutes)) == 20
    assert max(minutes) > 20


def test_prices_in_the_tasks_about_money() -> None:
    assert 12 * 1700 == 20_400
    assert 24 * 900 == 21_600
    assert Fraction(300 * 100, 250) == 120
