"""Entry and exit means on one line, for grey print: hollow entry, filled exit."""

from __future__ import annotations

import math

from reports.charts.chart import Chart
from reports.charts.labels import fitted, put, put_lines
from reports.charts.measure import text_width
from reports.charts.plot import Plot
from reports.charts.scale import Scale, ticks
from reports.charts.svg import Drawing
from reports.charts.theme import PRINT, Theme
from reports.contents.common import Change, OfficialScale
from reports.contents.entry_exit import BlockChange, EntryExitReport
from reports.tabulate.entry_exit import change_table
from reports.wording.entry_exit import block_line
from reports.wording.numbers import number, signed
from reports.wording.words import Words

WIDTH = 642  # 170 mm at 96 px an inch
_ROW, _TOP, _R = 30, 26, 6
_NAME, _VALUE = 0.29, 0.09  # shares of the width
_WITHIN = {Change.WITHIN_ERROR, Change.UNKNOWN}


def dumbbell(
    report: EntryExitReport, words: Words, *, ident: str, theme: Theme = PRINT, width: float = WIDTH
) -> Chart:
    blocks = tuple(sorted(report.blocks, key=lambda block: -block.change))
    scale = _scale(blocks, width * _NAME + 12, width * (1 - _VALUE) - 16)
    plot = Plot(Drawing(width), scale, theme, words)
    bottom = _TOP + _ROW * len(blocks) + 4
    _ground(plot, report.scale, bottom)
    put(plot.drawing, width, 14, words.say("изменение"), size=13, color=theme.ink, anchor="end")
    for index, block in enumerate(blocks):
        _row(plot, block, _TOP + _ROW * index + _ROW / 2)
    if blocks:
        _ends(plot, blocks[0], _TOP + _ROW / 2)
    plot.drawing.height = bottom + 42
    return plot.finish(
        ident,
        title=words.say("Средний результат и уровни профессиональных дефицитов на входе и на выходе"),
        subtitle=words.say(
            "Пустой знак — вход, полный — выход; сплошная линия — изменение больше погрешности, пунктир — в её пределах"
        ),
        description=" ".join(block_line(block, words) for block in blocks),
        table=change_table(report, words),
    )


def _scale(blocks: tuple[BlockChange, ...], start: float, end: float) -> Scale:
    """Tens around all means, with room for the words at the ends and the best level's name."""
    values = [value for block in blocks for value in (block.entry, block.exit)] or [0.0, 100.0]
    low = max(0, math.floor((min(values) - 8) / 10) * 10)
    high = min(100, math.ceil((max(values) + 16) / 10) * 10)
    return Scale(low, high, start, end)


def _ground(plot: Plot, official: OfficialScale, bottom: float) -> None:
    drawing, scale, theme, words = plot.drawing, plot.scale, plot.theme, plot.words
    inner = [border for border in official.borders if scale.low < border < scale.high]
    for value in ticks(scale.low, scale.high, 6):
        x = scale(value)
        if value not in inner:
            drawing.line(x, _TOP, x, bottom, color=theme.grid)
        drawing.line(x, bottom, x, bottom + 5, color=theme.ink)
        put(
            drawing, x, bottom + 19, number(value, words), size=13, color=theme.ink, anchor="middle"
        )  # fmt: skip
    for border in inner:
        drawing.line(scale(border), _TOP, scale(border), bottom, color=theme.ink, dash="2 3")
    drawing.line(scale(scale.low), bottom, scale(scale.high), bottom, color=theme.ink)
    put(
        drawing, (scale.start + scale.end) / 2, bottom + 37,
        words.say("средняя доля возможных баллов, %"), size=13, color=theme.ink, anchor="middle",
    )  # fmt: skip
    _level_names(plot, official)


def _level_names(plot: Plot, official: OfficialScale) -> None:
    scale = plot.scale
    edges = (0.0, *official.borders, 100.0)
    for level, low, high in zip(official.levels, edges, edges[1:], strict=False):
        left, right = scale(max(low, scale.low)), scale(min(high, scale.high))
        if text_width(level.short, 13) <= right - left:
            put(
                plot.drawing, (left + right) / 2, 14, level.short,
                size=13, color=plot.theme.ink, anchor="middle",
            )  # fmt: skip


def _row(plot: Plot, block: BlockChange, y: float) -> None:
    drawing, scale, theme, words = plot.drawing, plot.scale, plot.theme, plot.words
    within = block.verdict in _WITHIN
    names = fitted(block.title, drawing.width * _NAME, theme, size=13)
    put_lines(drawing, 0, y, names, size=13, color=theme.ink)
    entry, exit_ = scale(block.entry), scale(block.exit)
    drawing.line(
        entry, y, exit_, y, color=theme.ink, width=1.2 if within else 2.4, dash="2 2" if within else None
    )  # fmt: skip
    drawing.add(
        "circle", cx=entry, cy=y, r=_R, fill=theme.ground, stroke=theme.ink, stroke_width=1.5
    )  # fmt: skip
    drawing.add(
        "circle", cx=exit_, cy=y, r=_R, fill=theme.ink, stroke=theme.ground, stroke_width=1.5
    )  # fmt: skip
    put(
        drawing, drawing.width, y + 4.5, signed(block.change, words),
        size=13, color=theme.ink, bold=not within, anchor="end",
    )  # fmt: skip


def _ends(plot: Plot, block: BlockChange, y: float) -> None:
    """Names of the two marks at the first line instead of a legend."""
    drawing, scale, theme, words = plot.drawing, plot.scale, plot.theme, plot.words
    entry, exit_ = scale(block.entry), scale(block.exit)
    forward = exit_ >= entry
    for x, label, right in (
        (entry, words.say("вход"), not forward),
        (exit_, words.say("выход"), forward),
    ):
        put(
            drawing, x + (11 if right else -11), y + 4.5, label, size=13, color=theme.ink,
            anchor="start" if right else "end", ground=theme.ground,
        )  # fmt: skip
