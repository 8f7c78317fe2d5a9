"""Every key of the mathematics test that can be computed is computed again, apart from its author."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import combinations, product

import pytest

from instruments.bundled import bundled
from instruments.item_models import MatchingItem, MultipleItem, NumberItem, SingleItem
from instruments.keys import NumberKey

WORK, KEYS = bundled("instrument")["test.math59"], bundled("scoring")["test.math59"].items


def number(words: str) -> Fraction:
    """The one number of an option: «0,5 км²», «x = −4», «3/5»."""
    found = re.findall(r"[−-]?\d+(?:[.,/]\d+)?", words.replace("км²", ""))
    assert len(found) == 1, words
    return Fraction(found[0].replace("−", "-").replace(",", "."))


def options(code: str) -> dict[str, str]:
    item = WORK.item(code)
    assert isinstance(item, SingleItem | MultipleItem | MatchingItem)
    return {option.code: option.text["ru"] for option in item.options}


def right(code: str, holds: Callable[[Fraction], bool]) -> list[str]:
    """Codes of the options whose number is an answer."""
    return [option for option, words in options(code).items() if holds(number(words))]


def keyed_number(code: str) -> float:
    key = KEYS[code].key
    assert isinstance(key, NumberKey)
    assert isinstance(WORK.item(code), NumberItem)
    assert key.tolerance == 0
    return key.value


def test_every_number_key_is_computed_here() -> None:
    numeric = {code for code, entry in KEYS.items() if isinstance(entry.key, NumberKey)}
    assert numeric == {"S02", "S07", "S11", "E04"}


# S01


def test_the_inequality_fails_for_negative_numbers_only() -> None:
    values = [Fraction(n, 7) for n in range(-70, 71) if n]
    assert {a > 0 for a in values if a + 1 / a >= 2} == {True}
    assert {a > 0 for a in values if a + 1 / a < 2} == {False}


# S02


def roots(a: int) -> int:
    """How many real roots (a − 2)x² − 6x + 3 = 0 has."""
    if a == 2:
        return 1
    discriminant = 36 - 12 * (a - 2)
    return 0 if discriminant < 0 else 1 if discriminant == 0 else 2


def test_the_parameter() -> None:
    assert sum(a for a in range(-1000, 1001) if roots(a) == 1) == keyed_number("S02")
    # no value between whole numbers: the discriminant is linear in a with the one zero found
    assert Fraction(36, 12) + 2 == 5


# S03


def test_two_balls_out_of_a_box() -> None:
    pairs = list(combinations("wwwbb", 2))
    chance = Fraction(sum(first != second for first, second in pairs), len(pairs))
    assert right("S03", lambda value: value == chance) == [KEYS["S03"].key]


def test_wrong_chances_are_the_mistakes_they_are_named_after() -> None:
    said = {code: number(words) for code, words in options("S03").items()}
    assert said["b"] == 2 * Fraction(3, 5) * Fraction(2, 5)
    assert said["c"] == Fraction(3, 5) * Fraction(2, 4)


# S04


def test_statements_about_irrational_numbers_fall_by_the_named_examples() -> None:
    root = math.sqrt(2)
    assert root + -root == 0
    assert math.isclose((1 + root) ** 2, 3 + 2 * root)
    assert Fraction(1, 3) * 3 == 1
    for low, high in product([Fraction(n, 9) for n in range(-9, 9)], repeat=2):
        if low < high:
            assert low < low + (high - low) / root < high


# S05


def test_each_idea_gives_the_mistake_it_is_matched_with() -> None:
    assert KEYS["S05"].key == {"p1": "b", "p2": "d", "p3": "a", "p4": "c"}
    assert int("35") > int("4")
    assert Fraction("0.35") < Fraction("0.4")
    assert math.sqrt(9) + math.sqrt(16) == 3 + 4 != math.sqrt(9 + 16)
    assert (-3) ** 2 == 9 != -(3**2)
    assert -3 * 2 != 9  # «степень — это произведение» does not lead to 9


# S06, S10


def sides(points: list[tuple[float, float]]) -> list[float]:
    return [math.dist(points[i], points[(i + 1) % 4]) for i in range(4)]


def diagonals(points: list[tuple[float, float]]) -> tuple[complex, complex]:
    a, b, c, d = (complex(*point) for point in points)
    return c - a, d - b


def equal_and_perpendicular(points: list[tuple[float, float]]) -> bool:
    first, second = diagonals(points)
    return math.isclose(abs(first), abs(second)) and abs((first * second.conjugate()).real) < 1e-9


RHOMBUS = [(3.0, 0.0), (0.0, 4.0), (-3.0, 0.0), (0.0, -4.0)]
#: Bases 4 and 2: the height 3 is their mean.
TRAPEZIUM = [(-2.0, 0.0), (2.0, 0.0), (1.0, 3.0), (-1.0, 3.0)]
RECTANGLE = [(0.0, 0.0), (3.0, 0.0), (3.0, 4.0), (0.0, 4.0)]


def test_only_the_trapezium_keeps_the_condition_and_breaks_the_conclusion() -> None:
    turned = [(1.0, 0.0), (0.0, 1.0), (-1.0, 0.0), (0.0, -1.0)]
    held = [equal_and_perpendicular(points) for points in (RHOMBUS, TRAPEZIUM, RECTANGLE, turned)]
    assert held == [False, True, False, True]
    assert sides(RHOMBUS) == [5] * 4
    assert len({round(side, 9) for side in sides(TRAPEZIUM)}) > 1
    assert len({round(side, 9) for side in sides(turned)}) == 1
    assert "трапеция" in options("S06")[str(KEYS["S06"].key)]


def perpendicular_and_one_bisected(points: list[tuple[float, float]]) -> bool:
    a, b, c, d = (complex(*point) for point in points)
    first, second = diagonals(points)
    perpendicular = abs((first * second.conjugate()).real) < 1e-9
    # the middle of one diagonal lies on the line of the other
    bisected = any(
        abs(((middle - start) * along.conjugate()).imag) < 1e-9
        for middle, start, along in (((b + d) / 2, a, first), ((a + c) / 2, b, second))
    )
    return perpendicular and bisected


def test_only_the_kite_keeps_the_condition_and_is_no_rhombus() -> None:
    kite = [(0.0, math.sqrt(4 - 2.25)), (1.5, 0.0), (0.0, -math.sqrt(25 - 2.25)), (-1.5, 0.0)]
    assert [round(side, 9) for side in sides(kite)] == [2, 5, 5, 2]
    right_angled = [(0.0, 0.0), (4.0, 0.0), (1.0, 2.0), (0.0, 2.0)]
    first, second = diagonals(right_angled)
    assert (first * second.conjugate()).real == 0
    held = [perpendicular_and_one_bisected(points) for points in (RHOMBUS, right_angled, RECTANGLE, kite)]
    assert held == [True, False, False, True]
    assert "2, 2, 5 и 5" in options("S10")[str(KEYS["S10"].key)]


# S07, S11


@pytest.mark.parametrize(("code", "first", "second"), [("S07", 5, 12), ("S11", 3, 10)])
def test_the_area_from_the_two_parts_of_the_hypotenuse(code: str, first: int, second: int) -> None:
    assert f"отрезки {first} и {second}" in WORK.item(code).text["ru"]
    triangles = [
        (a, b) for a, b in product(range(1, 100), repeat=2) if a * a + b * b == (first + second) ** 2
    ]
    areas = {Fraction(a * b, 2) for a, b in triangles if a - (a + b - first - second) // 2 == first}
    assert areas == {keyed_number(code)}


# S08, S12


@pytest.mark.parametrize(("code", "scale", "cm2"), [("S08", 25_000, 8), ("S12", 50_000, 6)])
def test_the_area_on_the_ground(code: str, scale: int, cm2: int) -> None:
    km = Fraction(scale, 100_000)
    assert right(code, lambda value: value == cm2 * km**2) == [KEYS[code].key]
    wrong = {number(words) for option, words in options(code).items() if option != KEYS[code].key}
    assert wrong == {cm2 * km, cm2**2 * km, cm2 * km**2 * 1000}


# S09, S13


@pytest.mark.parametrize(
    ("code", "left", "holds", "last"),
    [
        ("S09", lambda x: (x + 1) / (x - 2), lambda value: value >= 3, Fraction("3.5")),
        ("S13", lambda x: (2 * x - 1) / (x + 1), lambda value: value <= 1, Fraction(2)),
    ],
)
def test_only_the_key_stands_in_the_pupils_answer_and_breaks_the_inequality(
    code: str,
    left: Callable[[Fraction], Fraction],
    holds: Callable[[Fraction], bool],
    last: Fraction,
) -> None:
    assert right(code, lambda x: x <= last and not holds(left(x))) == [KEYS[code].key]
    assert right(code, lambda x: x > last)  # one option tempts from outside the pupil's answer


# M01, M03, M05, M06, M07, M09, M10


def test_the_sum_cannot_be_less_than_a_summand() -> None:
    assert Fraction(2, 5) < Fraction(1, 2) < Fraction(1, 2) + Fraction(1, 3)


def divisors(n: int) -> Iterator[int]:
    return (k for k in range(2, math.isqrt(n) + 1) if n % k == 0)


def test_the_formula_of_primes_fails_at_forty_first() -> None:
    assert next(n for n in range(1, 100) if any(divisors(n * n + n + 41))) == 40


def test_what_pupils_are_asked_to_compute_shows_them_the_mistake() -> None:
    assert all((a + 4) ** 2 == a**2 + 16 + 2 * 4 * a != a**2 + 16 for a in range(1, 9))
    assert [-3 * k for k in (2, 1, 0, -1, -2)] == [-6, -3, 0, 3, 6]
    assert [Fraction(2) ** k for k in (3, 2, 1, 0)] == [8, 4, 2, 1]
    assert [Fraction(6 + 3, 3), 6 + 1] == [3, 7]


def test_the_pupils_root_keeps_the_second_line_and_breaks_the_first() -> None:
    x = Fraction(5 - 7, 3 + 1)
    assert x == Fraction("-0.5")
    assert 3 * x + x == 5 - 7
    assert 3 * x - 7 != x + 5


# E01–E06


def test_kirill_makes_one_mistake() -> None:
    assert Fraction("0.8") * Fraction("1.2") == Fraction("0.96")
    assert 1 - Fraction("0.88") == Fraction("0.12")  # from there on he is right
    assert Fraction("0.2") * Fraction("0.8") == Fraction("0.16")


def test_the_tasks_about_a_linear_function_have_answers() -> None:
    assert -2 * -4 + 3 == 11
    assert -2 * 5 + 3 == -7
    assert Fraction(8 - 2, 3 - 0) == 2
    assert [km for km in (399, 400, 401) if 1200 + 5 * km < 8 * km] == [401]


def test_how_well_the_task_was_solved() -> None:
    marks = [0] * 9 + [1] * 8 + [2] * 8
    assert len(marks) == 25
    assert Fraction(100 * sum(marks), 2 * len(marks)) == keyed_number("E04")
    assert Fraction(100 * sum(mark > 0 for mark in marks), 25) == 64
    assert Fraction(100 * sum(mark == 2 for mark in marks), 25) == 32


def test_the_faulty_tasks_leave_two_answers_open() -> None:
    assert 3 * 60 == 180
    assert {hours < 3 for hours in (Fraction(180, speed) for speed in (60, 90))} == {True, False}
    assert {2 * (8 + side) < 40 for side in (12, 5)} == {True, False}
