"""The competence profile on a phone: name and verdict above each strip, no sideways scroll."""

from __future__ import annotations

from reports.charts.chart import Chart
from reports.charts.labels import fitted, put
from reports.charts.marks import Dot
from reports.charts.measure import text_width
from reports.charts.plot import Plot
from reports.charts.profile import (
    border_lines,
    draw_result,
    finished,
    kind_of,
    stressed,
    value_text,
    verdict,
)
from reports.charts.scale import Scale
from reports.charts.svg import Drawing
from reports.charts.theme import SCREEN, Theme
from reports.contents.common import OfficialScale
from reports.contents.person import BlockResult, PersonReport
from reports.wording.person import items_used, level_ranges
from reports.wording.words import Words

NARROW = 328
_EDGE = 8  # room for half a mark at 0 and 100 %
_TOP = 26
_STRIP = 30


def dot_and_band_phone(report: PersonReport, words: Words, *, ident: str, theme: Theme = SCREEN) -> Chart:
    drawing = Drawing(NARROW)
    plot = Plot(drawing, Scale(0, 100, _EDGE, NARROW - _EDGE), theme, words)
    _heads(plot, report.scale)
    y = float(_TOP)
    for block in report.blocks:
        y = _row(plot, block, report.scale.borders, y)
    _axis(plot, y)
    drawing.height = y + 26
    return finished(plot, report, ident)


def _heads(plot: Plot, official: OfficialScale) -> None:
    edges = (0.0, *official.borders, 100.0)
    for low, high, label in zip(edges, edges[1:], level_ranges(official, plot.words), strict=False):
        left, right = plot.scale(low), plot.scale(high)
        if text_width(label, 13) * plot.theme.slack <= right - left + _EDGE:
            put(
                plot.drawing, (left + right) / 2, 14, label,
                size=13, color=plot.theme.secondary, anchor="middle",
            )  # fmt: skip


def _row(plot: Plot, block: BlockResult, borders: tuple[float, ...], top: float) -> float:
    """The height where the next row begins."""
    drawing, theme, words = plot.drawing, plot.theme, plot.words
    few = kind_of(block) is Dot.HOLLOW
    value = items_used(block, words) if few else value_text(block, words, unit=True)
    put(
        drawing, NARROW, top + 18, value, size=15,
        color=theme.secondary if few else theme.ink, bold=not few, anchor="end",
    )  # fmt: skip
    room = NARROW - (text_width(value, 15, bold=True) + 12) * theme.slack
    y = top + 18
    for line in fitted(block.title, room, theme, size=15):
        put(drawing, 0, y, line, size=15, color=theme.ink)
        y += 18
    put(
        drawing, 0, y, verdict(block, words), size=13,
        color=theme.secondary if few else theme.ink, bold=stressed(block),
    )  # fmt: skip
    middle = y + 19
    border_lines(plot, borders, middle - 9, middle + 9)
    draw_result(plot, block, middle)
    drawing.line(0, middle + 14, NARROW, middle + 14, color=theme.grid)
    return middle + 14


def _axis(plot: Plot, y: float) -> None:
    """Labels of the ends stand inside the column."""
    for value, x, anchor in ((0, 0, "start"), (50, plot.scale(50), "middle"), (100, NARROW, "end")):
        label = f"{value}\u00a0%" if value == 100 else str(value)  # noqa: PLR2004
        put(
            plot.drawing, x, y + 20, label, size=13, color=plot.theme.secondary, anchor=anchor,  # type: ignore[arg-type]
        )  # fmt: skip
