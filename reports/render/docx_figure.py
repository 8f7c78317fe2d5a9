"""Figures of Word documents: pixels at 300 to the inch, a name under them, a text alternative inside."""

from __future__ import annotations

import io
from typing import Any

from reports.outline import Figure
from reports.render.png import png
from reports.render.printable import cell_safe

_PIXEL = 25.4 / 96  # mm
_EDGE = 1.0  # mm: a drawing as wide as the text is pushed aside by some readers
_NOTE = 10  # points


def add_figure(document: Any, figure: Figure, caption: str) -> None:
    """The drawing, its name, then how to read it; never larger than it was drawn."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415 - heavy
    from docx.shared import Mm, Pt  # noqa: PLC0415 - heavy

    across = min(_room(document) - _EDGE, figure.chart.width * _PIXEL)
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.space_before = Mm(2)
    paragraph.paragraph_format.keep_with_next = True
    shape = paragraph.add_run().add_picture(io.BytesIO(png(figure.chart, across)), width=Mm(across))
    _describe(shape, figure)
    under = document.add_paragraph(cell_safe(caption or figure.chart.title), style="Caption")
    under.alignment = WD_ALIGN_PARAGRAPH.CENTER
    under.paragraph_format.keep_with_next = bool(figure.note)
    if figure.note:
        document.add_paragraph().add_run(cell_safe(figure.note)).font.size = Pt(_NOTE)


def _describe(shape: Any, figure: Figure) -> None:
    properties = shape._inline.docPr  # noqa: SLF001 - python-docx has no API for text alternatives
    properties.set("title", cell_safe(figure.chart.title))
    properties.set("descr", cell_safe(figure.chart.description))


def _room(document: Any) -> float:
    """Width of the text, mm."""
    from docx.shared import Mm  # noqa: PLC0415 - heavy

    section = document.sections[0]
    return float((section.page_width - section.left_margin - section.right_margin) / Mm(1))
