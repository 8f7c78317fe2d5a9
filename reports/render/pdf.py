"""PDF by xhtml2pdf: PT Sans embedded, nothing fetched, the same bytes for the same contents."""

from __future__ import annotations

import base64
import io
import math
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import fontpkg

from reports.charts.chart import Chart
from reports.charts.measure import FAMILY, text_width
from reports.outline import Block, Outline, Section
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
#: The engine's own limit is that of strangers' pages; ours are bounded, and the machine may be busy.
_SECONDS = 300
_IN_MEMORY = 64 * 1024 * 1024  # bytes; above it the engine leaves temporary files open
_CELL, _PADDING = 9.0, 8.0  # type size and side padding of a cell, points
_LEADING = 1.2  # of the cells, as document.css has it
_SMALL_CELL, _SMALL_PADDING = 8.0, 6.0  # of a list of people: a third fewer pages
_FACES = (("normal", "normal"), ("normal", "italic"), ("bold", "normal"), ("bold", "italic"))
_SIZE = re.compile(r'width="([\d.]+)" height="([\d.]+)"')


class TooLargeError(ValueError):
    """`rows` are more than a printed document carries, or than the engine sets in its time."""

    code = "too_large"

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
        When the tables together have more than `MOST_ROWS` rows.
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
    return _convert(page.render(fonts=_font_files(), **values))


def _font_files() -> tuple[tuple[str, str, str], ...]:
    return tuple(
        (str(fontpkg.path(FAMILY, weight=weight, style=style)), weight, style) for weight, style in _FACES
    )


@lru_cache(maxsize=1)
def _register_svg_fonts() -> None:
    """Without it svglib asks the system for a face and embeds whatever it finds."""
    from svglib.fonts import register_font  # noqa: PLC0415 - heavy

    for path, weight, style in _font_files():
        register_font(FAMILY, path, weight=weight, style=style)


def _convert(html: str) -> bytes:
    from reportlab import rl_config  # noqa: PLC0415 - heavy
    from xhtml2pdf import pisa  # noqa: PLC0415 - heavy
    from xhtml2pdf.config.resources import RenderLimitError, ResourceAccessPolicy  # noqa: PLC0415 - heavy

    rl_config.invariant = 1
    _register_svg_fonts()
    folder = fontpkg.path(FAMILY).parent
    policy = ResourceAccessPolicy.server(folder, allow_remote=False, max_render_seconds=_SECONDS)
    target = io.BytesIO()
    try:
        pisa.CreatePDF(
            html, dest=target, encoding="utf-8", resource_policy=policy, capacity=_IN_MEMORY
        )  # fmt: skip
    except RenderLimitError as error:
        raise TooLargeError(html.count("<tr")) from error
    return target.getvalue()


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
