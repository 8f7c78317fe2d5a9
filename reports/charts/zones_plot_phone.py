"""Zones of a school on a phone: name and verdict above the lanes, no sideways scroll."""

from __future__ import annotations

from reports.charts.chart import Chart
from reports.charts.labels import fitted, put
from reports.charts.plot import Plot
from reports.charts.scale import Scale
from reports.charts.svg import Drawing
from reports.charts.theme import SCREEN, Theme
from reports.charts.voices import LANE
from reports.charts.zones_plot import axis, lanes
from reports.contents.zones import Direction, Verdict, Zone, ZonesReport
from reports.tabulate.zones import marks_table
from reports.wording import zones as wording
from reports.wording.numbers import number
from reports.wording.words import Words

NARROW = 328
_EDGE = 16  # room for half a mark at 0 and 100


def zones_plot_phone(report: ZonesReport, words: Words, *, ident: str, theme: Theme = SCREEN) -> Chart:
    plot = Plot(Drawing(NARROW), Scale(0, 100, _EDGE, NARROW - _EDGE), theme, words)
    y, named = 0.0, False
    for zone in report.zones:
        y = _zone_head(plot, zone, report, y)
        for one in zone.directions:
            y = _direction(plot, one, report, y, named=not one.hidden and not named)
            named = named or not one.hidden
    axis(plot, report.cuts, y + 4)
    plot.drawing.height = y + 32
    return plot.finish(
        ident,
        title=wording.figure_title(report, words),
        subtitle=wording.figure_subtitle(report, words),
        description=wording.alternative(report, words),
        table=marks_table(report.zones, words),
    )


def _zone_head(plot: Plot, zone: Zone, report: ZonesReport, top: float) -> float:
    drawing, theme = plot.drawing, plot.theme
    y = top + 26
    for line in fitted(zone.title, NARROW - 32, theme, size=16, bold=True):
        put(drawing, 0, y, line, size=16, color=theme.ink, bold=True)
        y += 20
    put(drawing, 0, y, wording.verdict(zone, report, plot.words), size=14, color=theme.ink)
    drawing.line(0, y + 8, NARROW, y + 8, color=theme.control)
    return y + 8


def _direction(plot: Plot, one: Direction, report: ZonesReport, top: float, *, named: bool) -> float:
    drawing, theme, words = plot.drawing, plot.theme, plot.words
    y = top + 22
    told = one.index is not None and one.verdict is Verdict.CLASS
    room = NARROW - (44 if told else 0)
    if told:
        put(drawing, NARROW, y, number(one.index, words), size=15, color=theme.ink, bold=True, anchor="end")
    for line in fitted(one.title, room, theme, size=15):
        put(drawing, 0, y, line, size=15, color=theme.ink)
        y += 18
    under = wording.under_verdict(one, report, words)
    said = ": ".join(filter(None, (wording.verdict(one, report, words), under)))
    for line in fitted(said, NARROW - 16, theme, size=13, bold=not told):
        put(drawing, 0, y, line, size=13, color=theme.ink, bold=not told)
        y += 16
    first = y + 4
    bottom = first + LANE * (len(one.lanes) - 1) + 14
    lanes(plot, one, report.cuts, first - 10, bottom - 4, first, named=named)
    drawing.line(0, bottom, NARROW, bottom, color=theme.grid)
    return bottom
