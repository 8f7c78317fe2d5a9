"""Words, tables and the curve of a work's quality."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reports.charts.information_curve import NARROW, information_curve
from reports.contents.common import Interval
from reports.contents.quality import (
    BlockQuality,
    CutPoint,
    CutQuality,
    FormQuality,
    Information,
    ItemBetween,
    PlaceComparison,
    Places,
)
from reports.tabulate import quality as tabulated
from reports.wording import quality as said
from reports.wording.words import Words

CUT = CutQuality(
    lower=60, accuracy=0.81, consistency=0.74, false_low=0.1, false_high=0.09, more=12, sem=14.96
)
BLOCK = BlockQuality(code="METH", title="Методика", n=90, n_items=8, alpha=0.62, cuts=(CUT,), reason=None)
FORM = FormQuality(
    form="A", title="А", n=92, n_complete=90, n_items=8,
    alpha=0.62, alpha_interval=Interval(0.49, 0.73), alpha_reason=None,
    omega=None, omega_interval=None, omega_reason="mixed_signs",
    sem=13.6, goal=0.85, least=30, blocks=(BLOCK,),
)  # fmt: skip


def point(percent: float, theta: float, information: float) -> CutPoint:
    return CutPoint(percent=percent, theta=theta, information=information, se=information**-0.5, sem=9.0)


CURVE = Information(
    persons=90, provisional=True, n_items=8, n_left_out=0,
    points=(point(10, -2, 0.5), point(40, -0.5, 1.6), point(60, 0.5, 2.0), point(90, 2, 0.6)),
    cuts=(point(60, 0.5, 2.0), point(80, 1.5, 1.1)),
)  # fmt: skip


def item(
    code: str,
    delta: float | None,
    low: float,
    high: float,
    letter: str | None = None,
    rise: str | None = None,
) -> ItemBetween:
    return ItemBetween(
        code=code, title=f"Задание {code}", delta=delta,
        interval=None if delta is None else Interval(low, high), shares=-6.4, letter=letter,
        rise=0.012, p_uneven=0.4, rise_letter=rise,
    )  # fmt: skip


def compared(*items: ItemBetween, people: int = 120) -> PlaceComparison:
    return PlaceComparison(place="Первый район", other="", n_here=people, n_there=people, items=items)


PLACES = Places(comparisons=(), left_out=0, least=10, lettered=100, partial=0)


@pytest.mark.parametrize(
    ("more", "accuracy", "expected"),
    [
        (0, 0.9, "хватает"),
        (1, 0.8, "ещё 1 задание"),
        (3, 0.8, "ещё 3 задания"),
        (12, 0.8, "ещё 12 заданий"),
        (4, 0.86, "на грани: ещё 4 задания для запаса"),
        (None, 0.6, "такими заданиями не достичь: не хватит и в 20 раз большего числа"),
    ],
)
def test_the_missing_tasks_are_told_in_words(
    more: int | None, accuracy: float, expected: str, words: Words
) -> None:
    assert said.needed(replace(CUT, more=more, accuracy=accuracy), 0.85, words) == expected


def test_the_weakest_border_is_named(words: Words) -> None:
    strong = replace(BLOCK, title="", cuts=(replace(CUT, lower=80, accuracy=0.9),))
    assert said.decisions_lead(replace(FORM, blocks=(strong, BLOCK)), words) == (
        "Слабее всего граница 60\u00a0%: методика, верно отнесены 81\u00a0%."
    )


def test_few_people_are_told_how_many_are_needed(words: Words) -> None:
    few = replace(FORM, n_complete=12, blocks=(replace(BLOCK, cuts=(), reason="too_few_persons"),))
    assert said.decisions_lead(few, words).endswith("целиком работу видели 12 человек, нужно не меньше 30.")
    row = tabulated.decisions_table(few, words).texts(words)[0]
    assert row == ("Методика", "–", "–", "–", "–", "работ меньше 30: вывода о границах нет")


@pytest.mark.parametrize(
    "reason",
    ["too_few_items", "too_few_persons", "constant_items", "not_converged", "improper", "mixed_signs"],
)
def test_every_refusal_of_omega_has_words_of_its_own(reason: str, words: Words) -> None:
    others = {
        said.omega_word(replace(FORM, omega_reason=one), words)
        for one in ("too_few_items", "constant_items", "improper")
        if one != reason
    }
    assert said.omega_word(replace(FORM, omega_reason=reason), words) not in {"", *others}


def test_the_table_of_the_sheet_adds_what_the_page_has_no_room_for(words: Words) -> None:
    short, full = (tabulated.decisions_table(FORM, words, full=one) for one in (False, True))
    assert full.rows[0][: len(short.columns)] == short.rows[0]
    assert full.texts(words)[0][len(short.columns) :] == ("А", "90", "8", "0,62", "10", "9")


def test_silence_about_places_proves_nothing_and_says_so(words: Words) -> None:
    text = said.comparison_lead(compared(item("Q1", 0.3, -0.5, 1.1, "A", "A")), PLACES, words)
    assert "не доказывает" in text
    assert "вывода нет" not in text


def test_below_the_letters_number_it_is_said_that_nothing_is_concluded(words: Words) -> None:
    text = said.comparison_lead(compared(item("Q1", -1.4, -2.5, -0.3), people=40), PLACES, words)
    assert "1 задание решают неодинаково часто" in text
    assert "меньше 100 работ, поэтому вывода нет" in text


def test_tasks_that_stand_out_come_greatest_first_and_the_rest_stay_in_the_sheet(words: Words) -> None:
    one = compared(
        item("Q1", -1.2, -2.0, -0.4, "B", "A"), item("Q2", 0.2, -0.4, 0.8, "A", "A"),
        item("Q3", 2.0, 1.2, 2.8, "C", "B"), item("Q4", None, 0, 0), item("Q5", 0.4, -0.1, 0.9, "A", "B"),
    )  # fmt: skip
    assert [found.code for found in one.apart] == ["Q3", "Q1", "Q5"]
    whole = tabulated.all_between_table(replace(PLACES, comparisons=(one,)), words)
    assert [row[3] for row in whole.rows] == ["Q1", "Q2", "Q3", "Q4", "Q5"]
    assert tabulated.between_table(one, words).rows == tuple(
        (row[4], *row[5:]) for row in (whole.rows[2], whole.rows[0], whole.rows[4])
    )


@pytest.mark.parametrize(
    ("letter", "rise", "expected"),
    [
        (None, None, "оценка без вывода"),
        ("A", "A", "A: разница мала"),
        ("A", "C", "C: разница большая: перечитайте задание"),
        ("B", None, "B: разница умеренная"),
    ],
)
def test_the_graver_letter_of_both_methods_counts(
    letter: str | None, rise: str | None, expected: str, words: Words
) -> None:
    assert said.between_word(item("Q1", 0.3, -0.5, 1.1, letter, rise), words) == expected


def test_the_curve_names_its_peak_and_its_borders(words: Words) -> None:
    chart = information_curve(CURVE, words, ident="curve")
    assert chart.title == "Точнее всего работа различает людей около 60\u00a0%"
    assert "у границы 80\u00a0% погрешность 9,0" in chart.description
    assert chart.svg.count("<circle") == 2
    assert [row[0] for row in chart.table.rows] == ["граница", "граница"]


def test_the_curve_stays_inside_its_frame_on_a_phone(words: Words) -> None:
    chart = information_curve(CURVE, words, ident="curve", width=NARROW)
    for mark in chart.marks:
        for name in ("x", "x1", "x2", "cx"):
            assert 0 <= mark.number(name) <= NARROW
