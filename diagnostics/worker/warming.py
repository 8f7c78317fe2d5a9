"""The first report of a fresh worker is made as fast as the next: the engine is loaded while nobody waits."""

from __future__ import annotations

import logging

from diagnostics import clock
from diagnostics.assets import path_of
from reports.charts.chart import Chart
from reports.contents.common import Heading
from reports.outline import Facts, Figure, Outline, Paragraph, Section
from reports.render.pdf import pdf
from reports.tables import Column, Table
from reports.wording.words import Words

log = logging.getLogger("orientir.worker")
_SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="20" viewBox="0 0 90 20">'
    '<text x="2" y="15" font-family="PT Sans" font-size="12">Ориентир</text></svg>'
)


def warm() -> None:
    """Print one page that nobody reads: xhtml2pdf and the four faces stay in a process of the engine, the templates here.

    A worker that cannot do it works all the same; the first report then says why.
    """
    table = Table("Таблица", (Column("Графа"), Column("Число")), (("слово", "1"),))
    chart = Chart(
        ident="c", svg=_SVG, title="Рисунок", subtitle="", description="", table=table, width=90, height=20,
        marks=(),
    )  # fmt: skip
    page = Outline(
        heading=Heading(organisation="Ориентир", formed_at=clock.now()),
        title="Проба",
        subtitle=(),
        blocks=(
            Section("Часть"), Paragraph("Курсив и прямой", lead="Жирный"), Facts((("Имя", "значение"),)),
            table, Figure(chart),
        ),
        foot=(),
    )  # fmt: skip
    try:
        pdf(page, Words(), path_of("templates"))
    except Exception:
        log.exception("the report engine could not be loaded beforehand")
