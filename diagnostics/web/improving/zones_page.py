"""What the zones page shows, made of the contents of its report: words and figures, no number of its own."""

from __future__ import annotations

from dataclasses import dataclass, replace

from markupsafe import Markup

from diagnostics.assets import path_of
from reports.charts.chart import Chart
from reports.charts.voices import voice_sample
from reports.charts.zones_plot import zones_plot
from reports.charts.zones_plot_phone import zones_plot_phone
from reports.contents.zones import Direction, Turnout, Verdict, ZonesReport
from reports.outlines.zones import order_rule
from reports.render.html import data_table
from reports.tabulate.zones import directions_table, order_table, statements_of
from reports.wording import voices
from reports.wording import zones as wording
from reports.wording.numbers import capitalised, short_date
from reports.wording.words import Words


@dataclass(frozen=True, slots=True)
class Came:
    """Явка of one group at the head of the page; `share` 0…1 for the bar, None for the sheet."""

    title: str
    mark: Markup
    count: str
    rate: str
    share: float | None
    note: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class Detail:
    """One direction opened: what it is about, the verdict in words, its statements."""

    code: str
    title: str
    description: str
    verdict: str
    note: str
    statements: Markup | None


@dataclass(frozen=True, slots=True)
class Part:
    title: str
    verdict: str
    details: tuple[Detail, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    wide: Markup
    narrow: Markup
    title: str
    subtitle: str
    table: Markup
    source: str


@dataclass(frozen=True, slots=True)
class Answers:
    """Free answers of one group."""

    title: str
    question: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Page:
    report: ZonesReport
    heading: str
    meta: str
    came: tuple[Came, ...]
    figure: Figure
    parts: tuple[Part, ...]
    hidden: tuple[str, ...]
    differing: tuple[tuple[str, str], ...]
    how: str
    order: Markup | None
    order_said: str
    order_rule: str
    free: tuple[Answers, ...]
    sources: tuple[str, ...]


def page_of(report: ZonesReport, words: Words) -> Page:
    return Page(
        report=report,
        heading=wording.headline(report, words),
        meta=wording.meta(report, words),
        came=came_of(report.turnout, words),
        figure=_figure(report, words),
        parts=tuple(
            Part(
                zone.title,
                wording.verdict(zone, report, words),
                tuple(_detail(one, report, words) for one in zone.directions),
            )
            for zone in report.zones
        ),
        hidden=wording.why_hidden(report, words),
        differing=wording.differing(report, words),
        how=wording.how_counted(report, words),
        order=_order(report, words),
        order_said=wording.unstable(report, words) or wording.no_order(report, words),
        order_rule=order_rule(words),
        free=tuple(
            Answers(capitalised(voices.voice(one.voice, words)), one.question, one.texts)
            for one in report.free
        ),
        sources=wording.source_lines(report, words),
    )


def came_of(turnout: tuple[Turnout, ...], words: Words) -> tuple[Came, ...]:
    return tuple(
        Came(
            title=voices.voice(one.voice, words),
            mark=_drawn(voice_sample(one.voice)),
            count=voices.came(one, words),
            rate=voices.rate(one, words),
            share=min(1.0, one.n / one.expected) if voices.rate(one, words) else None,
            note=voices.turnout_note(one, words),
            hidden=one.hidden,
        )
        for one in turnout
    )


def _figure(report: ZonesReport, words: Words) -> Figure:
    wide: Chart = zones_plot(report, words, ident="zones")
    narrow: Chart = zones_plot_phone(report, words, ident="zones-phone")
    sources = report.sources
    source = words.say(
        "анкеты версии %(version)s · метод расчёта %(method)s · %(day)s",
        version=sources.instrument.version,
        method=sources.method.version,
        day=short_date(sources.data_cut.date()),
    )
    return Figure(
        wide=_drawn(wide.svg),
        narrow=_drawn(narrow.svg),
        title=wide.title,
        subtitle=wide.subtitle,
        table=data_table(directions_table(report, words), words, path_of("templates"))
        + data_table(wide.table, words, path_of("templates")),
        source=source,
    )


def _detail(one: Direction, report: ZonesReport, words: Words) -> Detail:
    table = statements_of(one.statements, words) if one.statements else None
    said = (
        wording.under_verdict(one, report, words) if one.verdict is not Verdict.CLASS or one.border else "",
        wording.sheet_note(one, words),
    )
    return Detail(
        code=one.code,
        title=one.title,
        description=one.description,
        verdict=wording.verdict(one, report, words),
        note=". ".join(capitalised(text.rstrip(".")) for text in said if text),
        statements=data_table(table, words, path_of("templates")) if table else None,
    )


def _order(report: ZonesReport, words: Words) -> Markup | None:
    """The note stands in the notice above, not under the table a second time."""
    if not report.order:
        return None
    return data_table(replace(order_table(report, words), note=""), words, path_of("templates"))


def _drawn(svg: str) -> Markup:
    return Markup(svg)  # noqa: S704 - our own figure, its texts are escaped
