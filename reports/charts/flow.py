"""From the invited to those with both results: four bars against the invited."""

from __future__ import annotations

from dataclasses import dataclass

from reports.charts.chart import Chart
from reports.charts.labels import fitted, put
from reports.charts.measure import text_width
from reports.charts.plot import Plot
from reports.charts.scale import Scale
from reports.charts.svg import Drawing
from reports.charts.theme import SCREEN, Theme
from reports.contents.entry_exit import EntryExitReport
from reports.tabulate.entry_exit import flow_table
from reports.wording.entry_exit import attendance
from reports.wording.words import Words

WIDE, NARROW = 1016, 328
_GAP, _HEIGHT = 48, 74
_COUNT = 28


@dataclass(frozen=True, slots=True)
class _Step:
    count: int
    label: str
    note: str


def flow(
    report: EntryExitReport, words: Words, *, ident: str, theme: Theme = SCREEN, width: float = WIDE
) -> Chart:
    gap = _GAP * min(1.0, width / WIDE)
    steps = _steps(report, words)
    size = (width - gap * (len(steps) - 1)) / len(steps)
    plot = _plot(report, Drawing(width, _HEIGHT), size, theme, words)
    for index, step in enumerate(steps):
        left = index * (size + gap)
        _step(plot, step, left, 0)
        if index:
            _chevron(plot.drawing, left - gap / 2, 44, theme)
    return _finished(plot, report, ident)


def flow_phone(report: EntryExitReport, words: Words, *, ident: str, theme: Theme = SCREEN) -> Chart:
    steps = _steps(report, words)
    height = (_HEIGHT + 8) * len(steps) - 8
    plot = _plot(report, Drawing(NARROW, height), NARROW, theme, words)
    for index, step in enumerate(steps):
        _step(plot, step, 0, index * (_HEIGHT + 8))
    return _finished(plot, report, ident)


def _plot(report: EntryExitReport, drawing: Drawing, width: float, theme: Theme, words: Words) -> Plot:
    """The scale gives the length of a bar: the invited fill it."""
    return Plot(drawing, Scale(0, max(report.flow.invited, 1), 0, width), theme, words)


def _steps(report: EntryExitReport, words: Words) -> tuple[_Step, ...]:
    people = report.flow
    schools = words.count(people.schools, "%(n)d школа", "%(n)d школы", "%(n)d школ")
    absent = people.invited - people.entry
    never = words.count(absent, "%(n)d не начал", "%(n)d не начали", "%(n)d не начали")
    extra = words.count(
        people.exit_only, "%(n)d прошёл только итоговую", "%(n)d прошли только итоговую", "%(n)d прошли только итоговую"
    )  # fmt: skip
    return (
        _Step(people.invited, words.say("приглашены"), schools if people.schools else ""),
        _Step(people.entry, words.say("вход"), never if absent else words.say("начали все")),
        _Step(people.exit, words.say("выход"), extra if people.exit_only else ""),
        _Step(people.both, words.say("оба этапа"), words.say("идут в сравнение")),
    )


def _step(plot: Plot, step: _Step, left: float, top: float) -> None:
    drawing, theme, whole = plot.drawing, plot.theme, plot.scale.end
    count = str(step.count)
    put(drawing, left, top + 24, count, size=_COUNT, color=theme.ink, bold=True)
    after = left + text_width(count, _COUNT, bold=True) * theme.slack + 8
    put(drawing, after, top + 24, step.label, size=15, color=theme.ink, bold=True)
    drawing.rect(left, top + 39, whole, 10, fill=theme.empty)
    drawing.rect(left, top + 39, plot.scale(step.count), 10, fill=theme.mark)
    for line in fitted(step.note, whole, theme, size=13, most=1):
        put(drawing, left, top + 68, line, size=13, color=theme.secondary)


def _chevron(drawing: Drawing, x: float, y: float, theme: Theme) -> None:
    drawing.add(
        "path", d=f"M {x - 3:.2f} {y - 6:.2f} L {x + 3:.2f} {y:.2f} L {x - 3:.2f} {y + 6:.2f}",
        fill="none", stroke=theme.secondary, stroke_width=1.5,
    )  # fmt: skip


def _finished(plot: Plot, report: EntryExitReport, ident: str) -> Chart:
    words = plot.words
    return plot.finish(
        ident,
        title=words.say("Кто участвовал"),
        subtitle=words.say("Человек на каждом этапе"),
        description=attendance(report, words),
        table=flow_table(report, words),
    )
