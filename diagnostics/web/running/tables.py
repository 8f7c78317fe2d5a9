"""Tables of this room as spreadsheets; a list of people comes back in the same columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from flask_babel import gettext as _

from diagnostics import clock
from diagnostics.campaigns.queries.attendance import SchoolTurnout, WaveTurnout
from diagnostics.campaigns.queries.groups import Member
from diagnostics.campaigns.queries.overview import CampaignView
from diagnostics.campaigns.queries.roll import Participant
from diagnostics.campaigns.roster.mistakes import Mistake
from diagnostics.sittings.queries import LateWork
from diagnostics.web.messages import sentence
from diagnostics.web.running.words import CAMPAIGN_STATES, SEAT_STATES
from diagnostics.web.sentences.campaigns import COLUMNS
from diagnostics.web.terms import WAVE_NAMES
from diagnostics.web.words import short_day
from reports.tables import Column, Kind, Table

ROSTER = ("full_name", "school", "school_code", "position", "subject", "email", "phone")


def roster_columns() -> tuple[Column, ...]:
    """The columns that «Загрузить из Excel» reads."""
    return tuple(
        Column(_(COLUMNS[name]), share=3.0 if name in {"full_name", "school"} else 1.5) for name in ROSTER
    )


def sample_table() -> Table:
    rows = (
        (
            "Соколова Анна Петровна",
            "Школа № 12",
            "001012",
            "учитель",
            "математика",
            "sokolova@example.org",
            "",
        ),
        ("Ким Виктория", "Школа № 3", "001003", "учитель", "русский язык", "", "+7 900 000-00-00"),
    )
    return Table(_("Образец списка"), roster_columns(), rows)


def members_table(title: str, members: Iterable[Member]) -> Table:
    columns = (*roster_columns(), Column(_("Вход")), Column(_("Выход")))
    rows = tuple(
        (
            one.full_name,
            one.school,
            one.school_code,
            one.position,
            one.subject,
            one.email or "",
            one.phone or "",
            _(SEAT_STATES[one.entry][0]) if one.entry else "",
            _(SEAT_STATES[one.exit][0]) if one.exit else "",
        )
        for one in members
    )
    return Table(title, columns, rows)


def participants_table(title: str, people: Iterable[Participant]) -> Table:
    columns = (
        Column(_(COLUMNS["full_name"]), share=3),
        Column(_("Муниципалитет"), share=2),
        Column(_(COLUMNS["school"]), share=2),
        Column(_(COLUMNS["school_code"])),
        Column(_(COLUMNS["position"]), share=1.5),
        Column(_(COLUMNS["subject"]), share=1.5),
        Column(_(COLUMNS["email"]), share=2),
        Column(_("Вариант")),
        Column(_("Состояние")),
    )
    rows = tuple(
        (
            one.full_name,
            one.municipality,
            one.school,
            one.school_code,
            one.position,
            one.subject,
            one.email or "",
            one.form,
            _(SEAT_STATES[one.state][0]),
        )
        for one in people
    )
    return Table(title, columns, rows)


def turnout_table(
    title: str, schools: Iterable[SchoolTurnout], routes: Mapping[str, str] | None = None
) -> Table:
    """`routes`: school id → words about agreed routes, where people were told that they are counted."""
    extra = () if routes is None else (Column(_("Маршрут утверждён"), share=1.5),)
    rows = tuple(
        (*_turnout_row(one), *(() if routes is None else (routes.get(one.school_id or "", ""),)))
        for one in schools
    )
    return Table(title, (*_turnout_columns(), *extra), rows)


def stages_table(waves: Iterable[WaveTurnout]) -> Table:
    """Schools of several stages, each row with its diagnosis and stage."""
    columns = (Column(_("Диагностика"), share=3), Column(_("Этап"), share=2), *_turnout_columns())
    rows = tuple(
        (wave.campaign_title, _(WAVE_NAMES[wave.kind]), *_turnout_row(one))
        for wave in waves
        for one in wave.schools
    )
    return Table(_("Явка"), columns, rows)


def _turnout_columns() -> tuple[Column, ...]:
    return (
        Column(_("Муниципалитет"), share=2),
        Column(_("Школа"), share=2),
        Column(_("Приглашены"), Kind.COUNT),
        Column(_("Начали"), Kind.COUNT),
        Column(_("Прошли"), Kind.COUNT),
        Column(_("Доля прошедших"), Kind.PERCENT),
    )


def _turnout_row(one: SchoolTurnout) -> tuple[str | int | float, ...]:
    school = one.school or _("Без школы")
    return (one.municipality, school, one.expected, one.started, one.submitted, 100 * one.share)


def diagnoses_table(campaigns: Iterable[CampaignView]) -> Table:
    columns = (
        Column(_("Диагностика"), share=3),
        Column(_("Состояние")),
        Column(_("Этап"), share=2),
        Column(_("Начало")),
        Column(_("Конец")),
        Column(_("Приглашены"), Kind.COUNT),
        Column(_("Прошли"), Kind.COUNT),
    )
    rows = tuple(
        (
            one.title,
            _(CAMPAIGN_STATES[one.state][0]),
            _(WAVE_NAMES[wave.kind]),
            short_day(wave.opens_at, wave.zone),
            short_day(wave.closes_at, wave.zone),
            wave.expected,
            wave.submitted,
        )
        for one in campaigns
        for wave in one.waves
    )
    return Table(_("Диагностики"), columns, rows)


def mistakes_table(mistakes: Iterable[Mistake]) -> Table:
    columns = (
        Column(_("Строка"), Kind.COUNT),
        Column(_("Столбец")),
        Column(_("Что не так"), share=3),
        Column(_("В ячейке"), share=2),
        Column(_("Возможно, это"), share=3),
    )
    rows = tuple(
        (
            one.row,
            _(COLUMNS[one.column]),
            sentence(one.code, one.parameters),
            one.value,
            "; ".join(offers(one)),
        )
        for one in mistakes
    )
    return Table(_("Ошибки в списке"), columns, rows)


def offers(mistake: Mistake) -> list[str]:
    """What may have been meant, as words to paste into the cell."""
    found = mistake.parameters.get("offers", [])
    return [str(one) for one in found] if isinstance(found, list) else []


def late_table(works: Iterable[LateWork]) -> Table:
    columns = (
        Column(_("ФИО"), share=3),
        Column(_("Школа"), share=2),
        Column(_("Ответов"), Kind.COUNT),
        Column(_("Дошли"), Kind.DATE),
        Column(_("Почему поздно"), share=2),
    )
    rows = tuple(
        (
            one.name or _("Участник без имени"),
            one.school,
            one.answers,
            clock.local(one.arrived_at, one.zone).date(),
            _("после срока") if one.after_deadline else _("после отправки"),
        )
        for one in works
    )
    return Table(_("Поздние ответы"), columns, rows)
