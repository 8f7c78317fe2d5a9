"""Mean change with its 95 % interval over a grey zone «within the error»."""

from __future__ import annotations

from reports.charts.chart import Chart
from reports.charts.labels import fitted, put, put_lines
from reports.charts.marks import Dot, arrow, dot, whisker
from reports.charts.measure import text_width
from reports.charts.plot import Plot
from reports.charts.scale import Scale, ticks
from reports.charts.svg import Drawing
from reports.charts.theme import SCREEN, Theme
from reports.contents.common import Change
from reports.contents.entry_exit import BlockChange, EntryExitReport
from reports.tabulate.entry_exit import change_table
from reports.wording.entry_exit import block_line, change_title, change_word
from reports.wording.numbers import interval, signed
from reports.wording.words import Words

WIDE, NARROW = 1016, 328
_ROW, _TOP = 40, 44
_NAME, _END, _VALUE = 0.255, 0.63, 0.71
_SURE = {Change.GREW, Change.FELL}


def change_plot(
    report: EntryExitReport, words: Words, *, ident: str, theme: Theme = SCREEN, width: float = WIDE
) -> Chart:
    drawing = Drawing(width)
    blocks = _ordered(report)
    scale = _scale(blocks, width * _NAME + 14, width * _END)
    plot = Plot(drawing, scale, theme, words)
    bottom = _TOP + _ROW * len(blocks)
    _heads(plot)
    for index, block in enumerate(blocks):
        _zone(plot, block, _TOP + _ROW * index + 4, _ROW - 8)
    _grid(plot, _TOP - 4, bottom)
    for index, block in enumerate(blocks):
        _row(plot, block, _TOP + _ROW * index)
    drawing.height = bottom + 26
    return _finished(plot, report, ident)


def change_plot_phone(report: EntryExitReport, words: Words, *, ident: str, theme: Theme = SCREEN) -> Chart:
    """Name and verdict above each interval."""
    drawing = Drawing(NARROW)
    blocks = _ordered(report)
    plot = Plot(drawing, _scale(blocks, 6, NARROW - 6), theme, words)
    y = 0.0
    for block in blocks:
        y = _phone_row(plot, block, y)
    _axis_labels(plot, y)
    drawing.height = y + 26
    return _finished(plot, report, ident)


def _ordered(report: EntryExitReport) -> tuple[BlockChange, ...]:
    return tuple(sorted(report.blocks, key=lambda block: -block.change))


def _scale(blocks: tuple[BlockChange, ...], start: float, end: float) -> Scale:
    """Zero always inside, every interval and zone whole."""
    values = [0.0, -10.0, 10.0]
    for block in blocks:
        low, high = _zone_of(block)
        values += [block.change, low, high]
        values += [block.interval.low, block.interval.high] if block.interval else []
    return Scale(min(values) - 1, max(values) + 1, start, end)


def _zone_of(block: BlockChange) -> tuple[float, float]:
    """Zero ± the half-widths of the row's own interval: a dot outside means that it misses zero."""
    if block.interval is None:
        return (0.0, 0.0)
    return (block.change - block.interval.high, block.change - block.interval.low)


def _zone(plot: Plot, block: BlockChange, top: float, height: float) -> None:
    low, high = (plot.scale(value) for value in _zone_of(block))
    plot.drawing.rect(low, top, high - low, height, fill=plot.theme.zone)


def _ticks(scale: Scale) -> tuple[float, ...]:
    return ticks(scale.low, scale.high, 6)


def _grid(plot: Plot, top: float, bottom: float) -> None:
    for value in _ticks(plot.scale):
        x = plot.scale(value)
        if value:
            plot.drawing.line(x, top + 8, x, bottom + 4, color=plot.theme.grid)
    zero = plot.scale(0)
    plot.drawing.line(zero, top, zero, bottom + 4, color=plot.theme.ink, width=1.5)
    _axis_labels(plot, bottom)


def _axis_labels(plot: Plot, bottom: float) -> None:
    for value in _ticks(plot.scale):
        x = plot.scale(value)
        label = signed(value, plot.words, 0)
        if text_width(label, 13) / 2 <= min(x, plot.drawing.width - x):
            put(
                plot.drawing, x, bottom + 20, label,
                size=13, color=plot.theme.secondary, anchor="middle",
            )  # fmt: skip


def _heads(plot: Plot) -> None:
    drawing, theme, words, width = plot.drawing, plot.theme, plot.words, plot.drawing.width
    color, zero = theme.secondary, plot.scale(0)
    for baseline, line in ((14, words.say("в пределах")), (30, words.say("погрешности"))):
        put(drawing, zero, baseline, line, size=13, color=color, anchor="middle")
    half = text_width(words.say("погрешности"), 13) / 2 * theme.slack + 12
    fell, grew = words.say("снизилось"), words.say("выросло")
    room = (text_width(fell, 13) + 18) * theme.slack
    if zero - half - room > width * _NAME * 0.6:
        put(drawing, zero - half, 30, fell, size=13, color=color, anchor="end")
        arrow(drawing, zero - half - text_width(fell, 13) * theme.slack - 6, 26, -1, theme)
    if zero + half + room < width * _VALUE - 60:
        put(drawing, zero + half, 30, grew, size=13, color=color)
        arrow(drawing, zero + half + text_width(grew, 13) * theme.slack + 6, 26, 1, theme)
    put(
        drawing, width * _VALUE - text_width("+00,0", 14, bold=True) - 6, 30,
        words.say("Изменение, баллов"), size=13, color=color,
    )  # fmt: skip
    put(drawing, width, 30, words.say("Вывод"), size=13, color=color, anchor="end")


def _mark(plot: Plot, block: BlockChange, y: float) -> None:
    if block.interval:
        whisker(
            plot.drawing, plot.scale(block.interval.low), plot.scale(block.interval.high), y, plot.theme
        )  # fmt: skip
    kind = Dot.FULL if block.verdict in _SURE else Dot.HOLLOW
    dot(plot.drawing, plot.scale(block.change), y, kind, plot.theme)


def _row(plot: Plot, block: BlockChange, top: float) -> None:
    drawing, theme, words, width = plot.drawing, plot.theme, plot.words, plot.drawing.width
    middle, sure = top + _ROW / 2, block.verdict in _SURE
    drawing.line(0, top + _ROW, width, top + _ROW, color=theme.grid)
    names = fitted(block.title, width * _NAME - 6, theme, size=14)
    put_lines(drawing, 0, middle, names, size=14, color=theme.ink)
    _mark(plot, block, middle)
    put(
        drawing, width * _VALUE, middle + 5, signed(block.change, words),
        size=14, color=theme.ink, bold=True, anchor="end",
    )  # fmt: skip
    spread = interval(block.interval, words) if block.interval else ""
    after = width * _VALUE + 10
    put(drawing, after, middle + 5, spread, size=13, color=theme.secondary)
    room = width - after - text_width(spread, 13) * theme.slack - 12
    said = fitted(change_word(block.verdict, words), room, theme, bold=sure)
    put_lines(drawing, width, middle, said, color=theme.ink, bold=sure, anchor="end")


def _phone_row(plot: Plot, block: BlockChange, top: float) -> float:
    drawing, theme, words = plot.drawing, plot.theme, plot.words
    value, sure = signed(block.change, words), block.verdict in _SURE
    put(drawing, NARROW, top + 18, value, size=15, color=theme.ink, bold=True, anchor="end")
    y = top + 18
    room = NARROW - (text_width(value, 15, bold=True) + 12) * theme.slack
    for line in fitted(block.title, room, theme, size=15):
        put(drawing, 0, y, line, size=15, color=theme.ink)
        y += 18
    put(drawing, 0, y, change_word(block.verdict, words), size=13, color=theme.ink, bold=sure)
    if block.interval:
        put(
            drawing, NARROW, y, interval(block.interval, words),
            size=13, color=theme.secondary, anchor="end",
        )  # fmt: skip
    middle = y + 19
    _zone(plot, block, middle - 9, 18)
    zero = plot.scale(0)
    drawing.line(zero, middle - 11, zero, middle + 11, color=theme.ink, width=1.5)
    _mark(plot, block, middle)
    drawing.line(0, middle + 15, NARROW, middle + 15, color=theme.grid)
    return middle + 15


def _finished(plot: Plot, report: EntryExitReport, ident: str) -> Chart:
    words = plot.words
    return plot.finish(
        ident,
        title=change_title(report, words),
        subtitle=words.say(
            "Среднее изменение, баллов из 100, с интервалом 95 %. Точка за серой зоной — изменение больше погрешности"
        ),
        description=" ".join(block_line(block, words) for block in _ordered(report)),
        table=change_table(report, words),
    )
