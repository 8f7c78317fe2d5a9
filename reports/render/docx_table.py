"""Tables of Word documents: full grid, widths by share, the head repeated, rows unbroken."""

from __future__ import annotations

from typing import Any

from reports.render.printable import cell_safe
from reports.tables import Table
from reports.wording.words import Words

_SIZE = 10


def add_table(document: Any, table: Table, words: Words) -> None:
    from docx.shared import Pt  # noqa: PLC0415 - heavy

    grid = document.add_table(rows=1, cols=len(table.columns))
    grid.style = "Table Grid"
    grid.autofit = False
    widths = _widths(document, table)
    _fill(grid.rows[0], [column.title for column in table.columns], widths, ["center"] * len(widths))
    _repeat(grid.rows[0])
    sides = ["right" if column.numeric else "left" for column in table.columns]
    for number, texts in enumerate(table.texts(words)):
        row = grid.add_row()
        _fill(row, list(texts), widths, sides, bold=number in table.strong)
        _unbroken(row)
    after = document.add_paragraph()
    if table.note:
        after.add_run(cell_safe(table.note)).font.size = Pt(_SIZE)
    else:
        after.paragraph_format.space_after = Pt(0)


def _widths(document: Any, table: Table) -> list[int]:
    """English Metric Units that together fill the text."""
    section = document.sections[0]
    room = section.page_width - section.left_margin - section.right_margin
    total = sum(column.share for column in table.columns)
    return [int(room * column.share / total) for column in table.columns]


def _fill(row: Any, texts: list[str], widths: list[int], sides: list[str], *, bold: bool = False) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415 - heavy
    from docx.shared import Pt  # noqa: PLC0415 - heavy

    for cell, text, width, side in zip(row.cells, texts, widths, sides, strict=True):
        cell.width = width
        paragraph = cell.paragraphs[0]
        paragraph.alignment = getattr(WD_ALIGN_PARAGRAPH, side.upper())
        paragraph.paragraph_format.space_after = Pt(0)
        run = paragraph.add_run(cell_safe(text))
        run.bold = bold
        run.font.size = Pt(_SIZE)


def _repeat(row: Any) -> None:
    _mark(row, "w:tblHeader")
    _unbroken(row)


def _unbroken(row: Any) -> None:
    _mark(row, "w:cantSplit")


def _mark(row: Any, name: str) -> None:
    from docx.oxml import OxmlElement  # noqa: PLC0415 - heavy

    row._tr.get_or_add_trPr().append(OxmlElement(name))  # noqa: SLF001 - no API for row marks
