"""«Кому что нужно» as a workbook: topics, people by block, the entry's means; exact, so noted in the journal."""

from __future__ import annotations

from flask import Response
from flask_babel import gettext as _

from diagnostics.access import Permission, things
from diagnostics.cohorts import queries
from diagnostics.cohorts.needs import BlockNeed, Cell, Needs
from diagnostics.errors import Missing
from diagnostics.web.guard import require, screen
from diagnostics.web.reading.blueprint import reading
from diagnostics.web.reading.journal import note_exact_reading
from diagnostics.web.spreadsheets import workbook
from reports.contents.common import Interval
from reports.tables import Column, Kind, Table


@reading.get("/diagnoses/<campaign_id>/needs.xlsx")
@screen(Permission.GROWTH_READ)
def needs_xlsx(campaign_id: str) -> Response:
    """Missing until somebody has a result."""
    require(Permission.GROWTH_READ, things.campaign(campaign_id))
    gathered = queries.gathered(campaign_id)
    found = queries.needs_of(gathered)
    if found is None:
        raise Missing
    note_exact_reading(campaign_id, "needs.xlsx")
    return workbook(
        (topics_table(found), people_table(found)), _("Кому что нужно: %(group)s", group=found.group)
    )


def topics_table(needs: Needs) -> Table:
    """Every block in the order of the framework: who needs it, and the group's mean at the entry."""
    columns = (
        Column(_("Блок"), share=3),
        Column(_("Есть что развивать, чел."), Kind.COUNT),
        Column(_("Уточнить, чел."), Kind.COUNT),
        Column(_("Оценка доли группы, %"), Kind.NUMBER),
        Column(_("Доля, интервал"), Kind.INTERVAL),
        Column(_("Среднее, % баллов"), Kind.NUMBER, decimals=1),
        Column(_("Среднее, интервал 95 %"), Kind.INTERVAL, decimals=1),
    )
    return Table(_("Темы группы"), columns, tuple(_topic(block) for block in needs.blocks))


def _topic(block: BlockNeed) -> tuple[str | int | float | Interval | None, ...]:
    share = block.prevalence
    known = share.share is not None and share.low is not None and share.high is not None
    return (
        block.title,
        block.confirmed,
        block.probable,
        100 * share.share if share.share is not None else None,
        Interval(100 * (share.low or 0.0), 100 * (share.high or 0.0)) if known else None,
        block.mean,
        Interval(block.interval.low, block.interval.high) if block.interval else None,
    )


def people_table(needs: Needs) -> Table:
    """The digit grows with the deficit; «?» where the conclusion is not sure."""
    columns = (
        Column(_("Слушатель"), share=3),
        Column(_("Школа"), share=2),
        *(Column(block.title, share=1.5) for block in needs.blocks),
        Column(_("Развивать, тем"), Kind.COUNT),
        Column(_("Уточнить, тем"), Kind.COUNT),
    )
    rows = tuple(
        (row.name, row.school, *(_cell(cell) for cell in row.cells), row.confirmed, row.probable)
        for row in needs.people
    )
    return Table(_("Уровни по людям и блокам"), columns, rows)


def _cell(cell: Cell) -> str | None:
    if cell.level is None:
        return None
    return f"{cell.level_title} (?)" if cell.unsure else cell.level_title
