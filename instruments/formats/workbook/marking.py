"""A person's own workbook with every bad cell coloured and commented, and a list of all remarks."""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from instruments.formats.arrived import Cell, PlacedProblem
from instruments.formats.workbook.grid import Book, Value
from instruments.formats.workbook.headings import REMARKS
from instruments.formats.workbook.opening import kind_of, open_book
from instruments.problems import Severity
from instruments.words import N_, Translate, unchanged

AUTHOR = "Ориентир"
_COLOURS = {Severity.ERROR: "FFF8C9C4", Severity.WARNING: "FFFCE9B2"}
_HEADER = (N_("Где"), N_("Замечание"))
_WIDE = (40, 100)


def marked(content: bytes, problems: Iterable[PlacedProblem], translate: Translate = unchanged) -> bytes:
    """XLSX: the same workbook with remarks. An ODS or a CSV comes back as XLSX with the same sheets.

    Raises
    ------
    FileRefused
        As the reading does; a file that cannot be opened cannot be marked.
    """
    import openpyxl  # noqa: PLC0415 - heavy: lxml and Pillow

    found = list(problems)
    source, _ = open_book(content)  # refuses what must not be opened
    if kind_of(content) == "xlsx":
        book = openpyxl.load_workbook(io.BytesIO(content), keep_links=False)
    else:
        book = openpyxl.Workbook()
        book.remove(book.active)
        _copied(book, source)
    for sheet in book.worksheets:
        _unmark(sheet)
    for cell, told in _by_cell(found).items():
        if cell.sheet in book.sheetnames and cell.row:
            _mark(book[cell.sheet].cell(cell.row, cell.column or 1), told, translate)
    _list(book, found, translate)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _copied(book: Any, source: Book) -> None:
    for sheet in source.sheets:
        made = book.create_sheet(sheet.name[:31])
        for row in sheet.rows:
            for place, value in enumerate(row.values, 1):
                if value is not None:
                    _write(made.cell(row.number, place), value)


def _write(cell: Any, value: Value) -> None:
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"  # «=1+1» is what a person wrote, not a formula


def _by_cell(problems: list[PlacedProblem]) -> Mapping[Cell, list[PlacedProblem]]:
    found: dict[Cell, list[PlacedProblem]] = defaultdict(list)
    for problem in problems:
        found[problem.cell].append(problem)
    return found


def _mark(cell: Any, told: list[PlacedProblem], translate: Translate) -> None:
    from openpyxl.cell import MergedCell  # noqa: PLC0415 - as above
    from openpyxl.comments import Comment  # noqa: PLC0415
    from openpyxl.styles import PatternFill  # noqa: PLC0415

    if isinstance(cell, MergedCell):
        return
    worst = Severity.ERROR if any(one.severity is Severity.ERROR for one in told) else Severity.WARNING
    cell.fill = PatternFill("solid", fgColor=_COLOURS[worst])
    cell.comment = Comment("\n".join(one.sentence(translate) for one in told), AUTHOR, width=360, height=120)


def _unmark(sheet: Any) -> None:
    """Take away the marks of an earlier time: what was mended must not stay red."""
    from openpyxl.styles import PatternFill  # noqa: PLC0415 - as above

    for row in sheet.iter_rows():
        for cell in row:
            if cell.comment is not None and cell.comment.author == AUTHOR:
                cell.comment = None
                cell.fill = PatternFill()


def _list(book: Any, problems: list[PlacedProblem], translate: Translate) -> None:
    for name in (REMARKS.ru, REMARKS.en):
        if name in book.sheetnames:
            del book[name]
    sheet = book.create_sheet(REMARKS.ru)
    for place, wide in enumerate(_WIDE):
        sheet.column_dimensions["AB"[place]].width = wide
    lines = [tuple(translate(word) for word in _HEADER)]
    lines += [(problem.place(translate), problem.sentence(translate)) for problem in problems]
    for number, line in enumerate(lines, 1):
        for place, text in enumerate(line, 1):
            _write(sheet.cell(number, place), text)
