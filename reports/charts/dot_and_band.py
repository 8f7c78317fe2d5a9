"""The competence profile: a dot for the result, a band for its 80 % interval, one row a block."""

from __future__ import annotations

from reports.charts.chart import Chart
from reports.charts.labels import fitted, put, put_lines
from reports.charts.marks import BAND, Dot, dot, tick
from reports.charts.measure import text_width
from reports.charts.plot import Plot
from reports.charts.profile import (
    axis,
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
from reports.wording.words import Words, mark

WIDE = 1016
_ROW = 44
_TOP = 32  # room of the column heads
_NAME_SHARE, _FIELD_END, _VALUE, _VERDICT = 0.232, 0.69, 0.735, 0.762
_TICKS = (0, 25, 50, 75, 100)
_KEYS = (
    (Dot.FULL, mark("вывод уверенный")),
    (Dot.HALF, mark("вывод предварительный")),
    (Dot.HOLLOW, mark("заданий мало")),
)


def dot_and_band(
    report: PersonReport, words: Words, *, ident: str, theme: Theme = SCREEN, width: float = WIDE
) -> Chart:
    """The wide layout, `width` pixels (about 640 on paper, 1016 on a page)."""
    drawing = Drawing(width)
    scale = Scale(0, 100, width * _NAME_SHARE + 12, width * _FIELD_END)
    plot = Plot(drawing, scale, theme, words)
    bottom = _TOP + _ROW * len(report.blocks)
    _ground(plot, report.scale, bottom)
    _heads(plot, report.scale)
    for index, block in enumerate(report.blocks):
        _row(plot, block, _TOP + _ROW * index)
    axis(plot, bottom, _TICKS)
    _key(plot, report.blocks, bottom + 52)
    drawing.height = bottom + 64
    return finished(plot, report, ident)


def _ground(plot: Plot, official: OfficialScale, bottom: float) -> None:
    """Every second level field is tinted, from the second one up."""
    borders = (*official.borders, 100.0)
    for low, high in zip(borders[:-1:2], borders[1::2], strict=False):
        left, right = plot.scale(low), plot.scale(high)
        plot.drawing.rect(left, _TOP - 8, right - left, bottom - _TOP + 8, fill=plot.theme.field)
    border_lines(plot, official.borders, _TOP - 8, bottom)


def _heads(plot: Plot, official: OfficialScale) -> None:
    width, color, words = plot.drawing.width, plot.theme.secondary, plot.words
    for x, title, anchor in (
        (0, words.say("Блок"), "start"),
        (width * _VALUE, "%", "end"),
        (width * _VERDICT, words.say("Вывод"), "start"),
        (width, words.say("Заданий"), "end"),
    ):
        put(plot.drawing, x, 14, title, size=13, color=color, anchor=anchor)  # type: ignore[arg-type]
    edges = (0.0, *official.borders, 100.0)
    for low, high, label in zip(edges, edges[1:], level_ranges(official, words), strict=False):
        left, right = plot.scale(low), plot.scale(high)
        if text_width(label, 13) * plot.theme.slack <= right - left:
            middle = (left + right) / 2
            put(plot.drawing, middle, 14, label, size=13, color=color, anchor="middle")


def _row(plot: Plot, block: BlockResult, top: float) -> None:
    drawing, theme, words, width = plot.drawing, plot.theme, plot.words, plot.drawing.width
    middle, bold = top + _ROW / 2, stressed(block)
    few = kind_of(block) is Dot.HOLLOW
    drawing.line(0, top + _ROW, width, top + _ROW, color=theme.grid)
    names = fitted(block.title, width * _NAME_SHARE - 12, theme, size=14)
    put_lines(drawing, 0, middle, names, size=14, color=theme.ink)
    draw_result(plot, block, middle)
    put(
        drawing, width * _VALUE, middle + 5, value_text(block, words, unit=False),
        size=14, color=theme.ink, bold=not few, anchor="end",
    )  # fmt: skip
    used = items_used(block, words)
    size = 13 if few else 14
    room = width * (1 - _VERDICT) - max(text_width(used, 14), 30) * theme.slack - 14
    said = fitted(verdict(block, words), room, theme, size=size, bold=bold)
    color = theme.secondary if few else theme.ink
    put_lines(drawing, width * _VERDICT, middle, said, size=size, color=color, bold=bold)
    put(drawing, width, middle + 5, used, size=14, color=theme.ink, anchor="end")


def _key(plot: Plot, blocks: tuple[BlockResult, ...], y: float) -> None:
    """Only the kinds of marks that are there."""
    drawing, theme, words = plot.drawing, plot.theme, plot.words
    present = {kind_of(block) for block in blocks if block.percent is not None}
    x = 8.0
    for kind, text in _KEYS:
        if kind in present:
            dot(drawing, x, y - 4, kind, theme)
            put(drawing, x + 14, y, words.say(text), size=13, color=theme.ink)
            x += 14 + text_width(words.say(text), 13) * theme.slack + 32
    if any(block.band for block in blocks):
        drawing.rect(x - 8, y - 4 - BAND / 2, 30, BAND, fill=theme.band, radius=2)
        put(drawing, x + 30, y, words.say("8 случаев из 10"), size=13, color=theme.ink)
        x += 30 + text_width(words.say("8 случаев из 10"), 13) * theme.slack + 32
    if any(block.estimate is not None for block in blocks):
        tick(drawing, x, y - 4, theme)
        put(drawing, x + 10, y, words.say("набрано баллов"), size=13, color=theme.ink)
