"""Information of a work along its scale, with the borders of levels as dotted lines."""

from __future__ import annotations

from reports.charts.chart import Chart
from reports.charts.information_plot import curve, levels
from reports.charts.labels import Anchor, put
from reports.charts.marks import Dot, dot
from reports.charts.measure import text_width
from reports.charts.plot import Plot
from reports.charts.scale import Scale
from reports.charts.svg import Drawing
from reports.charts.theme import SCREEN, Theme
from reports.contents.quality import CutPoint, Information
from reports.tabulate.quality import information_table
from reports.wording.numbers import percent
from reports.wording.quality import curve_alternative, curve_subtitle, curve_title
from reports.wording.words import Words

WIDE, NARROW = 640, 328
_LEFT, _RIGHT, _TOP, _HEIGHT, _FOOT = 34.0, 12.0, 26.0, 190.0, 44.0
_MARKED = (10, 25, 50, 75, 90)  # per cents under the axis
_APART = 12  # pixels between labels


def information_curve(
    found: Information, words: Words, *, ident: str, theme: Theme = SCREEN, width: float = WIDE
) -> Chart:
    """`found` needs at least two points; the axis is the scale of ability, labelled by expected per cents."""
    drawing = Drawing(width, _TOP + _HEIGHT + _FOOT)
    first, last = found.points[0].theta, found.points[-1].theta
    plot = Plot(drawing, Scale(first, last, _LEFT, width - _RIGHT), theme, words)
    upwards = Scale(0, 1.1 * found.peak.information, _TOP + _HEIGHT, _TOP)
    levels(plot, upwards)
    _axis(plot, found)
    _borders(plot, found)
    curve(plot, upwards, found.points)
    for one in found.cuts:
        if first <= one.theta <= last:
            dot(drawing, plot.scale(one.theta), upwards(one.information), Dot.FULL, theme)
    return plot.finish(
        ident,
        title=curve_title(found, words),
        subtitle=curve_subtitle(words),
        description=curve_alternative(found, words),
        table=information_table(found, words),
    )


def _axis(plot: Plot, found: Information) -> None:
    bottom = _TOP + _HEIGHT
    plot.drawing.line(_LEFT, bottom, plot.drawing.width - _RIGHT, bottom, color=plot.theme.control)
    for value in _MARKED:
        place = _near(found.points, value)
        if abs(place.percent - value) > 5:  # noqa: PLR2004 - the curve does not reach it
            continue
        x = plot.scale(place.theta)
        label = percent(value, plot.words) if value == _MARKED[-1] else str(value)
        plot.drawing.line(x, bottom, x, bottom + 5, color=plot.theme.control)
        put(plot.drawing, x, bottom + 20, label, size=13, color=plot.theme.secondary, anchor="middle")
    put(
        plot.drawing, plot.drawing.width / 2, bottom + 40, plot.words.say("Ожидаемый результат"),
        size=13, color=plot.theme.secondary, anchor="middle",
    )  # fmt: skip


def _near(points: tuple[CutPoint, ...], value: float) -> CutPoint:
    return min(points, key=lambda one: abs(one.percent - value))


def _borders(plot: Plot, found: Information) -> None:
    """A label stands over its line; one without room beside its neighbour is left to the table."""
    taken = -1e9
    for one in found.cuts:
        x = plot.scale(one.theta)
        plot.drawing.line(x, _TOP - 6, x, _TOP + _HEIGHT, color=plot.theme.control, dash="2 3")
        label = percent(one.percent, plot.words)
        size = text_width(label, 13) * plot.theme.slack
        anchor: Anchor = "middle"
        start = x - size / 2
        if x + size / 2 > plot.drawing.width:
            anchor, start = "end", x - size
        if start < taken:
            continue
        put(plot.drawing, x, 14, label, size=13, color=plot.theme.secondary, anchor=anchor)
        taken = start + size + _APART
