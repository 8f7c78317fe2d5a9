from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime

import pytest
from flask import Flask
from flask_babel import Babel, force_locale
from hypothesis import given
from hypothesis import strategies as st

from diagnostics.web.table_cells import table_of, value_of
from diagnostics.web.words import day, number, percent, short_day
from reports.tables import Kind, Table

PAGES = Flask(__name__)
Babel(PAGES)
HEAD = '<th>ФИО</th><th class="number">Баллы</th><th>Когда</th>'


@contextmanager
def speaking(language: str) -> Iterator[None]:
    with PAGES.test_request_context(), force_locale(language):
        yield


def read(*rows: str, head: str = HEAD) -> Table:
    body = "".join(f"<tr>{row}</tr>" for row in rows)
    return table_of(
        f"<table><caption>Люди</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )


def test_numbers_and_days_are_what_they_are_and_texts_are_texts() -> None:
    found = read(
        "<td>Анна</td><td>1 234,5</td><td>22.11.2026</td>",
        "<td>Пётр</td><td>–</td><td>22 ноября 2026 г., 14:05</td>",
    )
    assert found.title == "Люди"
    assert found.rows == (
        ("Анна", 1234.5, date(2026, 11, 22)),
        ("Пётр", "–", datetime(2026, 11, 22, 14, 5)),  # noqa: DTZ001 - a wall clock
    )
    assert (found.columns[1].kind, found.columns[1].decimals) == (Kind.NUMBER, 1)


@pytest.mark.parametrize(
    ("cells", "values", "kind"),
    [
        (("62 %", "7,5 %"), (62.0, 7.5), Kind.PERCENT),
        (("62 %", "7"), ("62 %", "7"), Kind.TEXT),
        (("+3", "−2"), (3.0, -2.0), Kind.CHANGE),
        (("12 МБ", "нет"), ("12 МБ", "нет"), Kind.TEXT),
        (("5 из 7", "3"), ("5 из 7", 3.0), Kind.NUMBER),
        (("меньше 5", "12"), ("меньше 5", 12.0), Kind.NUMBER),
    ],
)
def test_a_column_of_numbers_keeps_the_words_that_stand_among_them(
    cells: tuple[str, ...], values: tuple[object, ...], kind: Kind
) -> None:
    found = read(*(f"<td>{one}</td>" for one in cells), head='<th class="number">Доля</th>')
    assert tuple(row[0] for row in found.rows) == values
    assert found.columns[0].kind is kind


def test_a_code_is_no_number() -> None:
    assert read("<td>001012</td>", head="<th>Код</th>").rows == (("001012",),)


@pytest.mark.parametrize(
    "head",
    ['<th><span class="visually-hidden">Отметить</span></th>', '<th data-excel="no">Сделать файл</th>'],
)
def test_what_only_a_screen_needs_is_left_out(head: str) -> None:
    found = read("<td><button>Да</button></td><td>Анна</td>", head=f"{head}<th>ФИО</th>")
    assert [column.title for column in found.columns] == ["ФИО"]
    assert found.rows == (("Анна",),)


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ('<a href="/x">Анна</a><span class="second">Школа № 1</span>', "Анна\nШкола № 1"),
        ('<label><input type="checkbox"> Анна</label>', "Анна"),
        ("Анна<br>  Петровна  ", "Анна\nПетровна"),
        ("<div><p>раз</p><p>два</p></div>", "раз\nдва"),
        ('<svg><title>рисунок</title></svg><span class="visually-hidden">половина</span>', "половина"),
        ('Открыть<span class="visually-hidden">: Анна</span>', "Открыть"),
        ("&lt;b&gt; &amp; =1+1", "<b> & =1+1"),
        ('<form><input name="x" value="тайна"><select><option>Да</select></form>', ""),
    ],
)
def test_a_cell_says_what_is_seen(cell: str, text: str) -> None:
    assert read(f"<td>{cell}</td>", head="<th>Что</th>").rows == ((text,),)


def test_a_title_over_all_columns_stands_in_the_first_kept_one() -> None:
    hidden = '<th><span class="visually-hidden">Отметить</span></th>'
    found = read('<th colspan="3">Просрочено</th>', head=f"{hidden}<th>ФИО</th><th>Школа</th>")
    assert found.rows == (("Просрочено", ""),)


def test_words_instead_of_rows_are_no_row() -> None:
    assert read('<td class="table-none" colspan="3">Никого</td>').rows == ()


@pytest.mark.parametrize(
    "text", ["31.02.2026", "00.00.0000", "5 мартобря 2026 г.", "22.11.1899", "22.11.2026, 25:99"]
)
def test_a_day_that_never_was_stays_a_text(text: str) -> None:
    assert value_of(text) == text


@pytest.mark.parametrize("language", ["ru", "en"])
@given(told=st.dates(min_value=date(1900, 1, 1), max_value=date(9999, 12, 31)))
def test_every_day_that_the_filters_write_is_read_back(language: str, told: date) -> None:
    with speaking(language):
        assert value_of(" ".join(day(told).split())) == told
        assert value_of(short_day(told)) == told


@pytest.mark.parametrize("language", ["ru", "en"])
@given(value=st.floats(min_value=-1e9, max_value=1e9, allow_nan=False), digits=st.integers(0, 3))
def test_every_number_that_the_filters_write_is_read_back(language: str, value: float, digits: int) -> None:
    with speaking(language):
        for words in (number(value, digits), percent(value, digits)):
            found = read(f"<td>{words}</td>", head='<th class="number">Число</th>').rows[0][0]
            assert isinstance(found, float)
            assert found == pytest.approx(round(value, digits), abs=10**-digits)


@given(html=st.text(alphabet="<>/trhdcapionbsv =\"'&;1а", max_size=200))
def test_no_markup_breaks_the_reading(html: str) -> None:
    table_of(html)
