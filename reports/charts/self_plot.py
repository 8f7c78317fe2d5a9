"""Own opinion and test on one line: a diamond and a dot with its band, never a mean of both."""

from __future__ import annotations

from reports.charts.chart import Chart
from reports.charts.labels import fitted, put, put_lines
from reports.charts.marks import Dot, band, dot
from reports.charts.plot import Plot
from reports.charts.scale import Scale
from reports.charts.svg import Drawing
from reports.charts.theme import SCREEN, Theme
from reports.charts.voices import voice_mark
from reports.contents.beside import SelfBeside, SelfLine
from reports.contents.zones import Voice
from reports.tabulate.selfview import self_table
from reports.wording import selfview as wording
from reports.wording.numbers import number
from reports.wording.words import Words

WIDE, NARROW = 1016, 328
_ROW, _TOP, _PHONE_ROW, _EDGE = 40, 24, 84, 16
_NAME, _FIELD = 0.25, 0.66
_TICKS = (0, 25, 50, 75, 100)


def self_plot(
    beside: SelfBeside, words: Words, *, ident: str, theme: Theme = SCREEN, width: float = WIDE
) -> Chart:
    plot = Plot(Drawing(width), Scale(0, 100, width * _NAME + 12, width * _FIELD), theme, words)
    _key(plot, beside, plot.scale.start)
    for place, one in enumerate(beside.lines):
        _row(plot, one, _TOP + _ROW * place)
    return _finished(plot, beside, ident, float(_TOP + _ROW * len(beside.lines)))


def self_plot_phone(beside: SelfBeside, words: Words, *, ident: str, theme: Theme = SCREEN) -> Chart:
    plot = Plot(Drawing(NARROW), Scale(0, 100, _EDGE, NARROW - _EDGE), theme, words)
    _key(plot, beside, 0)
    for place, one in enumerate(beside.lines):
        _phone_row(plot, one, _TOP + _PHONE_ROW * place)
    return _finished(plot, beside, ident, float(_TOP + _PHONE_ROW * len(beside.lines)))


def _key(plot: Plot, beside: SelfBeside, x: float) -> None:
    drawing, theme, words = plot.drawing, plot.theme, plot.words
    voice_mark(drawing, x + 8, 10, Voice.PARENT, theme)
    put(drawing, x + 20, 15, words.say("самооценка"), size=13, color=theme.ink)
    if beside.compared:
        dot(drawing, x + 124, 10, Dot.FULL, theme)
        put(drawing, x + 136, 15, words.say("тест"), size=13, color=theme.ink)


def _row(plot: Plot, one: SelfLine, top: float) -> None:
    drawing, theme, width = plot.drawing, plot.theme, plot.drawing.width
    middle = top + _ROW / 2
    names = fitted(one.title, width * _NAME - 8, theme, size=14)
    put_lines(drawing, 0, middle, names, size=14, color=theme.ink)
    _marks(plot, one, middle)
    said = fitted(_said(plot, one), width * (1 - _FIELD) - 24, theme, size=13)
    put_lines(drawing, width * _FIELD + 24, middle, said, size=13, color=theme.ink)
    drawing.line(0, top + _ROW, width, top + _ROW, color=theme.grid)


def _phone_row(plot: Plot, one: SelfLine, top: float) -> None:
    drawing, theme = plot.drawing, plot.theme
    put(
        drawing,
        0,
        top + 20,
        fitted(one.title, NARROW - 8, theme, size=15, most=1)[0],
        size=15,
        color=theme.ink,
    )
    lines = fitted(_said(plot, one), NARROW - 8, theme, size=13)
    for place, line in enumerate(lines):
        put(drawing, 0, top + 37 + 15 * place, line, size=13, color=theme.secondary)
    _marks(plot, one, top + 68)
    drawing.line(0, top + _PHONE_ROW, NARROW, top + _PHONE_ROW, color=theme.grid)


def _said(plot: Plot, one: SelfLine) -> str:
    said = wording.word(one, plot.words)
    if one.own is None:
        return said
    if one.test is None:
        return number(one.own, plot.words)
    return f"{number(one.own, plot.words)} / {number(one.test, plot.words)}: {said}"


def _marks(plot: Plot, one: SelfLine, y: float) -> None:
    """The opinion a little above the line, the test a little below: neither hides the other."""
    drawing, scale, theme = plot.drawing, plot.scale, plot.theme
    drawing.line(scale.start, y, scale.end, y, color=theme.grid)
    if one.test is not None:
        if one.band is not None:
            band(drawing, scale(one.band.low), scale(one.band.high), y + 5, theme)
        dot(drawing, scale(one.test), y + 5, Dot.FULL, theme)
    if one.own is not None:
        voice_mark(drawing, scale(one.own), y - 6 if one.test is not None else y, Voice.PARENT, theme)


def _finished(plot: Plot, beside: SelfBeside, ident: str, y: float) -> Chart:
    drawing, theme, words = plot.drawing, plot.theme, plot.words
    for value in _TICKS:
        drawing.line(plot.scale(value), y, plot.scale(value), y + 5, color=theme.control)
        put(
            drawing, plot.scale(value), y + 20, str(value), size=13, color=theme.secondary, anchor="middle"
        )  # fmt: skip
    drawing.height = y + 28
    return plot.finish(
        ident,
        title=wording.title(beside, words),
        subtitle=wording.subtitle(beside, words),
        description=wording.alternative(beside, words),
        table=self_table(beside, words),
    )
