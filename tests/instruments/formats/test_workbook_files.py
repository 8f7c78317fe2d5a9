"""The template, the marked file and files that must be refused."""

from __future__ import annotations

import io
import re
import time
import zipfile

import openpyxl
import pytest

from instruments.formats.arrived import Read
from instruments.formats.fixing import Arrived
from instruments.formats.marking import marked
from instruments.formats.workbook import read_workbook, template, write_workbook
from instruments.problems import has_errors
from tests.instruments.formats.books import HEADER, SOUND, book


def codes(read: Read) -> list[str]:
    return [problem.code for problem in read.problems]


def given_back(content: bytes) -> bytes:
    file = Arrived("Работа", content, is_text=False)
    return marked(file, file.read({}).problems)


def replaced(content: bytes, name: str, change: object) -> bytes:
    """The same zip with one part changed by a function, or added as bytes."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.namelist():
            raw = old.read(part)
            new.writestr(part, change(raw) if part == name and callable(change) else raw)
        if isinstance(change, bytes):
            new.writestr(name, change)
    return stream.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize("language", ["ru", "en"])
def test_the_template_reads_back_without_an_error(language: str) -> None:
    read = read_workbook("Образец.xlsx", template(language))
    assert not has_errors(read.problems)
    assert read.instrument
    assert read.scoring
    assert [item.type for item in read.instrument.items] == ["single", "multiple", "number"]


def test_the_template_suggests_and_explains() -> None:
    made = openpyxl.load_workbook(io.BytesIO(template()))
    sheet = made["Вопросы"]
    assert sheet.freeze_panes == "B2"
    assert all(cell.comment for cell in sheet[1] if cell.value in ("Ключ", "Компетенция", "Тип"))
    assert "Как заполнять" in made.sheetnames
    formulas = {rule.formula1 for rule in sheet.data_validations.dataValidation}
    assert any("Компетенции" in formula for formula in formulas)
    assert any("один ответ" in formula for formula in formulas)


def test_the_same_work_gives_the_same_bytes() -> None:
    assert template() == template()


def test_a_marked_file_shows_each_mistake_in_its_cell_and_reads_as_before() -> None:
    content = book((*SOUND[:6], "Ж", *SOUND[7:]), ("M02", *SOUND[1:]))
    read = read_workbook("Работа.xlsx", content)
    shown = given_back(content)
    sheet = openpyxl.load_workbook(io.BytesIO(shown))["Вопросы"]
    assert "Варианта «Ж»" in sheet["G2"].comment.text
    assert sheet["G2"].fill.fgColor.rgb != "00000000"
    again = read_workbook("Работа.xlsx", shown)
    assert again.instrument == read.instrument
    assert set(codes(again)) == set(codes(read))


def test_marks_go_when_the_mistake_is_mended() -> None:
    content = book((*SOUND[:6], "Ж", *SOUND[7:]))
    made = openpyxl.load_workbook(io.BytesIO(given_back(content)))
    made["Вопросы"]["G2"].value = "Б"
    stream = io.BytesIO()
    made.save(stream)
    mended = given_back(stream.getvalue())
    assert openpyxl.load_workbook(io.BytesIO(mended))["Вопросы"]["G2"].comment is None


def test_a_csv_comes_back_marked_as_a_workbook_without_formulas() -> None:
    content = "Код;Текст;А;Б;Ключ\r\nM01;'=1+1;Да;Нет;Ж\r\n".encode()
    made = openpyxl.load_workbook(io.BytesIO(given_back(content)))
    cell = made["Вопросы"]["B2"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")
    assert made["Вопросы"]["E2"].comment


def test_remarks_without_a_cell_stand_in_the_list_of_all_remarks() -> None:
    content = replaced(
        book((*SOUND[:6], "Ж", *SOUND[7:])), "xl/externalLinks/externalLink1.xml", b"<externalLink/>"
    )
    read = Arrived("Работа", content, is_text=False).read({})
    rows = list(openpyxl.load_workbook(io.BytesIO(given_back(content)))["Замечания"].values)
    assert rows[1:] == [(one.place() or None, one.sentence()) for one in read.problems]
    assert "links_ignored" in codes(read)


def test_a_file_with_macros_is_refused() -> None:
    content = replaced(book(SOUND), "xl/vbaProject.bin", b"macro")
    assert codes(read_workbook("Работа.xlsm", content)) == ["macro_workbook"]


def test_links_to_other_files_are_ignored_and_told() -> None:
    content = replaced(book(SOUND), "xl/externalLinks/externalLink1.xml", b"<externalLink/>")
    read = read_workbook("Работа.xlsx", content)
    assert "links_ignored" in codes(read)
    assert read.instrument


def test_a_declared_size_of_a_whole_sheet_is_refused() -> None:
    def claimed(raw: bytes) -> bytes:
        return re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1:XFD1048576"', raw)

    read = read_workbook("Работа.xlsx", replaced(book(SOUND), SHEET, claimed))
    assert codes(read) == ["sheet_too_big"]
    assert "1048576" in read.problems[0].sentence()


def test_an_entity_bomb_inside_is_refused_at_once() -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "ha">]>'
    started = time.process_time()
    read = read_workbook(
        "Работа.xlsx", replaced(book(SOUND), SHEET, lambda raw: bomb + raw.partition(b"?>")[2])
    )
    assert codes(read) == ["xml_doctype_not_allowed"]
    assert time.process_time() - started < 2


def test_what_unpacks_to_gigabytes_is_stopped() -> None:
    content = replaced(book(SOUND), "xl/more.xml", b" " * (65 * 1024 * 1024))
    assert codes(read_workbook("Работа.xlsx", content)) == ["archive_too_big"]


def test_ten_thousand_rows_are_refused_with_their_number() -> None:
    row = "M{0};один ответ;Что делать?;Это;То;Иное;Б;1;METH.3"
    content = "\r\n".join([";".join(HEADER), *(row.format(number) for number in range(10_000))]).encode()
    started = time.process_time()
    read = read_workbook("Работа.csv", content)
    assert codes(read) == ["sheet_too_big"]
    assert time.process_time() - started < 3


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "document_empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old_workbook"),
        (b"PK\x03\x04broken", "file_unknown"),
    ],
)
def test_what_is_no_workbook_is_refused(content: bytes, code: str) -> None:
    assert codes(read_workbook("Работа.xlsx", content)) == [code]


CSV = "Код;Текст;А;Б;Ключ\r\nM01;Что делать?;Да;Нет;Б\r\n"


@pytest.mark.parametrize(
    ("content", "encoding", "delimiter"),
    [
        (CSV.encode(), "UTF-8", ";"),
        (CSV.encode("utf-8-sig"), "UTF-8", ";"),
        (CSV.encode("utf-16"), "UTF-16", ";"),
        (CSV.encode("utf-16-le"), "UTF-16-LE", ";"),
        (CSV.encode("cp1251"), "Windows-1251", ";"),
        (CSV.replace(";", "\t").encode(), "UTF-8", "\t"),
        (CSV.replace(";", ",").encode(), "UTF-8", ","),
        (CSV.replace("\r\n", "\r").encode(), "UTF-8", ";"),
    ],
)
def test_encodings_and_delimiters_are_found_and_named(content: bytes, encoding: str, delimiter: str) -> None:
    read = read_workbook("Работа.csv", content)
    assert (read.origin.encoding, read.origin.delimiter) == (encoding, delimiter)
    assert read.instrument
    assert read.instrument.item("M01").text["ru"] == "Что делать?"
    assert read.scoring
    assert read.scoring.items["M01"].key == "b"


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ('Код;Текст\nM01;Да\nM02;"не закрыто\nM03;Нет\n', "csv_quote_open", 3),
        ("Код;Текст\nM01;а\x00б\n", "bad_character", 2),
        ("Код;Текст\nM01;" + "я" * 40_000 + "\n", "cell_too_long", 2),
    ],
)
def test_a_broken_csv_is_refused_with_its_line(text: str, code: str, line: int) -> None:
    problem = read_workbook("Работа.csv", text.encode()).problems[0]
    assert (problem.code, problem.line) == (code, line)


def test_what_looks_like_a_formula_is_a_text_again_after_a_csv() -> None:
    read = read_workbook("Работа.xlsx", book((*SOUND[:2], "@сумма", "-2", "+7", "=1+1", "Б", 1, "METH.3")))
    assert read.instrument
    again = read_workbook("Работа.zip", write_workbook(read.instrument, read.scoring, "csv"))
    assert again.instrument
    assert again.instrument.item("M01") == read.instrument.item("M01")


def _xlsx_of(rows: str) -> bytes:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    sheet = f'<worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>'
    return replaced(book(SOUND), SHEET, lambda _raw: sheet.encode())


def _ods_of(rows: str) -> bytes:
    names = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    body = f'<table:table table:name="Вопросы">{rows}</table:table>'
    content = (
        f"<office:document-content {names}><office:body><office:spreadsheet>{body}</office:spreadsheet>"
        "</office:body></office:document-content>"
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
    return stream.getvalue()


def _cell(inside: str) -> str:
    return f"<table:table-row><table:table-cell>{inside}</table:table-cell></table:table-row>"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (_xlsx_of('<row r="9999999999"><c r="A9999999999"><v>1</v></c></row>'), "sheet_too_big"),
        (_xlsx_of('<row><c r="XFD1"/></row>' * 19_000), "document_empty"),
        (_xlsx_of('<row><c r="XFD1"><v>1</v></c></row>'), "sheet_too_big"),
        (_xlsx_of('<row><c r="XFE1"><v>1</v></c></row>'), "workbook_broken"),
        (_xlsx_of('<row><c r="A1" t="s"><v>99</v></c></row>'), "workbook_broken"),
        (_ods_of("<table:table-row><table:table-cell/></table:table-row>" * 100_000), "sheet_too_big"),
        (
            _ods_of(_cell("<text:p>" + "<text:span>" * 3000 + "</text:span>" * 3000 + "</text:p>")),
            "workbook_broken",
        ),
        (
            _ods_of('<table:table-row><table:table-cell office:value-type="float"/></table:table-row>'),
            "workbook_broken",
        ),
    ],
    ids=[
        "a far row",
        "wide rows",
        "a far cell",
        "beyond the last column",
        "no such string",
        "rows without end",
        "deep text",
        "a number without its value",
    ],
)
def test_a_sheet_that_claims_too_much_is_refused_soon(content: bytes, code: str) -> None:
    before = time.monotonic()
    assert codes(read_workbook("x", content)) == [code]
    assert time.monotonic() - before < 6


@pytest.mark.parametrize(
    "value", ["[" * 30_000, "[" * 900 + "]" * 900, "9" * 5000, "1e999", "[NaN, Infinity]", '{"a": 1e400}']
)
@pytest.mark.parametrize("field", ["passport > sources", "items", "minutes", " > ".join(["a"] * 3000)])
def test_a_plain_value_of_any_depth_or_size_is_told_and_never_a_failure(value: str, field: str) -> None:
    rest = [["Документ", "Задание", "Поле", "Значение"], ["работа", "", field, value]]
    assert has_errors(read_workbook("x", book(SOUND, more={"Прочее": rest})).problems)
