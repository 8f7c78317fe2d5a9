"""Fragments of pages: a figure with its data table, a plain table; escaped, without styles."""

from __future__ import annotations

from pathlib import Path

from markupsafe import Markup

from reports.charts.chart import Chart
from reports.render.environment import page_environment
from reports.tables import Table
from reports.wording.words import Words


def figure(
    chart: Chart,
    words: Words,
    templates: Path,
    *,
    narrow: Chart | None = None,
    foot: str = "",
    reading: str = "",
    download: str = "",
) -> Markup:
    """A framed figure: finding, measure, drawing (a second one for phones), table, foot.

    foot      n · version · date
    reading   «Как это читать», unfolded on demand
    download  address of the spreadsheet of the same numbers
    """
    template = page_environment(templates).get_template("reports/figure.html")
    return Markup(  # noqa: S704 - rendered with autoescape
        template.render(
            chart=chart,
            wide=Markup(chart.svg),  # noqa: S704 - own figure, its texts are escaped
            narrow=Markup(narrow.svg) if narrow else None,  # noqa: S704
            table=data_table(chart.table, words, templates),
            foot=foot,
            reading=reading,
            download=download,
            words=words,
        )
    )


def data_table(table: Table, words: Words, templates: Path) -> Markup:
    """The table with its caption; the first cell of each row is its heading."""
    template = page_environment(templates).get_template("reports/table.html")
    rows = table.texts(words)
    return Markup(template.render(table=table, rows=rows))  # noqa: S704 - autoescaped
