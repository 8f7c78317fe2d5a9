"""How exactly a test measures along the line of ability, and at the cuts that decide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from reports.charts.chart import Chart
from reports.charts.forest import NARROW, tick_decimals, value_axis
from reports.charts.labels import put
from reports.charts.marks import Dot, dot
from reports.charts.measure import text_width
from reports.charts.plot import Plot
from reports.charts.scale import Scale, ticks
from reports.charts.svg import Drawing
from reports.charts.theme import Theme
from reports.contents.analysis import CutPoint, InformationPoint
from reports.tables import Table
from reports.wording.numbers import number, percent
from reports.wording.words import Words

_HIGH, _TOP, _FOOT, _KEY = 220, 24, 48, 18


@dataclass(frozen=True, slots=True, kw_only=True)
class InformationCurve:
    points: tuple[InformationPoint, ...]
    cuts: tuple[CutPoint, ...]
    title: str
    subtitle: str
    description: str
    table: Table


def information_plot(of: InformationCurve, words: Words, *, ident: str, theme: Theme, width: float) -> Chart:
    """The curve of information with a dashed line at each cut; what the cut means stands in the key under it."""
    room = 30 if width <= NARROW else 44
    scale = Scale(of.points[0].theta, of.points[-1].theta, room, width - 12)
    plot = Plot(Drawing(width), scale, theme, words)
    bottom = float(_TOP + _HIGH)
    most = max(point.information for point in of.points)
    up = Scale(0.0, most * 1.08, bottom, _TOP)
    levels(plot, up)
    put(plot.drawing, 0, 13, words.say("информация"), size=13, color=theme.ink)
    drawn = tuple(cut for cut in of.cuts if cut.theta is not None and scale.low <= cut.theta <= scale.high)
    for cut in drawn:
        x = scale(cut.theta or 0.0)
        plot.drawing.line(x, _TOP, x, bottom, color=theme.control, dash="3 3")
    curve(plot, up, of.points)
    for cut in drawn:
        _cut(plot, up, cut)
    value_axis(plot, bottom, words.say("способность, логиты"))
    plot.drawing.height = _key(plot, of.cuts, bottom + _FOOT + 12)
    return plot.finish(
        ident, title=of.title, subtitle=of.subtitle, description=of.description, table=of.table
    )


class Point(Protocol):
    """A place on a curve of information: ability in logits, information at it."""

    @property
    def theta(self) -> float: ...
    @property
    def information(self) -> float: ...


def curve(plot: Plot, up: Scale, points: Sequence[Point]) -> None:
    path = " L ".join(f"{plot.scale(one.theta):.2f} {up(one.information):.2f}" for one in points)
    plot.drawing.add("path", d=f"M {path}", fill="none", stroke=plot.theme.mark, stroke_width=2)


def levels(plot: Plot, up: Scale) -> None:
    """Lines of the amounts of information, named before them."""
    found = ticks(0.0, up.high, 4)
    for value in found:
        plot.drawing.line(plot.scale.start, up(value), plot.scale.end, up(value), color=plot.theme.grid)
        put(
            plot.drawing, plot.scale.start - 6, up(value) + 4.5,
            number(value, plot.words, tick_decimals(found)),
            size=13, color=plot.theme.secondary, anchor="end",
        )  # fmt: skip


def _cut(plot: Plot, up: Scale, cut: CutPoint) -> None:
    x, error = plot.scale(cut.theta or 0.0), cut.se or 1.0
    dot(plot.drawing, x, up(1 / error**2), Dot.FULL, plot.theme)
    said = percent(cut.percent, plot.words)
    right = x + 10 + text_width(said, 13) * plot.theme.slack < plot.drawing.width
    put(
        plot.drawing, x + (10 if right else -10), _TOP + 12, said, size=13, color=plot.theme.ink,
        anchor="start" if right else "end", ground=plot.theme.ground,
    )  # fmt: skip


def _key(plot: Plot, cuts: tuple[CutPoint, ...], y: float) -> float:
    for cut in cuts:
        put(plot.drawing, 0, y, cut_words(cut, plot.words), size=13, color=plot.theme.ink)
        y += _KEY
    return y


def cut_words(cut: CutPoint, words: Words) -> str:
    """«Граница 60 %: погрешность 7,4 балла из 100»."""
    border = percent(cut.percent, words)
    if cut.se_percent is None:
        return words.say("Граница %(border)s: на этих заданиях её никто не достигает", border=border)
    return words.say(
        "Граница %(border)s: погрешность %(error)s балла из 100",
        border=border,
        error=number(cut.se_percent, words, 1),
    )
