"""Bytes of an XLSX or CSV file → rows of plain texts, within limits; whatever else it holds is left aside."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException

from diagnostics.campaigns.roster.mistakes import FileRefused, Remark

MOST_ROWS = 5_000
MOST_BLANK_ROWS = 20_000  # a sheet that was formatted far below its data
MOST_COLUMNS = 60
MOST_CHARACTERS = 1_000
MOST_UNPACKED = 64 * 1024 * 1024
MOST_SHEETS = 5
_DELIMITERS = ";\t,"


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows that are not blank, each with its number in the file (from 1)."""

    rows: tuple[tuple[int, tuple[str, ...]], ...]
    remarks: tuple[Remark, ...] = ()


def read_sheets(content: bytes) -> list[Sheet]:
    """The first sheets of a workbook that hold anything, or a CSV in UTF-8, UTF-16 or Windows-1251.

    Raises
    ------
    FileRefused
        `file_empty`, `macro_workbook`, `old_workbook`, `workbook_broken`, `sheet_too_big`, `csv_broken`,
        `not_a_table`.
    """
    if not content.strip():
        raise FileRefused("file_empty")
    if content.startswith(b"PK"):
        return _read_workbook(content)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise FileRefused("old_workbook")
    return [_read_csv(content)]


def _read_workbook(content: bytes) -> list[Sheet]:
    import openpyxl  # noqa: PLC0415 - heavy: lxml and Pillow
    from openpyxl.utils.exceptions import InvalidFileException  # noqa: PLC0415

    names = _checked_names(content)
    remarks = [Remark("links_ignored")] if any("externalLinks/" in name for name in names) else []
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
        sheets = [_read_worksheet(sheet, remarks) for sheet in book.worksheets[:MOST_SHEETS]]
    except (
        InvalidFileException, DefusedXmlException, ParseError, zipfile.BadZipFile, KeyError, ValueError, IndexError,
        TypeError, AttributeError,
    ) as wrong:  # fmt: skip
        raise FileRefused("workbook_broken") from wrong
    filled = [sheet for sheet in sheets if sheet.rows]
    if not filled:
        raise FileRefused("file_empty")
    return filled


def _read_worksheet(sheet: Any, remarks: Sequence[Remark]) -> Sheet:
    sheet.reset_dimensions()  # a declared size of a million rows is a claim, not a fact
    formulas: list[str] = []
    rows = _kept(_cells(row, formulas) for row in sheet.iter_rows())
    if formulas:
        remarks = [*remarks, Remark("formulas_ignored", {"number": len(formulas), "first": formulas[0]})]
    return Sheet(rows, tuple(remarks))


def _checked_names(content: bytes) -> list[str]:
    """Names of the parts; macros and a workbook that unpacks to too much are refused before reading."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
    except zipfile.BadZipFile as wrong:
        raise FileRefused("workbook_broken") from wrong
    names = [part.filename for part in parts]
    if any(name.endswith("vbaProject.bin") for name in names):
        raise FileRefused("macro_workbook")
    if "[Content_Types].xml" not in names or not any(name.startswith("xl/") for name in names):
        raise FileRefused("not_a_table")
    if sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise FileRefused("sheet_too_big", rows=MOST_ROWS, columns=MOST_COLUMNS)
    return names


def _cells(row: tuple[Any, ...], formulas: list[str]) -> tuple[str, ...]:
    if len(row) > MOST_COLUMNS and any(cell.value is not None for cell in row[MOST_COLUMNS:]):
        raise FileRefused("sheet_too_big", rows=MOST_ROWS, columns=MOST_COLUMNS)
    return tuple(_cell_text(cell, formulas) for cell in row[:MOST_COLUMNS])


def _cell_text(cell: Any, formulas: list[str]) -> str:
    if cell.value is None:
        return ""
    if cell.data_type == "f":
        formulas.append(cell.coordinate)
        return ""
    value = cell.value
    if isinstance(value, float) and value.is_integer():
        value = int(value)  # a telephone or a school code that the spreadsheet took for a number
    return str(value).strip()


def _read_csv(content: bytes) -> Sheet:
    text = _decoded(content)
    reader = csv.reader(io.StringIO(text, newline=None), delimiter=_delimiter(text), strict=True)
    try:
        rows = _kept(tuple(cell.strip() for cell in row) for row in reader)
    except csv.Error as wrong:
        raise FileRefused("csv_broken", line=reader.line_num) from wrong
    if not rows:
        raise FileRefused("file_empty")
    return Sheet(rows)


def _decoded(content: bytes) -> str:
    marked_utf16 = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if marked_utf16 else ("utf-8-sig", "cp1251"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise FileRefused("not_a_table")


def _delimiter(text: str) -> str:
    """The sign that divides the first line that is divided at all."""
    for line in text.splitlines()[:20]:
        best = max(_DELIMITERS, key=line.count)
        if best in line:
            return best
    return ";"


def _kept(rows: Iterator[tuple[str, ...]]) -> tuple[tuple[int, tuple[str, ...]], ...]:
    kept: list[tuple[int, tuple[str, ...]]] = []
    for number, cells in enumerate(rows, 1):
        if any(cells):
            kept.append((number, cells))
        too_wide = len(cells) > MOST_COLUMNS or any(len(cell) > MOST_CHARACTERS for cell in cells)
        if too_wide or len(kept) > MOST_ROWS or number - len(kept) > MOST_BLANK_ROWS:
            raise FileRefused("sheet_too_big", rows=MOST_ROWS, columns=MOST_COLUMNS)
    return tuple(kept)
