"""Zones of a school: a lane for each group, its mark and interval, the verdict in words at the right."""

from __future__ import annotations

from collections.abc import Sequence

from reports.charts.chart import Chart
from reports.charts.labels import fitted, put, put_lines
from reports.charts.measure import text_width
from reports.charts.plot import Plot
from reports.charts.scale import Scale
from reports.charts.svg import Drawing
from reports.charts.theme import SCREEN, Theme
from reports.charts.voices import LANE, hidden_lane, span, voice_mark
from reports.contents.zones import Cut, Direction, Mark, Verdict, Zone, ZonesReport
from reports.tabulate.zones import marks_table
from reports.wording import voices
from reports.wording import zones as wording
from reports.wording.numbers import number
from reports.wording.words import Words

WIDE = 1016
_TOP, _HEAD, _PAD = 26, 40, 18
_NAME, _FIELD, _INDEX, _VERDICT = (
    0.23,
    0.68,
    0.715,
    0.845,
)  # shares of the width: where each part ends or begins
_TICKS = (0, 25, 50, 75, 100)
_CLOSE = 8  # points: a tick so near to a cut gives way to it


def zones_plot(
    report: ZonesReport, words: Words, *, ident: str, zones: Sequence[Zone] | None = None,
    theme: Theme = SCREEN, width: float = WIDE,
) -> Chart:  # fmt: skip
    """`zones`: those drawn (on paper one zone a figure), all by default."""
    drawn = tuple(report.zones if zones is None else zones)
    scale = Scale(0, 100, width * _NAME + 12, width * _FIELD - 12)
    plot = Plot(Drawing(width), scale, theme, words)
    _heads(plot, report)
    y, named = float(_TOP), False
    for zone in drawn:
        y = _zone_head(plot, zone, report, y)
        for one in zone.directions:
            y = _direction(plot, one, report, y, named=named)
            named = named or not one.hidden
    axis(plot, report.cuts, y)
    plot.drawing.height = y + 26
    title = wording.figure_title(report, words) if zones is None else ", ".join(zone.title for zone in drawn)
    return plot.finish(
        ident,
        title=title,
        subtitle=wording.figure_subtitle(report, words),
        description=wording.alternative(report, words),
        table=marks_table(drawn, words),
    )


def axis(plot: Plot, cuts: Sequence[Cut], y: float) -> None:
    """0, 25, 50, 75, 100 and the cuts."""
    drawing, scale, theme = plot.drawing, plot.scale, plot.theme
    borders = [cut.lower for cut in cuts if cut.lower > 0]
    ticks = [tick for tick in _TICKS if all(abs(tick - border) >= _CLOSE for border in borders)]
    drawing.line(scale.start, y, scale.end, y, color=theme.control)
    for value in sorted((*ticks, *borders)):
        drawing.line(scale(value), y, scale(value), y + 5, color=theme.control)
        put(
            drawing, scale(value), y + 20, number(value, plot.words),
            size=13, color=theme.secondary, anchor="middle",
        )  # fmt: skip


def lanes(
    plot: Plot, one: Direction, cuts: Sequence[Cut], top: float, bottom: float, first: float, *, named: bool
) -> None:
    """Borders, then each group on a lane of its own, the first one at the height `first`."""
    for cut in cuts:
        if cut.lower > 0:
            x = plot.scale(cut.lower)
            plot.drawing.line(x, top, x, bottom, color=plot.theme.control, dash="2 3")
    for place, mark in enumerate(one.lanes):
        _lane(plot, mark, first + LANE * place, named=named)


def _lane(plot: Plot, mark: Mark, y: float, *, named: bool) -> None:
    drawing, scale, theme, words = plot.drawing, plot.scale, plot.theme, plot.words
    if mark.value is None:
        hidden_lane(drawing, scale.start, y, mark, theme, words)
        return
    low = high = mark.value
    if mark.interval is not None:
        low, high = mark.interval.low, mark.interval.high
        span(drawing, scale(low), scale(high), y, mark.voice, theme)
    voice_mark(drawing, scale(mark.value), y, mark.voice, theme)
    if named:
        _name(plot, mark, min(scale(low), scale(mark.value) - 8), max(scale(high), scale(mark.value) + 8), y)


def _name(plot: Plot, mark: Mark, left: float, right: float, y: float) -> None:
    """The name of the group beside its mark, once a figure: no legend to look up."""
    text, theme = voices.voice(mark.voice, plot.words), plot.theme
    fits = left - 6 - text_width(text, 13) * theme.slack >= plot.scale.start
    put(
        plot.drawing, left - 6 if fits else right + 6, y + 4.5, text, size=13, color=theme.ink,
        anchor="end" if fits else "start", ground=theme.ground,
    )  # fmt: skip


def _heads(plot: Plot, report: ZonesReport) -> None:
    drawing, theme, words, width = plot.drawing, plot.theme, plot.words, plot.drawing.width
    edges = [*(cut.lower for cut in report.cuts), 100.0]
    for cut, low, high in zip(report.cuts, edges, edges[1:], strict=False):
        left, right = plot.scale(low), plot.scale(high)
        if text_width(cut.title, 13) * theme.slack <= right - left + 24:
            put(
                drawing, (left + right) / 2, 14, cut.title, size=13, color=theme.secondary, anchor="middle"
            )  # fmt: skip
    if any(one.index is not None for one in report.directions):
        put(drawing, width * _INDEX, 14, words.say("Индекс"), size=13, color=theme.secondary)
    put(drawing, width, 14, words.say("Вывод"), size=13, color=theme.secondary, anchor="end")


def _zone_head(plot: Plot, zone: Zone, report: ZonesReport, top: float) -> float:
    drawing, theme, words, width = plot.drawing, plot.theme, plot.words, plot.drawing.width
    y = top + _HEAD - 14
    put(drawing, 0, y, zone.title, size=15, color=theme.ink, bold=True)
    put(
        drawing, width, y, wording.verdict(zone, report, words), size=14, color=theme.ink, bold=True, anchor="end"
    )  # fmt: skip
    silent = [voice for voice in zone.not_asked if report.asked(voice)]
    if silent:
        x = max(plot.scale.start, text_width(zone.title, 15, bold=True) * theme.slack + 24)
        text = words.say("%(who)s не спрашивали", who=voices.voices_of(silent, words))
        put(drawing, x, y, text, size=13, color=theme.secondary)
    drawing.line(0, top + _HEAD - 4, width, top + _HEAD - 4, color=theme.control)
    return top + _HEAD


def _direction(plot: Plot, one: Direction, report: ZonesReport, top: float, *, named: bool) -> float:
    """The height where the next row begins; groups are named in the first row that shows them all."""
    drawing, theme, width = plot.drawing, plot.theme, plot.drawing.width
    bottom = top + max(2, len(one.lanes)) * LANE + _PAD
    middle = (top + bottom) / 2
    names = fitted(one.title, width * _NAME - 8, theme, size=14)
    put_lines(drawing, 0, middle, names, size=14, color=theme.ink)
    first = middle - LANE * (len(one.lanes) - 1) / 2
    lanes(plot, one, report.cuts, top, bottom, first, named=not one.hidden and not named)
    _index(plot, one, middle)
    _said(plot, one, report, middle)
    drawing.line(0, bottom, width, bottom, color=theme.grid)
    return bottom


def _index(plot: Plot, one: Direction, middle: float) -> None:
    if one.index is None or one.verdict is not Verdict.CLASS:
        return
    drawing, theme, words, x = plot.drawing, plot.theme, plot.words, plot.drawing.width * _INDEX
    put(drawing, x, middle + 5, number(one.index, words), size=15, color=theme.ink, bold=True)
    if one.interval is not None:
        text = words.say(
            "от %(low)s до %(high)s",
            low=number(one.interval.low, words),
            high=number(one.interval.high, words),
        )
        put(drawing, x + 30, middle + 5, text, size=13, color=theme.secondary)


def _said(plot: Plot, one: Direction, report: ZonesReport, middle: float) -> None:
    """The verdict and, under it, its second line."""
    drawing, theme, words, width = plot.drawing, plot.theme, plot.words, plot.drawing.width
    under = wording.under_verdict(one, report, words)
    plain = one.verdict is Verdict.CLASS
    room = width * (1 - (_VERDICT if plain else _INDEX))
    lines = fitted(under, room, theme, size=12) if under else ()
    top = middle - 7 * len(lines)
    put(
        drawing, width, top + 5, wording.verdict(one, report, words),
        size=14, color=theme.ink, bold=not plain, anchor="end",
    )  # fmt: skip
    for place, line in enumerate(lines):
        put(drawing, width, top + 20 + 14 * place, line, size=12, color=theme.secondary, anchor="end")
