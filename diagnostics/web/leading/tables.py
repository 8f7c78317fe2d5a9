"""Tables of this room as spreadsheets: the same columns and the same words as on the page."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import gettext as _

from diagnostics import clock
from diagnostics.campaigns.queries.at_school import Colleague, SchoolStage
from diagnostics.pathways.queries.standings import Standing
from diagnostics.web.leading.words import SEAT_STATES, route_words
from diagnostics.web.terms import WAVE_NAMES
from reports.tables import Column, Kind, Table, Value


def people_table(title: str, people: Iterable[Colleague]) -> Table:
    columns = (
        Column(_("ФИО"), share=3),
        Column(_("Должность"), share=1.5),
        Column(_("Предмет"), share=1.5),
        Column(_("Диагностика"), share=1.5),
    )
    rows = tuple((one.full_name, one.position, one.subject, _(SEAT_STATES[one.state][0])) for one in people)
    return Table(title, columns, rows)


def stages_table(title: str, stages: Iterable[SchoolStage]) -> Table:
    columns = (
        Column(_("Диагностика"), share=3),
        Column(_("Этап"), share=2),
        Column(_("Начало"), Kind.DATE),
        Column(_("Конец"), Kind.DATE),
        Column(_("Приглашены"), Kind.COUNT),
        Column(_("Прошли"), Kind.COUNT),
        Column(_("Начали, не отправили"), Kind.COUNT),
        Column(_("Не начали"), Kind.COUNT),
    )
    rows = tuple(
        (
            one.campaign_title,
            _(WAVE_NAMES[one.kind]),
            clock.local(one.opens_at, one.zone).date(),
            clock.local(one.closes_at, one.zone).date(),
            one.expected,
            one.submitted,
            one.started,
            one.expected - one.submitted - one.started,
        )
        for one in stages
    )
    return Table(title, columns, rows)


def routes_table(title: str, people: Iterable[Standing]) -> Table:
    columns = (
        Column(_("ФИО"), share=3),
        Column(_("Диагностика"), share=2),
        Column(_("Входная")),
        Column(_("Маршрут"), share=2),
        Column(_("Шагов"), Kind.COUNT),
        Column(_("Подтверждено"), Kind.COUNT),
        Column(_("Часов"), Kind.COMPACT),
        Column(_("Начало"), Kind.DATE),
        Column(_("Конец"), Kind.DATE),
        Column(_("Тьютор"), share=2),
    )
    note = _("«Нет» — маршрута ещё нет или сведения о нём школе не передаются; причину система не называет.")
    return Table(title, columns, tuple(_route_row(one) for one in people), note)


def _route_row(one: Standing) -> tuple[Value, ...]:
    route = one.route
    about = (one.person.full, one.campaign_title, _(SEAT_STATES[one.seat][0]), route_words(route)[0])
    if route is None:
        return (*about, None, None, None, None, None, "")
    return (
        *about,
        route.steps,
        route.confirmed,
        route.hours,
        route.starts_on,
        route.ends_on,
        route.tutor,
    )
