"""Entry and exit of every block side by side: thin lines are people, the thick one is the mean."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from reports.charts.chart import Chart
from reports.charts.labels import Anchor, fitted, put
from reports.charts.measure import text_width
from reports.charts.plot import Plot
from reports.charts.scale import Scale
from reports.charts.svg import Drawing
from reports.charts.theme import SCREEN, Theme
from reports.contents.common import Interval, OfficialScale
from reports.contents.entry_exit import BlockChange, EntryExitReport
from reports.tabulate.entry_exit import change_table
from reports.wording.entry_exit import block_line, slopes_title
from reports.wording.numbers import number
from reports.wording.words import Words

WIDE = 1016
MOST_PATHS = 30  # above it single people are noise, and may be recognised
_AXIS, _GAP = 34, 14
_MOST_LINES, _LINE = 3, 16  # of a panel's title; two have room, a third one asks for more
_NARROWEST = 126  # of a panel
_TITLE, _PLOT, _FOOT = 44, 190, 34
_NOTES_FROM = 700  # level names fit at the right from this width on


@dataclass(frozen=True, slots=True)
class _Panel:
    plot: Plot  # its scale is the row's: per cents upwards
    left: float
    width: float
    top: float

    @property
    def entry(self) -> float:
        return self.left + self.width * 0.28

    @property
    def exit(self) -> float:
        return self.left + self.width * 0.72


def slopes(
    report: EntryExitReport, words: Words, *, ident: str, theme: Theme = SCREEN, width: float = WIDE
) -> Chart:
    """Small multiples in as many rows as `width` needs; one scale 0–100 for all."""
    drawing = Drawing(width)
    notes = 96.0 * theme.slack if width >= _NOTES_FROM else 0.0
    room = width - _AXIS - notes
    columns = _columns(len(report.blocks), room)
    size = (room - _GAP * (columns - 1)) / columns
    head = _head(report.blocks, size, theme)
    plot = Plot(drawing, Scale(0, 100, head + _PLOT, head), theme, words)
    for first in range(0, len(report.blocks), columns):
        blocks = report.blocks[first : first + columns]
        top = first // columns * (head + _PLOT + _FOOT)
        plot = replace(plot, scale=Scale(0, 100, top + head + _PLOT, top + head))
        end = _AXIS + len(blocks) * (size + _GAP) - _GAP
        _levels(plot, report.scale, end)
        if notes:
            _level_names(plot, report.scale, end + 10, top)
        for index, block in enumerate(blocks):
            _draw(_Panel(plot, _AXIS + index * (size + _GAP), size, top), block)
    drawing.height = plot.scale.start + _FOOT - 6
    return plot.finish(
        ident,
        title=slopes_title(report, words),
        subtitle=words.say(
            "Доля возможных баллов, %. Тонкая линия — один человек, толстая — среднее; черта у точки — интервал 95 %"
        ),
        description=" ".join(block_line(block, words) for block in report.blocks),
        table=change_table(report, words),
    )


def _columns(n: int, room: float) -> int:
    """As many panels a row as fit, the rows of even length."""
    most = max(1, int((room + _GAP) // (_NARROWEST + _GAP)))
    rows = math.ceil(n / most)
    return math.ceil(n / rows) if rows else 1


def _title(block: BlockChange, width: float, theme: Theme) -> tuple[str, ...]:
    return fitted(block.title, width, theme, size=13, bold=True, most=_MOST_LINES)


def _head(blocks: tuple[BlockChange, ...], width: float, theme: Theme) -> float:
    """Room over the panels: two lines of a title, or the third one that a narrow panel needs."""
    lines = max((len(_title(block, width, theme)) for block in blocks), default=1)
    return _TITLE + _LINE * max(0, lines - 2)


def _levels(plot: Plot, official: OfficialScale, end: float) -> None:
    theme, y = plot.theme, plot.scale
    for border in official.borders:
        plot.drawing.line(_AXIS, y(border), end, y(border), color=theme.control, dash="2 3")
    for value in (0.0, *official.borders, 100.0):
        put(
            plot.drawing, _AXIS - 8, y(value) + 4.5, number(value, plot.words),
            size=13, color=theme.secondary, anchor="end",
        )  # fmt: skip


def _level_names(plot: Plot, official: OfficialScale, x: float, top: float) -> None:
    words, y, color = plot.words, plot.scale, plot.theme.secondary
    for line, baseline in ((words.say("Уровень"), 14), (words.say("дефицитов"), 30)):
        put(plot.drawing, x, top + baseline, line, size=13, color=color)
    edges = (0.0, *official.borders, 100.0)
    for level, low, high in zip(official.levels, edges, edges[1:], strict=False):
        put(plot.drawing, x, y((low + high) / 2) + 4.5, level.short, size=13, color=color)


def _draw(panel: _Panel, block: BlockChange) -> None:
    drawing, theme, y = panel.plot.drawing, panel.plot.theme, panel.plot.scale
    middle = panel.left + panel.width / 2
    for index, line in enumerate(_title(block, panel.width, theme)):
        put(
            drawing, middle, panel.top + 14 + index * _LINE, line,
            size=13, color=theme.ink, bold=True, anchor="middle",
        )  # fmt: skip
    bottom = y(0)
    drawing.line(panel.left, bottom, panel.left + panel.width, bottom, color=theme.control)
    for x, label in ((panel.entry, "вход"), (panel.exit, "выход")):
        drawing.line(x, y(100), x, bottom, color=theme.grid)
        put(
            drawing, x, bottom + 18, panel.plot.words.say(label),
            size=13, color=theme.secondary, anchor="middle",
        )  # fmt: skip
    if 0 < len(block.paths) <= MOST_PATHS:
        lines = (
            f"M{panel.entry:.1f} {y(before):.1f}L{panel.exit:.1f} {y(after):.1f}"
            for before, after in block.paths
        )
        drawing.add(
            "path", d="".join(lines), fill="none", stroke=theme.secondary, stroke_opacity=0.5
        )  # fmt: skip
    _mean(panel, block)


def _mean(panel: _Panel, block: BlockChange) -> None:
    drawing, theme, y = panel.plot.drawing, panel.plot.theme, panel.plot.scale
    drawing.line(
        panel.entry, y(block.entry), panel.exit, y(block.exit), color=theme.mark, width=3.5
    )  # fmt: skip
    ends: tuple[tuple[float, float, Interval | None, Anchor], ...] = (
        (panel.entry, block.entry, block.entry_interval, "end"),
        (panel.exit, block.exit, block.exit_interval, "start"),
    )
    for x, value, interval, anchor in ends:
        if interval:
            drawing.line(x, y(interval.low), x, y(interval.high), color=theme.mark, width=2)
        drawing.add(
            "circle", cx=x, cy=y(value), r=5, fill=theme.mark, stroke=theme.ground, stroke_width=1.5
        )  # fmt: skip
        label = number(value, panel.plot.words)
        room = (panel.entry - panel.left if anchor == "end" else panel.left + panel.width - panel.exit) - 9
        shift = -9 if anchor == "end" else 9
        if text_width(label, 13, bold=True) * theme.slack <= room:
            put(
                drawing, x + shift, y(value) + 4.5, label,
                size=13, color=theme.ink, bold=True, anchor=anchor, ground=theme.ground,
            )  # fmt: skip
