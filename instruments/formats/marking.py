"""The file that arrived, given back with its mistakes marked: a workbook whatever it was, the words beside each cell."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from instruments.formats.arrived import PlacedProblem
from instruments.formats.fixing import Arrived, fixable
from instruments.formats.workbook.grid import Value
from instruments.formats.workbook.sheets import REMARKS
from instruments.problems import Severity
from instruments.words import N_, Translate, unchanged

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell as SheetCell

AUTHOR = "Ориентир"
_COLOURS = {Severity.ERROR: "FFFCEEED", Severity.WARNING: "FFFDF4E3"}
_HEADER = (N_("Где"), N_("Замечание"))
_WIDE = {"A": 40, "B": 100}
_LONGEST_NAME = 31  # of a sheet


class _Leaf(NamedTuple):
    """A sheet to be: `name` is that of the file, "" for the lines of a text."""

    name: str
    rows: Iterable[tuple[int, Sequence[Value]]]


def marked(arrived: Arrived, problems: Iterable[PlacedProblem], translate: Translate = unchanged) -> bytes:
    """XLSX of the file as it stands, mended cells included; its last sheet lists every remark, placeless ones too.

    Made anew from the values, so marks of an earlier time are gone.

    Raises
    ------
    FileRefused
        As the reading does; a file that cannot be opened cannot be marked.
    """
    from openpyxl import Workbook  # noqa: PLC0415 - heavy: lxml and Pillow

    told = list(problems)
    book = Workbook()
    book.remove(book.worksheets[0])
    for leaf in _leaves(arrived):
        sheet = book.create_sheet(leaf.name[:_LONGEST_NAME] or "1")
        for number, values in leaf.rows:
            for column, value in enumerate(values, 1):
                _write(sheet.cell(number, column), value)
    for place, found in fixable(told).items():
        name = place.sheet[:_LONGEST_NAME] or "1"
        if name in book.sheetnames:
            _mark(book[name].cell(place.row, place.column or 1), found, translate)
    _list(book, told, translate)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _leaves(arrived: Arrived) -> Iterator[_Leaf]:
    if arrived.is_text:
        yield _Leaf("", ((number, (line,)) for number, line in enumerate(arrived.lines, 1)))
        return
    for sheet in arrived.book.sheets:
        if sheet.name not in (REMARKS.ru, REMARKS.en):
            yield _Leaf(sheet.name, ((row.number, row.values) for row in sheet.rows))


def _write(cell: SheetCell, value: Value) -> None:
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"  # «=1+1» is words here, too


def _mark(cell: SheetCell, problems: Sequence[PlacedProblem], translate: Translate) -> None:
    from openpyxl.comments import Comment  # noqa: PLC0415 - as above
    from openpyxl.styles import PatternFill  # noqa: PLC0415

    bad = any(one.severity is Severity.ERROR for one in problems)
    cell.fill = PatternFill("solid", fgColor=_COLOURS[Severity.ERROR if bad else Severity.WARNING])
    said = "\n".join(one.sentence(translate) for one in problems)
    cell.comment = Comment(said, AUTHOR, width=360, height=120)


def _list(book: Workbook, problems: Sequence[PlacedProblem], translate: Translate) -> None:
    sheet = book.create_sheet(REMARKS.ru)
    for letter, wide in _WIDE.items():
        sheet.column_dimensions[letter].width = wide
    lines = [tuple(translate(word) for word in _HEADER)]
    lines += [(one.place(translate), one.sentence(translate)) for one in problems]
    for number, line in enumerate(lines, 1):
        for column, text in enumerate(line, 1):
            _write(sheet.cell(number, column), text)
