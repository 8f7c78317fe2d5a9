"""The file that arrived, given back with its mistakes marked: a workbook whatever it was, the words beside each row."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import TYPE_CHECKING

from instruments.formats.arrived import PlacedProblem
from instruments.formats.fixing import Arrived, Place, place_of
from instruments.formats.workbook.grid import Value
from instruments.words import Translate, unchanged

if TYPE_CHECKING:
    from openpyxl.cell import Cell as SheetCell

RED, AMBER = "FCEEED", "FDF4E3"
LONGEST_NAME = 31  # of a sheet


def marked(arrived: Arrived, problems: Iterable[PlacedProblem], translate: Translate = unchanged) -> bytes:
    """XLSX of the file as it stands, mended cells included; a mistake colours its cell and stands in a note."""
    from openpyxl import Workbook  # noqa: PLC0415 - heavy: lxml and Pillow

    by_place: dict[Place, list[PlacedProblem]] = {}
    for one in problems:
        place = place_of(one)
        if place is not None:
            by_place.setdefault(place, []).append(one)
    book = Workbook()
    book.remove(book.worksheets[0])
    if arrived.is_text:
        sheet = book.create_sheet("1")
        for number, line in enumerate(arrived.lines, 1):
            _write(sheet.cell(number, 1), line)
            _mark(sheet.cell(number, 1), by_place.get(Place("", number, 0), []), translate)
    else:
        for own in arrived.book.sheets:
            sheet = book.create_sheet(own.name[:LONGEST_NAME])
            for row in own.rows:
                for column, value in enumerate(row.values, 1):
                    _write(sheet.cell(row.number, column), value)
            for place, found in by_place.items():
                if place.sheet == own.name:
                    _mark(sheet.cell(place.row, place.column), found, translate)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _write(cell: SheetCell, value: Value) -> None:
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"  # «=1+1» is words here, too


def _mark(cell: SheetCell, problems: list[PlacedProblem], translate: Translate) -> None:
    from openpyxl.comments import Comment  # noqa: PLC0415 - as above
    from openpyxl.styles import PatternFill  # noqa: PLC0415

    if problems:
        bad = any(one.severity == "error" for one in problems)
        cell.fill = PatternFill("solid", fgColor=RED if bad else AMBER)
        cell.comment = Comment("\n".join(one.sentence(translate) for one in problems), "Ориентир")
