"""CSV ↔ a book: one table of questions, or a zip of one file a sheet."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import PurePosixPath

from instruments.formats.archive import unpack
from instruments.formats.arrived import Cell, FileRefused, Origin
from instruments.formats.encodings import decoded
from instruments.formats.limits import MOST_CELL, MOST_COLUMNS, MOST_ROWS, MOST_SHEETS
from instruments.formats.workbook.grid import Book, Row, Sheet, Value

_DELIMITERS = ";\t,"
# What a spreadsheet would take for a formula stands behind an apostrophe, as people type it themselves.
_FORMULA = re.compile(r"'*[=+\-@\t\r＝＋－＠]")
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)


def read_csv(raw: bytes, sheet: str) -> tuple[Book, Origin]:
    """One table.

    Raises
    ------
    FileRefused
        `encoding_unknown`, `bad_character`, `csv_quote_open`, `csv_broken`, `sheet_too_big`.
    """
    text, encoding = decoded(raw, sheet)
    delimiter = _delimiter(text)
    return Book([Sheet(sheet, list(_rows(text, delimiter, sheet)))]), Origin("csv", encoding, delimiter)


def read_csv_zip(raw: bytes) -> tuple[Book, Origin]:
    """A table a file, named as the sheets are."""
    parts = unpack(raw, lambda name: name.lower().endswith((".csv", ".txt", ".tsv")))
    tables = {name: content for name, content in parts.items() if content.strip()}
    if not tables:
        raise FileRefused("document_empty")
    if len(tables) > MOST_SHEETS:
        raise FileRefused("too_many_sheets", sheets=len(tables), most=MOST_SHEETS)
    read = [read_csv(content, PurePosixPath(name).stem) for name, content in tables.items()]
    encodings = ", ".join(dict.fromkeys(origin.encoding or "" for _, origin in read))
    return Book([sheet for book, _ in read for sheet in book.sheets]), Origin(
        "csv.zip", encodings, read[0][1].delimiter
    )


def write_csv(sheet: Sheet) -> bytes:
    """UTF-8 with its mark and semicolons: what a Russian Excel opens by a double click."""
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
    writer.writerows([_guarded(value) for value in row.values] for row in sheet.rows)
    return stream.getvalue().encode("utf-8-sig")


def write_csv_zip(book: Book) -> bytes:
    """The same bytes for the same book."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for sheet in book.sheets:
            archive.writestr(zipfile.ZipInfo(f"{sheet.name}.csv", _FIRST_DAY), write_csv(sheet))
    return stream.getvalue()


def _guarded(value: Value) -> str:
    if isinstance(value, float):
        return repr(value).replace(".", ",")
    if not isinstance(value, str):
        return "" if value is None else str(value)
    return f"'{value}" if _FORMULA.match(value) else value


def _plain(cell: str) -> str | None:
    cell = cell.strip(" ")
    if cell.startswith("'") and _FORMULA.match(cell):
        return cell[1:]
    return cell if cell.strip() else None


def _rows(text: str, delimiter: str, sheet: str) -> Iterator[Row]:
    lines = io.StringIO(text, newline=None)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    begins = 1
    try:
        for kept, cells in enumerate(reader, 1):
            if kept > MOST_ROWS or len(cells) > MOST_COLUMNS:
                raise _too_big(kept, len(cells), sheet)
            if any(len(cell) > MOST_CELL for cell in cells):
                raise FileRefused(
                    "cell_too_long", Cell(sheet, begins), length=max(map(len, cells)), most=MOST_CELL
                )
            values = tuple(_plain(cell) for cell in cells)
            if any(value is not None for value in values):
                yield Row(begins, values)
            begins = reader.line_num + 1
    except csv.Error as wrong:
        code = "csv_quote_open" if "unexpected end" in str(wrong) else "csv_broken"
        if "field larger" in str(wrong):
            raise FileRefused(
                "cell_too_long", Cell(sheet, begins), length=csv.field_size_limit(), most=MOST_CELL
            ) from wrong
        raise FileRefused(code, Cell(sheet, begins)) from wrong


def _too_big(rows: int, columns: int, sheet: str) -> FileRefused:
    return FileRefused(
        "sheet_too_big",
        Cell(sheet),
        rows=rows,
        columns=columns,
        most_rows=MOST_ROWS,
        most_columns=MOST_COLUMNS,
    )


def _delimiter(text: str) -> str:
    """The sign that divides the first line that is divided at all."""
    for line in text.splitlines()[:20]:
        best = max(_DELIMITERS, key=line.count)
        if best in line:
            return best
    return ";"
