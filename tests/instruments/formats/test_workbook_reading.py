"""What a methodologist's workbook says, and where its mistakes are told."""

from __future__ import annotations

import datetime as dt

import pytest

from instruments.document import MultipleItem, SingleItem
from instruments.formats.arrived import Read
from instruments.formats.workbook import read_workbook
from tests.instruments.formats.books import HEADER, SOUND, book


def read(content: bytes) -> Read:
    return read_workbook("Работа.xlsx", content)


def told(read: Read) -> set[tuple[str, str]]:
    return {(problem.where, problem.code) for problem in read.problems}


def key_of(read: Read, code: str) -> object:
    assert read.scoring
    return read.scoring.items[code].key


def test_a_row_is_an_item_with_its_options_and_its_key() -> None:
    found = read(book(SOUND))
    assert found.instrument
    assert found.scoring
    item = found.instrument.item("M01")
    assert isinstance(item, SingleItem)
    assert [(option.code, option.text["ru"]) for option in item.options] == [
        ("a", "Это"),
        ("b", "То"),
        ("c", "Иное"),
    ]
    entry = found.scoring.items["M01"]
    assert (entry.key, entry.points, dict(entry.competences)) == ("b", 1, {"METH.3": 1})
    assert found.instrument.form("A").item_codes == ("M01",)


@pytest.mark.parametrize(
    ("said", "key"),
    [("Б", "b"), ("б)", "b"), ("b", "b"), (" Б ", "b"), ("C", "c"), ("a", "a")],
)
def test_a_key_is_a_letter_of_the_column_or_the_code_of_the_option(said: str, key: str) -> None:
    assert key_of(read(book((*SOUND[:6], said, *SOUND[7:]))), "M01") == key


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("Ж", "key_letter_unknown"),
        ("B", "key_letter_latin"),
        ("А, Б", "key_wrong_shape"),
    ],
)
def test_a_key_that_names_no_option_is_told_at_its_cell(said: str, code: str) -> None:
    found = read(book((*SOUND[:6], said, *SOUND[7:])))
    assert ("Вопросы, строка 2, столбец „Ключ“", code) in told(found)
    assert found.instrument
    assert found.instrument.item("M01")


@pytest.mark.parametrize("said", ["А, В", "А;В", "АВ", "a c", "А\nВ"])
def test_several_right_options_are_a_list(said: str) -> None:
    found = read(book(("M01", "несколько ответов", *SOUND[2:6], said, "1,5", "METH.3")))
    assert isinstance(found.instrument and found.instrument.item("M01"), MultipleItem)
    assert key_of(found, "M01") == ("a", "c")
    assert found.scoring
    assert found.scoring.items["M01"].points == 1.5


def test_a_competence_is_named_by_its_code_or_by_its_title() -> None:
    from instruments.bundled import bundled

    title = bundled("framework")["dpo"].node("METH.3").title["ru"]
    found = read(book((*SOUND[:8], title.upper())))
    assert found.scoring
    assert dict(found.scoring.items["M01"].competences) == {"METH.3": 1}


def test_rows_without_a_code_get_new_ones_and_are_told() -> None:
    found = read(book((None, *SOUND[1:]), ("Q01", *SOUND[1:])))
    assert found.rows == {"Q02": 2, "Q01": 3}
    assert found.given == {"Q02"}
    assert ("Вопросы", "codes_given") in told(found)


def test_a_code_that_stands_twice_is_told_and_no_row_is_lost() -> None:
    found = read(book(SOUND, SOUND))
    assert ("Вопросы, строка 3, столбец „Код“", "code_taken") in told(found)
    assert found.instrument
    assert len(found.instrument.items) == 2


def test_a_russian_letter_in_a_code_is_told() -> None:
    found = read(book(("М01", *SOUND[1:])))
    assert ("Вопросы, строка 2, столбец „Код“", "code_wrong") in told(found)


def test_the_order_of_the_columns_does_not_matter() -> None:
    turned = book(tuple(reversed(SOUND)), header=tuple(reversed(HEADER)))
    assert read(turned).instrument == read(book(SOUND)).instrument


def test_columns_doubled_unknown_and_nameless_are_told() -> None:
    header = (*HEADER, "Ключ", "Цвет", None)
    found = read(book((*SOUND, "А", "синий", "что-то"), header=header))
    assert {
        ("Вопросы, строка 1, столбец „Ключ“", "column_doubled"),
        ("Вопросы, строка 1, столбец „Цвет“", "column_unknown"),
        ("Вопросы, строка 2, столбец „L“", "column_nameless"),
    } <= told(found)
    assert key_of(found, "M01") == "b"


def test_formulas_dates_and_errors_of_cells_are_told_and_not_used() -> None:

    rows = (
        (*SOUND[:7], "=1+1", "METH.3"),
        ("M02", *SOUND[1:8], dt.date(2026, 3, 2)),
        ("M03", *SOUND[1:6], "#REF!", 1, "METH.3"),
    )
    found = read(book(*rows))
    assert {
        ("Вопросы, строка 2, столбец „Баллы“", "formula_ignored"),
        ("Вопросы, строка 3, столбец „Компетенция“", "cell_date"),
        ("Вопросы, строка 4, столбец „Ключ“", "cell_error"),
    } <= told(found)


def test_merged_cells_are_told_with_their_range() -> None:
    content = book(SOUND, ("M02", *SOUND[1:]), change=lambda made: made["Вопросы"].merge_cells("B2:B3"))
    assert ("Вопросы, строка 2, столбец „B“", "cells_merged") in told(read(content))


def test_all_mistakes_are_told_at_once() -> None:
    found = read(book((*SOUND[:6], "Ж", "два", "НЕТ.1"), ("M02", "загадка", *SOUND[2:])))
    assert {
        ("Вопросы, строка 2, столбец „Ключ“", "key_letter_unknown"),
        ("Вопросы, строка 2, столбец „Баллы“", "number_wrong"),
        ("Вопросы, строка 2, столбец „Компетенция“", "competence_not_found"),
        ("Вопросы, строка 3, столбец „Тип“", "type_unknown"),
    } <= told(found)


def test_settings_are_read_from_their_sheet() -> None:
    settings = [
        ("Настройка", "Значение"),
        ("Название", "Методика"),
        ("Название (en)", "Method"),
        ("Минут", 25),
        ("Кто отвечает", "учитель"),
        ("Языки", "ru, en"),
        ("Результат сообщается по", "METH"),
    ]
    found = read(book(SOUND, more={"Настройки": settings}))
    assert found.instrument
    assert found.scoring
    assert dict(found.instrument.title) == {"ru": "Методика", "en": "Method"}
    assert (found.instrument.minutes, found.instrument.languages) == (25, ("ru", "en"))
    assert found.scoring.blocks == ("METH",)


def test_a_wrong_setting_is_told_and_the_default_stands() -> None:
    found = read(book(SOUND, more={"Настройки": [("Минут", "сорок"), ("Год", 12), ("Цвет", "синий")]}))
    assert {
        ("Настройки, строка 1, столбец „Минут“", "number_wrong"),
        ("Настройки, строка 2, столбец „Год“", "value_out_of_range"),
        ("Настройки, строка 3, столбец „Цвет“", "setting_unknown"),
    } <= told(found)
    assert found.instrument
    assert found.instrument.minutes == 40


def test_options_of_the_second_sheet_bring_mistakes_and_the_right_one() -> None:
    parts = [
        ("Задание", "Код", "Текст", "Верный", "Ошибка за этим вариантом"),
        ("M01", "А", "Это", None, "Торопится"),
        (None, "Б", "То", "да", None),
        ("НЕТ", "А", "Ничьё", None, None),
    ]
    found = read(
        book(
            ("M01", "один ответ", "Что делать?", None, None, None, None, 1, "METH.3"),
            more={"Варианты": parts},
        )
    )
    assert key_of(found, "M01") == "b"
    assert found.scoring
    assert dict(found.scoring.items["M01"].mistakes["a"]) == {"ru": "Торопится"}
    assert ("Варианты, строка 4, столбец „Задание“", "part_of_nothing") in told(found)


def test_a_workbook_without_questions_is_refused() -> None:
    assert [problem.code for problem in read(book(header=("Имя", "Почта"))).problems] == ["header_missing"]


def test_a_value_that_the_type_has_no_use_for_is_told_and_left_out() -> None:
    found = read(book((*SOUND, 2), header=(*HEADER, "Сколько выбрать")))
    assert ("Вопросы, строка 2, столбец „Сколько выбрать“", "field_not_for_type") in told(found)
    assert found.instrument
    assert found.instrument.item("M01")
