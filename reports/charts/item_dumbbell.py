"""Two per cents of one thing on a line, entry hollow and exit filled: the whole first, then each task."""

from __future__ import annotations

from dataclasses import dataclass

from reports.charts.chart import Chart
from reports.charts.forest import NARROW, value_axis
from reports.charts.labels import fitted, put, put_lines
from reports.charts.measure import text_width
from reports.charts.plot import Plot
from reports.charts.scale import Scale
from reports.charts.svg import Drawing
from reports.charts.theme import Theme
from reports.contents.analysis import ItemChange
from reports.tables import Table
from reports.wording.numbers import DASH, signed
from reports.wording.words import Words

_ROW, _PHONE_ROW, _TOP, _FOOT, _R = 24, 42, 30, 48, 5.5
_NAME, _VALUE = 0.24, 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Dumbbells:
    """`rows` with the whole test as the first; those without both per cents have no line."""

    rows: tuple[ItemChange, ...]
    title: str
    subtitle: str
    description: str
    table: Table


def item_dumbbell(of: Dumbbells, words: Words, *, ident: str, theme: Theme, width: float) -> Chart:
    scale = Scale(0, 100, width * _NAME + 10, width * (1 - _VALUE) - 14)
    plot = Plot(Drawing(width), scale, theme, words)
    bottom = _TOP + _ROW * len(of.rows)
    _grid(plot, bottom)
    for place, row in enumerate(of.rows):
        middle, bold = _TOP + _ROW * place + _ROW / 2, place == 0
        names = fitted(row.name, width * _NAME - 6, theme, size=13, bold=bold, most=1)
        put_lines(plot.drawing, 0, middle, names, size=13, color=theme.ink, bold=bold)
        _line(plot, row, middle)
        put(
            plot.drawing, width, middle + 4.5, _said(row, words),
            size=13, color=theme.ink, bold=bold, anchor="end",
        )  # fmt: skip
    return _finished(plot, of, ident, float(bottom))


def item_dumbbell_phone(of: Dumbbells, words: Words, *, ident: str, theme: Theme) -> Chart:
    plot = Plot(Drawing(NARROW), Scale(0, 100, 10, NARROW - 14), theme, words)
    bottom = _TOP + _PHONE_ROW * len(of.rows)
    _grid(plot, bottom)
    for place, row in enumerate(of.rows):
        top, bold = _TOP + _PHONE_ROW * place, place == 0
        name = fitted(row.name, NARROW * 0.7, theme, size=14, bold=bold, most=1)[0]
        put(plot.drawing, 0, top + 14, name, size=14, color=theme.ink, bold=bold, ground=theme.ground)
        put(
            plot.drawing, NARROW, top + 14, _said(row, words),
            size=14, color=theme.ink, bold=bold, anchor="end", ground=theme.ground,
        )  # fmt: skip
        _line(plot, row, top + 29)
    return _finished(plot, of, ident, float(bottom))


def _said(row: ItemChange, words: Words) -> str:
    return DASH if row.change is None else signed(row.change, words)


def _grid(plot: Plot, bottom: float) -> None:
    for value in (0, 25, 50, 75, 100):
        x = plot.scale(value)
        plot.drawing.line(x, _TOP - 4, x, bottom, color=plot.theme.grid)
    words, theme, x = plot.words, plot.theme, plot.scale.start + _R
    entry, leave = words.say("вход"), words.say("выход")
    _circle(plot, x, 10, filled=False)
    put(plot.drawing, x + 11, 14.5, entry, size=13, color=theme.ink)
    x += 11 + text_width(entry, 13) * theme.slack + 22
    _circle(plot, x, 10, filled=True)
    put(plot.drawing, x + 11, 14.5, leave, size=13, color=theme.ink)


def _line(plot: Plot, row: ItemChange, y: float) -> None:
    if row.entry is not None and row.exit is not None:
        plot.drawing.line(plot.scale(row.entry), y, plot.scale(row.exit), y, color=plot.theme.ink, width=1.6)
    for value, filled in ((row.entry, False), (row.exit, True)):
        if value is not None:
            _circle(plot, plot.scale(value), y, filled=filled)


def _circle(plot: Plot, x: float, y: float, *, filled: bool) -> None:
    theme = plot.theme
    fill, stroke = (theme.mark, theme.ground) if filled else (theme.ground, theme.ink)
    plot.drawing.add("circle", cx=x, cy=y, r=_R, fill=fill, stroke=stroke, stroke_width=1.5)


def _finished(plot: Plot, of: Dumbbells, ident: str, bottom: float) -> Chart:
    value_axis(plot, bottom, plot.words.say("средняя доля возможных баллов, %"))
    plot.drawing.height = bottom + _FOOT
    return plot.finish(
        ident, title=of.title, subtitle=of.subtitle, description=of.description, table=of.table
    )
