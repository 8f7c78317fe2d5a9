"""Tables of this room as spreadsheets."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import gettext as _

from diagnostics.pathways.queries.lists import Guided, Waiting
from diagnostics.web.terms import ROUTE_STATES
from reports.tables import Column, Kind, Table


def queue_table(waiting: Iterable[Waiting]) -> Table:
    columns = (
        Column(_("Учитель"), share=3),
        Column(_("Школа"), share=2),
        Column(_("Диагностика"), share=3),
        Column(_("Отправлен"), Kind.DATE),
        Column(_("Редакция"), Kind.COUNT),
        Column(_("Шагов"), Kind.COUNT),
        Column(_("Часы"), Kind.COMPACT),
        Column(_("Вопросов"), Kind.COUNT),
    )
    rows = tuple(
        (
            one.person.full,
            one.school,
            one.campaign_title,
            one.sent_at.date(),
            one.revision,
            one.steps,
            one.hours,
            len(one.questions),
        )
        for one in waiting
    )
    return Table(_("На согласовании"), columns, rows)


def guided_table(guided: Iterable[Guided]) -> Table:
    columns = (
        Column(_("Учитель"), share=3),
        Column(_("Школа"), share=2),
        Column(_("Состояние")),
        Column(_("Шагов"), Kind.COUNT),
        Column(_("Подтверждено"), Kind.COUNT),
        Column(_("Ждёт вас"), Kind.COUNT),
    )
    rows = tuple(
        (one.person.full, one.school, _(ROUTE_STATES[one.state][0]), one.steps, one.confirmed, one.on_review)
        for one in guided
    )
    return Table(_("Маршруты моих учителей"), columns, rows)
