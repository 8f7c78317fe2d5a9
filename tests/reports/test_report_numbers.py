from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.contents.common import Interval
from reports.tables import Column, Kind, Table, text
from reports.wording import numbers
from reports.wording.words import Words, russian_form

WORDS = Words()


@pytest.mark.parametrize(
    ("value", "decimals", "printed"),
    [
        (14.5, 1, "14,5"),
        (-3.2, 1, "−3,2"),
        (2.675, 2, "2,68"),
        (0.5, 0, "1"),
        (-0.04, 1, "0,0"),
        (1234567, 0, "1\u00a0234\u00a0567"),
        (None, 1, "–"),
    ],
)
def test_a_number_is_printed_the_russian_way(value: Any, decimals: int, printed: str) -> None:
    assert numbers.number(value, WORDS, decimals) == printed


@pytest.mark.parametrize(("value", "printed"), [(14.5, "+14,5"), (-3.2, "−3,2"), (0, "0,0"), (0.04, "0,0")])
def test_a_change_shows_its_sign_and_zero_none(value: Any, printed: str) -> None:
    assert numbers.signed(value, WORDS) == printed


@pytest.mark.parametrize(("value", "printed"), [(6, "6"), (6.5, "6,5"), (0.25, "0,25"), (100.0, "100")])
def test_points_and_hours_have_no_idle_decimals(value: Any, printed: str) -> None:
    assert numbers.compact(value, WORDS) == printed


@given(st.integers(-10_000, 10_000), st.integers(0, 2))
def test_a_printed_number_reads_back_as_the_rounded_one(tenths: int, decimals: int) -> None:
    value = tenths / 8
    printed = numbers.number(value, WORDS, decimals)
    read = float(printed.replace("−", "-").replace("\u00a0", "").replace(",", "."))
    assert read == pytest.approx(float(numbers.rounded(value, decimals)))
    assert abs(read - value) <= 0.5 * 10**-decimals + 1e-9


def test_dates_never_break_between_day_and_month() -> None:
    assert numbers.long_date(date(2026, 11, 22), WORDS) == "22\u00a0ноября\u00a02026\u00a0г."
    assert numbers.month(date(2027, 4, 1), WORDS) == "апрель\u00a02027\u00a0г."


@pytest.mark.parametrize(
    ("n", "form"),
    [
        (0, "many"),
        (1, "one"),
        (2, "few"),
        (5, "many"),
        (11, "many"),
        (12, "many"),
        (21, "one"),
        (22, "few"),
        (111, "many"),
    ],
)
def test_counted_nouns_follow_the_russian_rule(n: int, form: str) -> None:
    assert russian_form(n, "one", "few", "many") == form


@pytest.mark.parametrize(
    ("title", "inside"),
    [("Анализ результатов ВПР", "анализ результатов ВПР"), ("ВПР и разбор", "ВПР и разбор"), ("Я", "Я")],
)
def test_a_title_inside_a_sentence_keeps_its_abbreviations(title: str, inside: str) -> None:
    assert numbers.inside(title) == inside


@pytest.mark.parametrize(
    ("value", "column", "printed"),
    [
        (57.4, Column("%", Kind.PERCENT), "57\u00a0%"),
        (Interval(-5.2, 9.7), Column("", Kind.INTERVAL, 1), "от\u00a0−5,2\u00a0до\u00a09,7"),
        (None, Column("", Kind.COUNT, empty="скрыто: меньше 5"), "скрыто: меньше 5"),
        (date(2026, 11, 2), Column("", Kind.DATE), "02.11.2026"),
        (0, Column("", Kind.COUNT), "0"),
    ],
)
def test_a_cell_is_printed_by_the_kind_of_its_column(value: Any, column: Column, printed: str) -> None:
    assert text(value, column, WORDS) == printed


def test_a_table_refuses_a_row_of_another_length() -> None:
    with pytest.raises(ValueError, match="1 cells for 2 columns"):
        Table("т", (Column("а"), Column("б")), (("один",),))
