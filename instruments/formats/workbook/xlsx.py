"""Bytes of an XLSX → a book of plain values; formulas, links and macros are never followed."""

from __future__ import annotations

import io
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException

from instruments.formats.archive import elements, refuse_doctype, unpack
from instruments.formats.arrived import NOWHERE, Cell, FileRefused, PlacedProblem, notice
from instruments.formats.limits import (
    MOST_COLUMNS,
    MOST_DECLARED,
    MOST_ROWS,
    MOST_SHEETS,
    MOST_WALKED,
)
from instruments.formats.workbook.grid import Book, Merge, Row, Sheet
from instruments.formats.workbook.xlsxcells import cells_of, column_number

_DIMENSION = re.compile(rb'<(?:\w+:)?dimension\s+ref="([A-Z]+)(\d+):([A-Z]+)(\d+)"')
_MERGE = re.compile(rb'<(?:\w+:)?mergeCell\s+ref="([A-Z]+)(\d+):([A-Z]+)(\d+)"')
_ROW = re.compile(rb"<(?:\w+:)?row[\s>]")
_NUMBERED = re.compile(rb"<(?:\w+:)?row\s[^>]*?\br=[\"'](\d+)")
_LAST_ROW = 1_048_576  # of Excel
_MOST_MERGES = 200


def read_xlsx(raw: bytes) -> Book:
    """Sheets of the workbook.

    Raises
    ------
    FileRefused
        `macro_workbook`, `workbook_broken`, `sheet_too_big`, `archive_too_big`, `too_many_sheets`,
        `xml_doctype_not_allowed`.
    """
    parts = unpack(raw, lambda name: name.endswith((".xml", ".rels")))
    _look_over(parts)
    problems = [notice(NOWHERE, "links_ignored")] if any("externalLinks/" in name for name in parts) else []
    return Book(list(_sheets(raw, parts)), problems)


def _look_over(parts: Mapping[str, bytes]) -> None:
    if any(name.endswith("vbaProject.bin") for name in parts) or b"macroEnabled" in parts.get(
        "[Content_Types].xml", b""
    ):
        raise FileRefused("macro_workbook")
    for name, content in parts.items():
        refuse_doctype(content)
        if name.endswith(".xml") and b"sheetData" in content:
            _refuse_size(content)


def _refuse_size(content: bytes) -> None:
    declared = _DIMENSION.search(content[:4096])
    rows, columns = (int(declared[4]), column_number(declared[3])) if declared else (0, 0)
    if rows * columns <= MOST_DECLARED:
        rows = sum(1 for _ in _ROW.finditer(content)) if len(content) > MOST_ROWS else 0
        farthest = max((len(found[1].lstrip(b"0")) for found in _NUMBERED.finditer(content)), default=0)
        if rows <= MOST_ROWS * 4 and farthest <= len(str(_LAST_ROW)):  # many may be blank, only formatted
            return
    raise FileRefused(
        "sheet_too_big", rows=rows, columns=columns, most_rows=MOST_ROWS, most_columns=MOST_COLUMNS
    )


def _sheets(raw: bytes, parts: Mapping[str, bytes]) -> Iterator[Sheet]:
    import openpyxl  # noqa: PLC0415 - heavy: lxml and Pillow
    from openpyxl.utils.exceptions import InvalidFileException  # noqa: PLC0415

    try:
        book = openpyxl.load_workbook(io.BytesIO(raw), read_only=True, keep_links=False)
        shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        if len(shown) > MOST_SHEETS:
            raise FileRefused("too_many_sheets", sheets=len(shown), most=MOST_SHEETS)
        dates = book._date_formats | book._timedelta_formats  # noqa: SLF001  nothing public says which styles are dates
        for sheet in shown:
            xml = parts.get(str(sheet._worksheet_path).lstrip("/"), b"")  # noqa: SLF001  nor where the XML is
            yield _sheet(sheet, xml, sheet._shared_strings, dates)  # noqa: SLF001  nor the strings
    except (
        InvalidFileException, DefusedXmlException, ParseError, SyntaxError, KeyError, ValueError, IndexError, TypeError,
        AttributeError,
    ) as wrong:  # fmt: skip
        raise FileRefused("workbook_broken") from wrong


def _sheet(sheet: Any, xml: bytes, strings: Sequence[str], dates: Collection[int]) -> Sheet:
    name = str(sheet.title)
    problems: list[PlacedProblem] = []
    rows: list[Row] = []
    number = walked = 0
    for element in elements(xml, "row"):
        number = int(element.get("r", number + 1))
        walked += len(element)
        if walked > MOST_WALKED or number > _LAST_ROW:
            raise _too_big(name, number, len(element))
        values = cells_of(element, Cell(name, number), strings, dates, problems)
        if not values:
            continue
        rows.append(Row(number, values))
        if len(rows) > MOST_ROWS or len(values) > MOST_COLUMNS:
            raise _too_big(name, number, len(values))
    return Sheet(name, rows, _merges(xml), problems)


def _too_big(name: str, rows: int, columns: int) -> FileRefused:
    facts = {"most_rows": MOST_ROWS, "most_columns": MOST_COLUMNS}
    return FileRefused("sheet_too_big", Cell(name), rows=rows, columns=columns, **facts)


def _merges(xml: bytes) -> list[Merge]:
    found = []
    for place in _MERGE.finditer(xml):
        found.append(Merge(int(place[2]), column_number(place[1]), int(place[4]), column_number(place[3])))
        if len(found) == _MOST_MERGES:
            break
    return found
