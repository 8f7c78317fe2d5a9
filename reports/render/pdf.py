"""PDF by xhtml2pdf: PT Sans embedded, nothing fetched, the same bytes for the same contents."""

from __future__ import annotations

import base64
import math
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from reports.charts.chart import Chart
from reports.charts.measure import text_width
from reports.outline import Block, Outline, Section
from reports.render import bounded
from reports.render.engine import EngineLimitError, font_files
from reports.render.environment import paper_environment
from reports.render.printable import breakable, printable
from reports.render.widths import column_widths
from reports.tables import Table
from reports.wording.words import Words

#: Rows above which a caption that is kept with its table would push the whole table to the next page.
LONG_FROM = 25
#: A sheet laid across holds some 440 points of text: a table taller than half of it may break anywhere.
TALL_FROM = 220.0
MOST_ROWS = 4000  # a document nobody prints; a spreadsheet holds it
_PORTRAIT, _LANDSCAPE = 482.0, 723.0  # width of the text in points: 170 and 255 mm
_PIXEL = 0.75  # points
_CELL, _PADDING = 9.0, 8.0  # type size and side padding of a cell, points
_LEADING = 1.2  # of the cells, as document.css has it
_SMALL_CELL, _SMALL_PADDING = 8.0, 6.0  # of a list of people: a third fewer pages
_SIZE = re.compile(r'width="([\d.]+)" height="([\d.]+)"')


class TooLargeError(ValueError):
    """`rows` are more than a printed document carries, or than the engine sets in its bounds."""

    code = "document_too_large"

    def __init__(self, rows: int) -> None:
        super().__init__(f"{rows} rows are too many for a PDF, {MOST_ROWS} at the very most")
        self.rows = rows


@dataclass(frozen=True, slots=True)
class Picture:
    """A figure ready to be set: its data URI and its size in CSS pixels."""

    uri: str
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Part:
    """One block as the template sees it."""

    kind: str
    block: Block
    caption: str
    table: PaperTable | None = None
    picture: Picture | None = None
    heads: bool = False  # the caption is the heading of the section


@dataclass(frozen=True, slots=True)
class PaperTable:
    heads: tuple[tuple[str, str, str], ...]  # title, width, alignment
    rows: tuple[tuple[tuple[str, str], ...], ...]  # text, alignment
    strong: frozenset[int]
    note: str
    long: bool  # may break anywhere: its caption is a row of the table


def pdf(outline: Outline, words: Words, templates: Path) -> bytes:
    """The document as PDF.

    Raises
    ------
    TooLargeError
        When the tables together have more than `MOST_ROWS` rows, or more than the engine sets.
    EngineStoppedError
        The engine hung or died in the middle; trying again may help.
    """
    rows = sum(len(table.rows) for table in outline.tables)
    if rows > MOST_ROWS:
        raise TooLargeError(rows)
    width = _LANDSCAPE if outline.landscape else _PORTRAIT
    parts = [_part(block, caption, width, words) for block, caption in outline.captioned(words)]
    return render(
        "reports/document.html", templates, {"outline": outline, "parts": _headed(parts), "words": words}
    )


def _headed(parts: Iterable[Part]) -> list[Part]:
    """A heading before a table that may break is its first row: it neither stands alone nor pulls the table away."""
    found: list[Part] = []
    for part in parts:
        if part.table is not None and part.table.long and not part.caption and found:
            before = found[-1].block
            if isinstance(before, Section):
                found[-1] = replace(part, caption=before.title, heads=True)
                continue
        found.append(part)
    return found


def render(template: str, templates: Path, values: dict[str, Any]) -> bytes:
    """One template to PDF bytes; `values` reach it escaped."""
    page = paper_environment(templates).get_template(template)
    return _convert(page.render(fonts=font_files(), **values))


def _convert(html: str) -> bytes:
    try:
        return bounded.convert(html)
    except EngineLimitError as error:
        raise TooLargeError(html.count("<tr")) from error


def _part(block: Block, caption: str, width: float, words: Words) -> Part:
    kind = type(block).__name__.lower()
    if isinstance(block, Table):
        return Part(kind, block, caption, table=_paper(block, width, words))
    chart = getattr(block, "chart", None)
    if isinstance(chart, Chart):
        return Part(kind, block, caption, picture=picture(chart.svg, width))
    return Part(kind, block, caption)


def picture(svg: str, width: float) -> Picture:
    """The figure at most `width` points wide; the engine draws SVG from data URIs only, as vectors."""
    found = _SIZE.search(svg)
    if found is None:
        raise ValueError("a figure without width and height")
    across, down = float(found[1]), float(found[2])
    factor = min(width / _PIXEL / across, 1.0)  # never larger than drawn
    code = base64.b64encode(printable(svg).encode()).decode()
    return Picture(f"data:image/svg+xml;base64,{code}", across * factor, down * factor)


def _is_tall(table: Table, width: float, words: Words) -> bool:
    """Whether the rows, as their fullest cells wrap, take more than `TALL_FROM` points."""
    widths = column_widths(table, width, words, size=_CELL, padding=_PADDING + 1)
    lines = sum(
        max(
            math.ceil(text_width(text, _CELL) / (across - _PADDING))
            for text, across in zip(row, widths, strict=True)
        )
        for row in table.texts(words)
    )
    return lines * _CELL * _LEADING > TALL_FROM


def _paper(table: Table, width: float, words: Words) -> PaperTable:
    long = len(table.rows) > LONG_FROM or (width == _LANDSCAPE and _is_tall(table, width, words))
    size, padding = (_SMALL_CELL, _SMALL_PADDING) if long else (_CELL, _PADDING)
    widths = column_widths(table, width, words, size=size, padding=padding + 1)
    rooms = [across - padding for across in widths]
    sides = ["right" if column.numeric else "left" for column in table.columns]
    heads = tuple(
        (breakable(column.title, room, size), f"{across / width * 100:.2f}%", side)
        for column, room, across, side in zip(table.columns, rooms, widths, sides, strict=True)
    )
    rows = tuple(
        tuple((breakable(text, room, size), side) for text, room, side in zip(row, rooms, sides, strict=True))
        for row in table.texts(words)
    )
    return PaperTable(heads, rows, table.strong, table.note, long)
