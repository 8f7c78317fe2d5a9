"""People and steps of items on one line of ability: where the test measures, and whom."""

from __future__ import annotations

from dataclasses import dataclass

from reports.charts.chart import Chart
from reports.charts.forest import NARROW, value_axis
from reports.charts.labels import put
from reports.charts.plot import Plot
from reports.charts.scale import Scale
from reports.charts.svg import Drawing
from reports.charts.theme import Theme
from reports.tables import Table
from reports.wording.numbers import number
from reports.wording.words import Words

WIDTH = 0.5  # logits, of one bar
_PEOPLE, _STEPS, _TOP, _GAP, _FOOT = 150, 110, 26, 30, 48


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonItemMap:
    """`people`: lower edge of half a logit → how many; `steps`: thresholds of all items, logits."""

    people: tuple[tuple[float, int], ...]
    steps: tuple[float, ...]
    title: str
    subtitle: str
    description: str
    table: Table


def person_item_map(of: PersonItemMap, words: Words, *, ident: str, theme: Theme, width: float) -> Chart:
    """Two histograms over one axis: people upwards, steps of the tasks downwards."""
    steps = counted(of.steps)
    edges = [edge for edge, n in (*of.people, *steps) if n] or [0.0]
    room = 10 if width <= NARROW else 40
    scale = Scale(min(edges) - WIDTH, max(edges) + 2 * WIDTH, room, width - room)
    plot = Plot(Drawing(width), scale, theme, words)
    ground = float(_TOP + _PEOPLE)
    put(plot.drawing, 0, 14, words.say("Люди"), size=13, color=theme.ink)
    _bars(plot, of.people, ground, _PEOPLE, up=True, fill=theme.mark)
    value_axis(plot, ground, words.say("способность и трудность, логиты"))
    under = ground + _FOOT + _GAP
    put(plot.drawing, 0, under - 12, words.say("Шаги заданий"), size=13, color=theme.ink)
    plot.drawing.line(scale.start, under, scale.end, under, color=theme.ink)
    _bars(plot, steps, under, _STEPS, up=False, fill=theme.band)
    plot.drawing.height = under + _STEPS + 20
    return plot.finish(
        ident, title=of.title, subtitle=of.subtitle, description=of.description, table=of.table
    )


def counted(values: tuple[float, ...]) -> tuple[tuple[float, int], ...]:
    """Lower edge of half a logit → how many; what lies beyond ±8 counts at the edge."""
    cells: dict[int, int] = {}
    for value in values:
        cell = int(min(max(value, -8.0), 7.99) // WIDTH)
        cells[cell] = cells.get(cell, 0) + 1
    return tuple((cell * WIDTH, cells[cell]) for cell in sorted(cells))


def _bars(
    plot: Plot, cells: tuple[tuple[float, int], ...], ground: float, room: float, *, up: bool, fill: str
) -> None:
    most = max((n for _, n in cells), default=1)
    for edge, n in cells:
        if not n:
            continue
        left, right = plot.scale(edge), plot.scale(edge + WIDTH)
        high = (room - 18) * n / most
        top = ground - high if up else ground
        plot.drawing.rect(left + 1, top, right - left - 2, high, fill=fill)
        y = ground - high - 4 if up else ground + high + 14
        put(
            plot.drawing, (left + right) / 2, y, number(n, plot.words),
            size=12, color=plot.theme.secondary, anchor="middle",
        )  # fmt: skip
