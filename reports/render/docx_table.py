"""Tables of Word documents: full grid, widths by share, the head repeated, rows unbroken."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from reports.render.printable import cell_safe
from reports.render.widths import column_widths, fitting_size
from reports.tables import Table
from reports.wording.words import Words

_SIZES = (9.5, 9.0, 8.5, 8.0, 7.5, 7.0)  # points: a wide table is set smaller before a word breaks
_NOTE = 9.5
_PADDING = 7.5  # points, both sides of a cell with its rules
_MARGIN = 68  # twentieths of a point at each side of a cell
_SLACK = 1.25  # what a substitute of the face may add
_POINT = 12_700  # English Metric Units


@dataclass(frozen=True, slots=True)
class _Look:
    """Widths of the columns (English Metric Units) and the size of type (points)."""

    widths: list[int]
    size: float


def add_table(document: Any, table: Table, words: Words) -> None:
    grid = document.add_table(rows=1, cols=len(table.columns))
    grid.style = "Table Grid"
    room = _room(document) / _POINT
    size = fitting_size(table, room, words, sizes=_SIZES, padding=_PADDING, slack=_SLACK)
    spread = column_widths(table, room, words, size=size, padding=_PADDING, slack=_SLACK)
    widths = [int(width * _POINT) for width in spread]
    look = _Look(widths, size)
    _set_columns(grid, widths)
    _set_margins(grid)
    _fill(grid.rows[0], [column.title for column in table.columns], look, ["center"] * len(widths))
    _repeat(grid.rows[0])
    sides = ["right" if column.numeric else "left" for column in table.columns]
    for number, texts in enumerate(table.texts(words)):
        row = grid.add_row()
        _fill(row, list(texts), look, sides, bold=number in table.strong)
        _unbroken(row)
    _after(document, table.note)


def _after(document: Any, note: str) -> None:
    """The note under a table, or a thin gap."""
    from docx.shared import Pt  # noqa: PLC0415 - heavy

    after = document.add_paragraph()
    if note:
        after.add_run(cell_safe(note)).font.size = Pt(_NOTE)
    else:
        after.paragraph_format.line_spacing = Pt(6)
        after.paragraph_format.space_after = Pt(0)


def add_grid(document: Any, rows: list[list[str]], shares: tuple[float, ...]) -> None:
    """A table without rules: places texts side by side."""
    from docx.shared import Pt  # noqa: PLC0415 - heavy

    grid = document.add_table(rows=0, cols=len(shares))
    widths = _widths(document, shares)
    _set_columns(grid, widths)
    for texts in rows:
        for cell, text, width in zip(grid.add_row().cells, texts, widths, strict=True):
            cell.width = width
            cell.text = cell_safe(text)
            cell.paragraphs[0].paragraph_format.space_after = Pt(1)


def _set_columns(grid: Any, widths: list[int]) -> None:
    """Some readers take the widths of columns, some of cells: both are said."""
    grid.autofit = False
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = width


def _widths(document: Any, shares: tuple[float, ...]) -> list[int]:
    """English Metric Units that together fill the text."""
    return [int(_room(document) * share / sum(shares)) for share in shares]


def _room(document: Any) -> int:
    section = document.sections[0]
    return int(section.page_width - section.left_margin - section.right_margin)


def _set_margins(grid: Any) -> None:
    """Narrower sides than Word's own: the room goes to the words."""
    from docx.oxml import OxmlElement  # noqa: PLC0415 - heavy
    from docx.oxml.ns import qn  # noqa: PLC0415 - heavy

    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        edge = OxmlElement(f"w:{side}")
        edge.set(qn("w:w"), str(_MARGIN))
        edge.set(qn("w:type"), "dxa")
        margins.append(edge)
    grid._tbl.tblPr.append(margins)  # noqa: SLF001 - no API for cell margins


def _fill(row: Any, texts: list[str], look: _Look, sides: list[str], *, bold: bool = False) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415 - heavy
    from docx.shared import Pt  # noqa: PLC0415 - heavy

    for cell, text, width, side in zip(row.cells, texts, look.widths, sides, strict=True):
        cell.width = width
        paragraph = cell.paragraphs[0]
        paragraph.alignment = getattr(WD_ALIGN_PARAGRAPH, side.upper())
        paragraph.paragraph_format.space_after = Pt(0)
        run = paragraph.add_run(cell_safe(text))
        run.bold = bold
        run.font.size = Pt(look.size)


def _repeat(row: Any) -> None:
    _mark(row, "w:tblHeader")
    _unbroken(row)


def _unbroken(row: Any) -> None:
    _mark(row, "w:cantSplit")


def _mark(row: Any, name: str) -> None:
    from docx.oxml import OxmlElement  # noqa: PLC0415 - heavy

    row._tr.get_or_add_trPr().append(OxmlElement(name))  # noqa: SLF001 - no API for row marks
