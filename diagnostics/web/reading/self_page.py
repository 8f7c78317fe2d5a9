"""A self-assessment on a page, alone or beside a test: words and figures of its contents."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from diagnostics.assets import path_of
from reports.charts.self_plot import self_plot, self_plot_phone
from reports.contents.beside import SelfBeside
from reports.contents.selfview import SelfReport
from reports.render.html import data_table
from reports.tabulate.selfview import self_table
from reports.wording import selfview as wording
from reports.wording.numbers import short_date
from reports.wording.words import Words


@dataclass(frozen=True, slots=True)
class BesideFigure:
    title: str
    subtitle: str
    wide: Markup
    narrow: Markup
    table: Markup
    how: str
    source: str


@dataclass(frozen=True, slots=True)
class SelfPage:
    report: SelfReport
    heading: str
    meta: str
    figure: BesideFigure
    sources: tuple[str, ...]


def self_page(report: SelfReport, words: Words) -> SelfPage:
    return SelfPage(
        report=report,
        heading=wording.headline(report, words),
        meta=wording.meta(report, words),
        figure=beside_figure(report.beside, words),
        sources=wording.source_lines(report, words),
    )


def beside_figure(beside: SelfBeside, words: Words) -> BesideFigure:
    wide, narrow = self_plot(beside, words, ident="self"), self_plot_phone(beside, words, ident="self-phone")
    source = words.say("самооценка %(day)s", day=short_date(beside.self_on))
    if beside.compared and beside.test_on:
        source = words.say("%(own)s · тест %(day)s", own=source, day=short_date(beside.test_on))
    return BesideFigure(
        title=wide.title,
        subtitle=wide.subtitle,
        wide=Markup(wide.svg),  # noqa: S704 - our own figure, its texts are escaped
        narrow=Markup(narrow.svg),  # noqa: S704 - as above
        table=data_table(self_table(beside, words), words, path_of("templates")),
        how=wording.how_to_read(beside, words),
        source=source,
    )
