"""A file with cells typed anew over it: what an author mends in the table of mistakes, without sending it again.

The file itself never changes; read again with the fixes it gives what a mended file would.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePath
from typing import NamedTuple

from instruments.formats.arrived import Cell, FileRefused, Origin, PlacedProblem, Read, refused
from instruments.formats.encodings import decoded, within
from instruments.formats.limits import MOST_COLUMNS
from instruments.formats.plaintext import read_text
from instruments.formats.plaintext.worddocx import text_of_docx
from instruments.formats.workbook.grid import Book, Row, Sheet, Value, text_of
from instruments.formats.workbook.opening import kind_of, open_book
from instruments.formats.workbook.reading import read_book
from instruments.framework import Framework


class Place(NamedTuple):
    """A cell of a workbook, or a line of a text (`sheet` "", `column` 0); counted from 1."""

    sheet: str
    row: int
    column: int


def place_of(problem: PlacedProblem) -> Place | None:
    """Where typing anew mends it; None for what no single cell holds."""
    cell: Cell = problem.cell
    if cell.row is None:
        return None
    if not cell.sheet:
        return Place("", cell.row, 0)
    return Place(cell.sheet, cell.row, cell.column) if cell.column else None


@dataclass(frozen=True)
class Arrived:
    """`is_text`: pasted, a text file or one of Word; else a workbook of any kind."""

    name: str
    content: bytes
    is_text: bool
    fixes: Mapping[Place, str] = field(default_factory=dict)

    def read(self, frameworks: Mapping[str, Framework]) -> Read:
        """As `read_workbook` and `read_text`, of the mended file."""
        stem = PurePath(self.name.replace("\\", "/")).stem
        try:
            if self.is_text:
                return read_text("\n".join(self.lines), frameworks, name=stem)
            return read_book(self.book, self.origin, frameworks, stem)
        except FileRefused as refusal:
            return refused(refusal, Origin(kind_of(self.content)))

    @property
    def is_readable(self) -> bool:
        """Whether there are lines or sheets to show, whatever stands in them."""
        try:
            return bool(self.lines if self.is_text else self.book.sheets)
        except FileRefused:
            return False

    def value(self, place: Place) -> str:
        """What stands there now, as typed; "" where nothing does."""
        if not self.is_readable:
            return ""
        if self.is_text:
            return self.lines[place.row - 1] if 0 < place.row <= len(self.lines) else ""
        return text_of(_value(self.book, place))

    @cached_property
    def lines(self) -> list[str]:
        """Lines of the text; a fix of several lines stays one entry, so that numbers do not move."""
        if kind_of(self.content) == "docx":
            text = text_of_docx(self.content).text
        else:
            text = decoded(within(self.content))[0]
        lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        for place, said in self.fixes.items():
            if not place.sheet and 0 < place.row <= len(lines):
                lines[place.row - 1] = said
        return lines

    @cached_property
    def book(self) -> Book:
        """FileRefused where there is no book in it."""
        return _mended(self._opened[0], self.fixes)

    @property
    def origin(self) -> Origin:
        return self._opened[1]

    @cached_property
    def _tried(self) -> tuple[Book, Origin] | FileRefused:
        """A file that is refused is not opened a second time for the same page."""
        try:
            return open_book(self.content)
        except FileRefused as refusal:
            return refusal

    @property
    def _opened(self) -> tuple[Book, Origin]:
        if isinstance(self._tried, FileRefused):
            raise self._tried
        return self._tried


def _value(book: Book, place: Place) -> Value:
    for sheet in book.sheets:
        if sheet.name == place.sheet:
            row = next((one for one in sheet.rows if one.number == place.row), None)
            if row is not None and 0 < place.column <= len(row.values):
                return row.values[place.column - 1]
    return None


def _mended(book: Book, fixes: Mapping[Place, str]) -> Book:
    if not fixes:
        return book
    return dataclasses.replace(book, sheets=[_mended_sheet(sheet, fixes) for sheet in book.sheets])


def _mended_sheet(sheet: Sheet, fixes: Mapping[Place, str]) -> Sheet:
    own = {place: said for place, said in fixes.items() if place.sheet == sheet.name}
    if not own:
        return sheet
    touched = {(place.row, place.column) for place in own}
    left = [one for one in sheet.problems if (one.line, one.column) not in touched]
    rows = [_mended_row(row, own) for row in sheet.rows]
    return dataclasses.replace(sheet, rows=rows, problems=left)


def _mended_row(row: Row, own: Mapping[Place, str]) -> Row:
    values = list(row.values)
    for place, said in own.items():
        if place.row == row.number and 0 < place.column <= MOST_COLUMNS:
            values += [None] * (place.column - len(values))
            values[place.column - 1] = said.strip() or None
    return Row(row.number, tuple(values))


def fixable(problems: Iterable[PlacedProblem]) -> dict[Place, list[PlacedProblem]]:
    """Mistakes by the cell to type anew, in the order of the file."""
    found: dict[Place, list[PlacedProblem]] = {}
    for one in problems:
        place = place_of(one)
        if place is not None:
            found.setdefault(place, []).append(one)
    return found
