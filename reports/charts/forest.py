"""Figures of many things under one another: a dot, its interval, the lines one compares with."""

from __future__ import annotations

from dataclasses import dataclass

from reports.charts.chart import Chart
from reports.charts.labels import fitted, put, put_lines
from reports.charts.marks import Dot, dot, whisker
from reports.charts.plot import Plot
from reports.charts.scale import Scale, ticks
from reports.charts.svg import Drawing
from reports.charts.theme import Theme
from reports.contents.common import Interval
from reports.tables import Table
from reports.wording.numbers import DASH, number
from reports.wording.words import Words

NARROW = 328
_ROW, _PHONE_ROW, _TOP, _FOOT = 22, 42, 10, 48
_NAME, _VALUE = 0.24, 0.10  # shares of the width
_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class ForestRow:
    """`sure` fills the dot; without a value a dash stands."""

    name: str
    value: float | None
    interval: Interval | None = None
    sure: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Forest:
    """Rows with everything that is said about them.

    low, high  bounds of the axis; None = from the rows, never beyond `cap`
    zero       the strong line; lines: the fine ones; zone: a tinted field
    """

    rows: tuple[ForestRow, ...]
    title: str
    subtitle: str
    axis: str
    description: str
    table: Table
    low: float | None = None
    high: float | None = None
    cap: float = 6.0
    zero: float | None = None
    lines: tuple[float, ...] = ()
    zone: Interval | None = None
    decimals: int = 2


def forest(of: Forest, words: Words, *, ident: str, theme: Theme, width: float) -> Chart:
    """The wide layout: name, field, value."""
    drawing = Drawing(width)
    scale = _scale(of, width * _NAME + 10, width * (1 - _VALUE) - 14)
    plot = Plot(drawing, scale, theme, words)
    bottom = _TOP + _ROW * len(of.rows)
    _ground(plot, of, _TOP, bottom)
    for place, row in enumerate(of.rows):
        middle = _TOP + _ROW * place + _ROW / 2
        names = fitted(row.name, width * _NAME - 6, theme, size=13, most=1)
        put_lines(drawing, 0, middle, names, size=13, color=theme.ink)
        _mark(plot, row, middle)
        put(
            drawing, width, middle + 4.5, _text(row, of, words),
            size=13, color=theme.ink, anchor="end",
        )  # fmt: skip
    return _finished(plot, of, ident, bottom)


def forest_phone(of: Forest, words: Words, *, ident: str, theme: Theme) -> Chart:
    """Name and value above each interval."""
    drawing = Drawing(NARROW)
    plot = Plot(drawing, _scale(of, 14, NARROW - 14), theme, words)
    bottom = _TOP + _PHONE_ROW * len(of.rows)
    _ground(plot, of, _TOP, bottom)
    for place, row in enumerate(of.rows):
        top = _TOP + _PHONE_ROW * place
        name = fitted(row.name, NARROW * 0.7, theme, size=14, most=1)[0]
        put(drawing, 0, top + 14, name, size=14, color=theme.ink, ground=theme.ground)
        put(
            drawing, NARROW, top + 14, _text(row, of, words),
            size=14, color=theme.ink, anchor="end", ground=theme.ground,
        )  # fmt: skip
        _mark(plot, row, top + 29)
        drawing.line(0, top + _PHONE_ROW, NARROW, top + _PHONE_ROW, color=theme.grid)
    return _finished(plot, of, ident, bottom)


def _text(row: ForestRow, of: Forest, words: Words) -> str:
    return DASH if row.value is None else number(row.value, words, of.decimals)


def _scale(of: Forest, start: float, end: float) -> Scale:
    values = [] if of.zero is None else [of.zero]
    values += [*of.lines, *((of.zone.low, of.zone.high) if of.zone else ())]
    for row in of.rows:
        values += [] if row.value is None else [row.value]
        values += [row.interval.low, row.interval.high] if row.interval else []
    values = [min(max(value, -of.cap), of.cap) for value in values] or [0.0]
    room = 0.04 * max(max(values) - min(values), 0.1)
    low = min(values) - room if of.low is None else of.low
    high = max(values) + room if of.high is None else of.high
    return Scale(low, high, start, end)


def _ground(plot: Plot, of: Forest, top: float, bottom: float) -> None:
    drawing, scale, theme = plot.drawing, plot.scale, plot.theme
    if of.zone:
        left, right = scale(of.zone.low), scale(of.zone.high)
        drawing.rect(left, top - 4, right - left, bottom - top + 4, fill=theme.zone)
    for value in ticks(scale.low, scale.high, 6):
        drawing.line(scale(value), top - 4, scale(value), bottom + 4, color=theme.grid)
    for value in of.lines:
        if scale.low < value < scale.high:
            drawing.line(scale(value), top - 4, scale(value), bottom, color=theme.control, dash="2 3")
    if of.zero is not None:
        drawing.line(scale(of.zero), top - 4, scale(of.zero), bottom + 4, color=theme.ink, width=1.5)


def _mark(plot: Plot, row: ForestRow, y: float) -> None:
    if row.value is None:
        put(plot.drawing, plot.scale.start, y + 4.5, DASH, size=13, color=plot.theme.secondary)
        return
    if row.interval:
        low, high = plot.scale(row.interval.low), plot.scale(row.interval.high)
        whisker(plot.drawing, low, high, y, plot.theme)
    dot(plot.drawing, plot.scale(row.value), y, Dot.FULL if row.sure else Dot.HOLLOW, plot.theme)


def value_axis(plot: Plot, y: float, title: str) -> None:
    """Ticks, their numbers and the name of the axis under the field; numbers stay inside the drawing."""
    drawing, scale, theme = plot.drawing, plot.scale, plot.theme
    found = ticks(scale.low, scale.high, 6)
    decimals = tick_decimals(found)
    drawing.line(scale.start, y, scale.end, y, color=theme.ink)
    for value in found:
        x = scale(value)
        drawing.line(x, y, x, y + 5, color=theme.ink)
        put(
            drawing, x, y + 19, number(value, plot.words, decimals),
            size=13, color=theme.secondary, anchor="middle",
        )  # fmt: skip
    for line in fitted(title, drawing.width, theme, size=13, most=1):
        put(
            drawing, (scale.start + scale.end) / 2, y + 38, line,
            size=13, color=theme.ink, anchor="middle",
        )  # fmt: skip


def tick_decimals(values: tuple[float, ...]) -> int:
    """The fewest decimals that tell the ticks apart: 0; 0,5; 0,25."""
    return next(
        (digits for digits in (0, 1, 2) if all(abs(round(one, digits) - one) < _ROUNDING for one in values)),
        3,
    )


def _finished(plot: Plot, of: Forest, ident: str, bottom: float) -> Chart:
    value_axis(plot, bottom, of.axis)
    plot.drawing.height = bottom + _FOOT
    return plot.finish(
        ident, title=of.title, subtitle=of.subtitle, description=of.description, table=of.table
    )
