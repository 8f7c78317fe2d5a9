"""Files of any make become rows of texts, or are refused with a reason."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnostics.campaigns.roster.mistakes import FileRefused
from diagnostics.campaigns.roster.sheets import MOST_COLUMNS, MOST_ROWS, read_sheets
from tests.support.spreadsheets import with_part, workbook

HEAD = ("ФИО", "Школа")
BODY = ("Иванов Иван", "Школа № 1")


def cells(content: bytes) -> list[tuple[str, ...]]:
    return [row for _, row in read_sheets(content)[0].rows]


@pytest.mark.parametrize(
    "content",
    [
        "ФИО;Школа\nИванов Иван;Школа № 1".encode(),
        "\ufeffФИО;Школа\nИванов Иван;Школа № 1".encode(),
        "ФИО;Школа\r\nИванов Иван;Школа № 1".encode("cp1251"),
        "ФИО\tШкола\rИванов Иван\tШкола № 1".encode("utf-16"),
        "ФИО,Школа\nИванов Иван,Школа № 1\n\n,\n".encode(),
        '"ФИО";"Школа"\n"Иванов Иван";"Школа № 1"'.encode(),
        workbook([HEAD, BODY]),
    ],
)
def test_every_usual_way_to_save_a_table_reads_the_same(content: bytes) -> None:
    assert cells(content) == [HEAD, BODY]


def test_rows_keep_the_numbers_of_the_spreadsheet() -> None:
    (sheet,) = read_sheets(workbook([(), HEAD, (None, None), (), BODY]))
    assert [number for number, _ in sheet.rows] == [2, 5]


def test_numbers_in_cells_read_as_people_see_them() -> None:
    assert cells(workbook([(79000000000, 1012.0, 2.5)])) == [("79000000000", "1012", "2.5")]


def test_formulas_are_left_out_and_told() -> None:
    (sheet,) = read_sheets(workbook([HEAD, (("formula", "=1+1"), "Школа № 1")]))
    assert sheet.rows[1][1] == ("", "Школа № 1")
    assert [(one.code, one.parameters["first"]) for one in sheet.remarks] == [("formulas_ignored", "A2")]


def test_a_text_that_looks_like_a_formula_stays_a_text() -> None:
    assert cells(workbook([("=1+1", "+7 900", "-2", "@x")])) == [("=1+1", "+7 900", "-2", "@x")]


def test_links_to_other_books_are_told() -> None:
    book = with_part(workbook([HEAD]), "xl/externalLinks/externalLink1.xml", b"<x/>")
    assert [one.code for one in read_sheets(book)[0].remarks] == ["links_ignored"]


BOMB = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1" t="str">
<v>&b;</v></c></row></sheetData></worksheet>"""


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file_empty"),
        (b" \n ", "file_empty"),
        (b";;\n;;", "file_empty"),
        (workbook([()]), "file_empty"),
        (b"\xd0\xcf\x11\xe0rest", "old_workbook"),
        (b"PK\x03\x04rest", "workbook_broken"),
        (workbook([HEAD])[:-300], "workbook_broken"),
        (with_part(workbook([HEAD]), "xl/vbaProject.bin", b"x"), "macro_workbook"),
        (with_part(workbook([HEAD]), "xl/worksheets/sheet1.xml", BOMB), "workbook_broken"),
        (with_part(workbook([HEAD]), "xl/media/big.bin", b"\0" * (65 * 1024 * 1024)), "sheet_too_big"),
        (workbook([HEAD] * (MOST_ROWS + 1)), "sheet_too_big"),
        (workbook([["x"] * (MOST_COLUMNS + 1)]), "sheet_too_big"),
        (b"x" * 1001, "sheet_too_big"),
        ('ФИО;Школа\n"Иванов;Школа'.encode(), "csv_broken"),
        (b"\x00\x01\x02", "not_a_table"),
        (b"a\x98b\x00", "not_a_table"),
    ],
)
def test_what_is_no_table_is_refused_with_a_reason(content: bytes, code: str) -> None:
    with pytest.raises(FileRefused) as refused:
        read_sheets(content)
    assert refused.value.code == code


def test_a_declared_size_of_a_million_rows_costs_nothing() -> None:
    body = with_part(
        workbook([HEAD]),
        "xl/worksheets/sheet1.xml",
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        '<dimension ref="A1:XFD1048576"/><sheetData><row r="1"><c r="A1" t="str"><v>ФИО</v></c></row></sheetData>'
        "</worksheet>".encode(),
    )
    assert cells(body) == [("ФИО",)]


def test_a_row_far_below_the_data_is_refused() -> None:
    body = with_part(
        workbook([HEAD]),
        "xl/worksheets/sheet1.xml",
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row r="1048576"><c r="A1048576" t="str"><v>x</v></c></row></sheetData></worksheet>',
    )
    with pytest.raises(FileRefused) as refused:
        read_sheets(body)
    assert refused.value.code == "sheet_too_big"


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    try:
        assert read_sheets(content)
    except FileRefused as refused:
        assert refused.code  # noqa: PT017 - both ends are right, a crash is not
