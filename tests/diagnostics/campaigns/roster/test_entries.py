"""A sheet becomes people with row numbers, and every mistake is told with its place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnostics.campaigns.roster.entries import Roster, read_roster
from diagnostics.campaigns.roster.mistakes import FileRefused
from diagnostics.campaigns.roster.names import Name, read_full_name, read_name
from tests.support.spreadsheets import workbook

HEAD = "ФИО;Школа;Почта;Телефон\n"


def read(text: str) -> Roster:
    return read_roster(text.encode())


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("Иванов Иван Иванович", ("Иванов", "Иван", "Иванович")),
        ("  ИВАНОВА   АННА  ", ("Иванова", "Анна", "")),
        ("иванова-петрова анна-мария", ("Иванова-Петрова", "Анна-Мария", "")),
        ("Алиев Рашид Мамед оглы", ("Алиев", "Рашид", "Мамед оглы")),
        ("О’Коннор Мэри", ("О’Коннор", "Мэри", "")),
        ("Семёнова Алёна Артёмовна", ("Семёнова", "Алёна", "Артёмовна")),
    ],
)
def test_a_name_in_one_cell_is_taken_apart(cell: str, name: tuple[str, str, str]) -> None:
    assert read_full_name(cell) == Name(*name)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("Иванов Иван Иванович, Петров Пётр", "two_people"),
        ("Иванов Иван\nПетров Пётр", "two_people"),
        ("Иванов Иван и Петров Пётр", "two_people"),
        ("Иванов Иван Иванович Петров Пётр Петрович", "two_people"),
        ("Иванов Иван Иванович Петрович", "name_unclear"),
        ("Иванов", "name_incomplete"),
        ("", "name_incomplete"),
        ("Иванов И. И.", "name_initials"),
        ("Иванов И.И.", "name_initials"),
        ("Иванов Иван 2", "name_unclear"),
        ("=1+1", "name_incomplete"),
        ("=1+1 Иван", "name_unclear"),
        ("<b>Иванов</b> Иван", "two_people"),
        ("Ив@нов Иван", "name_unclear"),
        ("И" * 61 + " Иван", "name_unclear"),
    ],
)
def test_a_cell_that_is_no_name_says_why(cell: str, code: str) -> None:
    assert read_full_name(cell) == code


@given(st.text(max_size=80))
def test_any_cell_is_a_name_or_a_code(cell: str) -> None:
    found = read_full_name(cell)
    if isinstance(found, Name):
        assert found.surname
        assert read_name(*found) == found
    else:
        assert found in {"two_people", "name_incomplete", "name_initials", "name_unclear"}


@pytest.mark.parametrize(
    "header",
    [
        "ФИО;Школа",
        "Школа;Ф.И.О.",
        "№;фио учителя;Наименование ОО",
        "ФАМИЛИЯ;Имя;Отчество;Код ОО",
        "Педагог;Место работы",
    ],
)
def test_the_header_is_known_in_any_order_and_by_many_names(header: str) -> None:
    width = header.count(";")
    roster = read(f"{header}\n{';'.join(['Иванова Анна'] * (width + 1))}")
    assert roster.rows == 1


def test_titles_above_the_header_are_passed_over() -> None:
    roster = read("Список учителей;;\nна 1 сентября;;\n;;\nШкола;ФИО;Предмет\nШкола № 1;Иванова Анна;химия")
    (one,) = roster.entries
    assert (one.row, one.name.surname, one.school, one.subject) == (5, "Иванова", "Школа № 1", "химия")


def test_the_sheet_of_explanations_before_the_list_is_passed_over() -> None:
    book = workbook([("О документе",), ("просто слова",)], [("ФИО", "Школа"), ("Иванова Анна", "Школа № 1")])
    assert [one.name.full for one in read_roster(book).entries] == ["Иванова Анна"]


@pytest.mark.parametrize(
    ("text", "code", "parameters"),
    [
        ("просто;слова\nещё;слова", "header_missing", {}),
        ("ФИО;Почта\nИванова Анна;a@b.ru", "columns_missing", {"columns": "Школа"}),
        ("Школа;Почта\nШкола;a@b.ru", "columns_missing", {"columns": "ФИО"}),
        ("ФИО;Школа;фио\nа;б;в", "column_doubled", {"column": "ФИО"}),
    ],
)
def test_a_wrong_header_refuses_the_file(text: str, code: str, parameters: dict[str, str]) -> None:
    with pytest.raises(FileRefused) as refused:
        read(text)
    assert (refused.value.code, refused.value.parameters) == (code, parameters)


@pytest.mark.parametrize(
    ("row", "column", "code"),
    [
        ("Иванова Анна;;;", "school", "school_empty"),
        ("Иванова Анна;Школа;a@;", "email", "email_bad"),
        ('Иванова Анна;Школа;"a@b.ru\r\nBcc:c@d.ru";', "email", "email_bad"),
        ("Иванова Анна;Школа;a@b.ru;12", "phone", "phone_bad"),
        ("Иванова;Школа;;", "full_name", "name_incomplete"),
        ("Иванова Анна;Шко\u200bла;;", "school", "cell_bad_character"),
        ("Иванова Анна;" + "Ш" * 201 + ";;", "school", "text_too_long"),
        ("Иванова Анна;Школа;;;лишнее", "", "row_too_long"),
    ],
)
def test_a_bad_row_is_told_with_its_number_and_column(row: str, column: str, code: str) -> None:
    roster = read(f"{HEAD}Петров Пётр;Школа № 1;;\n{row}")
    assert [(one.row, one.column, one.code) for one in roster.mistakes] == [(3, column, code)]
    assert len(roster.entries) == 1


def test_all_mistakes_of_a_row_are_told() -> None:
    roster = read(f"{HEAD}Иванова;;a@;12")
    assert {one.code for one in roster.mistakes} == {
        "name_incomplete",
        "school_empty",
        "email_bad",
        "phone_bad",
    }


def test_a_short_row_lacks_only_what_is_optional() -> None:
    assert [one.email for one in read(f"{HEAD}Иванова Анна;Школа").entries] == [None]


def test_doubles_name_the_first_row() -> None:
    roster = read(
        f"{HEAD}Иванова Алёна;Школа № 1;;\nИВАНОВА АЛЕНА;школа №1;;\nПетров Пётр;Школа № 1;a@b.ru;\nКим Лев;Школа № 1;A@b.ru;"
    )
    assert [(one.row, one.code, one.parameters["first"]) for one in roster.mistakes] == [
        (3, "double", 2),
        (5, "email_repeated", 4),
    ]


def test_a_role_column_is_told_and_grants_nothing() -> None:
    roster = read("ФИО;Школа;Роль;Заметки\nИванова Анна;Школа;admin;x")
    assert {one.code for one in roster.remarks} == {"role_ignored", "columns_unused"}
    assert not hasattr(roster.entries[0], "role")
