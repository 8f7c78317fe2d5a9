"""Tasks as dots: how often they are solved against how well they tell people apart (p × r)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reports.charts.chart import Chart
from reports.charts.labels import Anchor, put
from reports.charts.marks import RADIUS, Dot, dot
from reports.charts.measure import shorten, text_width
from reports.charts.plot import Plot
from reports.charts.scale import Scale, ticks
from reports.charts.svg import Drawing
from reports.charts.theme import SCREEN, Theme
from reports.contents.item_scatter import ItemPoint, ItemScatter
from reports.tabulate.item_scatter import scatter_table
from reports.wording.item_scatter import scatter_alternative, scatter_guide, scatter_subtitle, scatter_title
from reports.wording.numbers import number, percent
from reports.wording.words import Words

WIDE, NARROW = 640, 328
_LEFT, _RIGHT, _TOP, _HEIGHT, _FOOT = 40.0, 14.0, 12.0, 260.0, 44.0
_LOW, _HIGH = -0.3, 0.8  # what the axis of discrimination shows at least
_SIZE = 13
_HOLLOW = 4.0  # radius of a task without a remark


def item_scatter(
    found: ItemScatter, words: Words, *, ident: str, theme: Theme = SCREEN, width: float = WIDE
) -> Chart:
    """`found` needs one point at least; only tasks with a remark have a name."""
    drawing = Drawing(width, _TOP + _HEIGHT + _FOOT)
    across = Scale(0, 100, _LEFT, width - _RIGHT)
    heights = [one.r for one in found.points]
    upwards = Scale(min(_LOW, *heights), max(_HIGH, *heights), _TOP + _HEIGHT, _TOP)
    plot = Plot(drawing, across, theme, words)
    _ground(plot, upwards, found)
    for one in found.points:
        if not one.remark:
            x, y = across(one.p), upwards(one.r)
            drawing.add("circle", cx=x, cy=y, r=_HOLLOW, fill=theme.control, stroke=theme.ground)
    for one in found.remarked:
        dot(drawing, across(one.p), upwards(one.r), Dot.FULL, theme)
    _names(plot, upwards, found)
    return plot.finish(
        ident,
        title=scatter_title(found, words),
        subtitle=scatter_subtitle(words),
        description=scatter_alternative(found, words),
        table=scatter_table(found, words),
    )


def _ground(plot: Plot, upwards: Scale, found: ItemScatter) -> None:
    """The field of the guides, the grid, the axes."""
    drawing, theme, words, bottom = plot.drawing, plot.theme, plot.words, _TOP + _HEIGHT
    left, right, top = plot.scale(found.hard), plot.scale(found.easy), upwards(found.least)
    drawing.rect(left, _TOP, right - left, top - _TOP, fill=theme.field)
    for value in ticks(upwards.low, upwards.high, 6):
        y, is_zero = upwards(value), abs(value) < 1e-9  # noqa: PLR2004 - rounding
        drawing.line(_LEFT, y, drawing.width - _RIGHT, y, color=theme.control if is_zero else theme.grid)
        label = number(value, words, 1)
        put(drawing, _LEFT - 6, y + 4.5, label, size=_SIZE, color=theme.secondary, anchor="end")
    drawing.line(_LEFT, bottom, drawing.width - _RIGHT, bottom, color=theme.control)
    for value in (0, 25, 50, 75, 100):
        x = plot.scale(value)
        anchor: Anchor = "end" if value == 100 else "middle"  # noqa: PLR2004 - the last per cent has its sign
        label = percent(value, words) if anchor == "end" else str(value)
        drawing.line(x, bottom, x, bottom + 5, color=theme.control)
        put(drawing, x, bottom + 20, label, size=_SIZE, color=theme.secondary, anchor=anchor)
    middle = drawing.width / 2
    put(
        drawing,
        middle,
        bottom + 40,
        words.say("Решаемость"),
        size=_SIZE,
        color=theme.secondary,
        anchor="middle",
    )
    guide = shorten(scatter_guide(found, words), drawing.width - _LEFT - _RIGHT, _SIZE)
    put(drawing, (left + right) / 2, _TOP + 16, guide, size=_SIZE, color=theme.secondary, anchor="middle")


@dataclass(frozen=True, slots=True)
class _Box:
    left: float
    right: float
    top: float
    bottom: float

    def meets(self, other: _Box) -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


def _names(plot: Plot, upwards: Scale, found: ItemScatter) -> None:
    """Each name beside its dot and over nothing else: in full where there is room, else the short name.

    A dot with no room around it stays nameless: the table names it.
    """
    places = {id(one): (plot.scale(one.p), upwards(one.r)) for one in found.points}
    taken = [
        _Box(x - RADIUS, x + RADIUS, y - RADIUS, y + RADIUS)
        for x, y in (places[id(one)] for one in found.points)
    ]
    field = _Box(_LEFT, plot.drawing.width - _RIGHT, _TOP, _TOP + _HEIGHT)
    for one in sorted(found.remarked, key=lambda point: point.r):
        x, y = places[id(one)]
        for label, start, base, anchor in _candidates(one, x, y):
            box = _box(label, start, base, anchor, plot.theme)
            inside = field.left <= box.left and box.right <= field.right and box.bottom <= field.bottom
            if inside and not any(box.meets(other) for other in taken):
                taken.append(box)
                put(
                    plot.drawing,
                    start,
                    base,
                    label,
                    size=_SIZE,
                    color=plot.theme.ink,
                    bold=True,
                    anchor=anchor,
                )
                break


def _candidates(one: ItemPoint, x: float, y: float) -> Iterator[tuple[str, float, float, Anchor]]:
    """(words, x, baseline, anchor), the best first."""
    gap, middle = RADIUS + 4, y + 4.5
    for label in (f"{one.number}: {one.remark}", one.number):
        yield label, x + gap, middle, "start"
        yield label, x - gap, middle, "end"
        yield label, x, y + gap + _SIZE * 0.8, "middle"
        yield label, x, y - gap, "middle"


def _box(label: str, start: float, base: float, anchor: Anchor, theme: Theme) -> _Box:
    size = text_width(label, _SIZE, bold=True) * theme.slack
    left = start - {"start": 0.0, "middle": 0.5, "end": 1.0}[anchor] * size
    return _Box(left, left + size, base - 0.8 * _SIZE, base + 0.25 * _SIZE)
