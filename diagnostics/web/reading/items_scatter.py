"""The map of tasks of a stage: decoration of the page, made of the analysis."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext as _
from markupsafe import Markup

from diagnostics.assets import path_of
from diagnostics.cohorts.items import ItemAnalysis
from diagnostics.web.reading.items_words import SHORT
from reports.charts.item_scatter import NARROW, item_scatter
from reports.contents.item_scatter import ItemPoint, ItemScatter
from reports.render.html import data_table
from reports.wording.words import Words


@dataclass(frozen=True, slots=True)
class Scattered:
    title: str
    subtitle: str
    wide: Markup
    narrow: Markup
    table: Markup


def contents_of(analysis: ItemAnalysis) -> ItemScatter:
    """Tasks with both figures; the method gives neither below ten answers."""
    return ItemScatter(
        points=tuple(
            ItemPoint(
                number=one.code,
                title=one.title,
                p=100 * one.p,
                r=one.r_rest,
                remark=_(SHORT[one.verdicts[0]]) if one.verdicts else "",
            )
            for one in analysis.items
            if one.p is not None and one.r_rest is not None
        ),
        people=analysis.people,
    )


def scattered(analysis: ItemAnalysis, ident: str, words: Words) -> Scattered | None:
    found = contents_of(analysis)
    if len(found.points) < 2:  # noqa: PLR2004 - one dot is no picture
        return None
    wide = item_scatter(found, words, ident=f"scatter-{ident}")
    narrow = item_scatter(found, words, ident=f"scatter-{ident}-phone", width=NARROW)
    return Scattered(
        wide.title,
        wide.subtitle,
        Markup(wide.svg),  # noqa: S704 - our own figure, its texts are escaped
        Markup(narrow.svg),  # noqa: S704 - as above
        data_table(wide.table, words, path_of("templates")),
    )
