"""ODS ↔ a book: the few elements of OpenDocument that hold values."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import ParseError
from xml.sax.saxutils import escape, quoteattr

from instruments.formats.archive import elements, refuse_doctype, unpack
from instruments.formats.arrived import NOWHERE, Cell, FileRefused, PlacedProblem, at, notice
from instruments.formats.limits import MOST_CELL, MOST_COLUMNS, MOST_ROWS, MOST_SHEETS, MOST_WALKED
from instruments.formats.workbook.grid import Book, Merge, Row, Sheet, Value

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_MIME = "application/vnd.oasis.opendocument.spreadsheet"
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
_CELLS = {f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"}
_SPANNED = {f"{_TABLE}number-columns-spanned", f"{_TABLE}number-rows-spanned"}
_MOST_REPEATED = 1_048_576


def read_ods(raw: bytes) -> Book:
    """Sheets of the workbook.

    Raises
    ------
    FileRefused
        `workbook_broken`, `macro_workbook`, `sheet_too_big`, `too_many_sheets`, `xml_doctype_not_allowed`.
    """
    parts = unpack(raw, lambda name: name == "content.xml")
    if any(name.startswith(("Basic/", "Scripts/")) for name in parts):
        raise FileRefused("macro_workbook")
    content = parts.get("content.xml", b"")
    refuse_doctype(content)
    rows = len(re.findall(rb":table-row", content)) // 2  # an element and its end
    if rows > MOST_ROWS * 4:
        facts = {"most_rows": MOST_ROWS, "most_columns": MOST_COLUMNS}
        raise FileRefused("sheet_too_big", NOWHERE, rows=rows, columns=0, **facts)
    problems: list[PlacedProblem] = []
    if b"<table:dde-link" in content or b"table:cell-range-source" in content:
        problems.append(notice(NOWHERE, "links_ignored"))
    try:
        return Book(list(_sheets(content)), problems)
    except (ParseError, ValueError, TypeError, KeyError, RecursionError) as wrong:
        raise FileRefused("workbook_broken") from wrong


def _sheets(content: bytes) -> Iterator[Sheet]:
    for found, element in enumerate(elements(content, "table"), 1):
        if found > MOST_SHEETS:
            raise FileRefused("too_many_sheets", sheets=found, most=MOST_SHEETS)
        yield _sheet(element)


def _sheet(table: Any) -> Sheet:
    sheet = Sheet(str(table.get(f"{_TABLE}name", "")), [], [])
    rows: list[Row] = []
    merges: list[Merge] = []
    number, walked = 1, 0
    for element in table.iter(f"{_TABLE}table-row"):
        values = list(_cells(element, number, sheet, merges))
        walked += len(values)
        if walked > MOST_WALKED:
            facts = {"most_rows": MOST_ROWS, "most_columns": MOST_COLUMNS}
            raise FileRefused("sheet_too_big", Cell(sheet.name), rows=number, columns=len(values), **facts)
        while values and values[-1] is None:
            values.pop()
        repeated = _repeated(element, "rows")
        if values:
            if len(rows) + repeated > MOST_ROWS or len(values) > MOST_COLUMNS:
                facts = {"most_rows": MOST_ROWS, "most_columns": MOST_COLUMNS}
                raise FileRefused(
                    "sheet_too_big",
                    Cell(sheet.name),
                    rows=number + repeated - 1,
                    columns=len(values),
                    **facts,
                )
            rows += [Row(number + more, tuple(values)) for more in range(repeated)]
        number += repeated
    return Sheet(sheet.name, rows, merges, sheet.problems)


def _repeated(element: Any, what: str) -> int:
    return min(int(element.get(f"{_TABLE}number-{what}-repeated", "1")), _MOST_REPEATED)


def _cells(row: Any, number: int, sheet: Sheet, merges: list[Merge]) -> Iterator[Value]:
    place = 1
    for cell in row:
        if cell.tag not in _CELLS:
            continue
        repeated = _repeated(cell, "columns") if cell.attrib else 1
        value = _value(cell, Cell(sheet.name, number, column=place), sheet.problems) if _says(cell) else None
        if not _SPANNED.isdisjoint(cell.attrib):
            wide, high = (
                int(cell.get(f"{_TABLE}number-{what}-spanned", "1")) for what in ("columns", "rows")
            )
            if wide > 1 or high > 1:
                merges.append(Merge(number, place, number + high - 1, place + wide - 1))
        if value is None and place + repeated > MOST_COLUMNS:
            repeated = max(0, MOST_COLUMNS - place)  # the blank rest of the row
        elif value is not None and repeated > MOST_COLUMNS:
            repeated = MOST_COLUMNS + 1
        yield from [value] * repeated
        place += repeated


def _says(cell: Any) -> bool:
    return len(cell) > 0 or f"{_OFFICE}value-type" in cell.attrib or f"{_TABLE}formula" in cell.attrib


def _value(cell: Any, here: Cell, problems: list[PlacedProblem]) -> Value:
    kind = cell.get(f"{_OFFICE}value-type")
    if cell.get(f"{_TABLE}formula") is not None:
        problems.append(notice(here, "formula_ignored"))
        return None
    if kind in ("float", "percentage", "currency"):
        number = float(cell.get(f"{_OFFICE}value"))
        return int(number) if number.is_integer() else number
    if kind == "boolean":
        return cell.get(f"{_OFFICE}boolean-value") == "true"
    if kind in ("date", "time"):
        problems.append(at(here, "cell_date"))
        return None
    text = "\n".join(_words(paragraph) for paragraph in cell.iter(f"{_TEXT}p"))
    if len(text) > MOST_CELL:
        problems.append(at(here, "cell_too_long", length=len(text), most=MOST_CELL))
        return None
    return text if text.strip() else None


def _words(element: Any) -> str:
    """Words of a paragraph; a comment of the cell is no part of it."""
    words = [element.text or ""]
    for inner in element:
        if inner.tag == f"{_TEXT}s":
            words.append(" " * min(int(inner.get(f"{_TEXT}c", "1")), 1_000))
        elif inner.tag == f"{_TEXT}tab":
            words.append("\t")
        elif inner.tag == f"{_TEXT}line-break":
            words.append("\n")
        else:
            words.append(_words(inner))
        words.append(inner.tail or "")
    return "".join(words)


def write_ods(book: Book) -> bytes:
    """The same bytes for the same book."""
    tables = "".join(_written_sheet(sheet) for sheet in book.sheets)
    names = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text", "style")
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {names} office:version="1.3"><office:body>'
        f"<office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_MIME}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, text in (
            ("mimetype", _MIME),
            ("content.xml", content),
            ("META-INF/manifest.xml", manifest),
        ):
            part = zipfile.ZipInfo(name, _FIRST_DAY)
            part.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(part, text)
    return stream.getvalue()


def _written_sheet(sheet: Sheet) -> str:
    rows, number = [], 1
    for row in sheet.rows:
        if row.number > number:
            rows.append(
                f'<table:table-row table:number-rows-repeated="{row.number - number}"><table:table-cell/></table:table-row>'
            )
        rows.append(f"<table:table-row>{''.join(map(_written_cell, row.values))}</table:table-row>")
        number = row.number + 1
    return f"<table:table table:name={quoteattr(sheet.name)}>{''.join(rows)}</table:table>"


def _written_cell(value: Value) -> str:
    if value is None or value == "":
        return "<table:table-cell/>"
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return f'<table:table-cell office:value-type="float" office:value="{value!r}"><text:p>{value}</text:p></table:table-cell>'
    lines = "".join(f"<text:p>{_spaced(line)}</text:p>" for line in str(value).split("\n"))
    return f'<table:table-cell office:value-type="string">{lines}</table:table-cell>'


def _spaced(line: str) -> str:
    """Runs of blanks and tabs as OpenDocument keeps them."""
    plain = escape(line)
    plain = re.sub(r"^ | (?= )| $", '<text:s text:c="1"/>', plain)
    return plain.replace("\t", "<text:tab/>")
