"""Tables of this room as spreadsheets."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import gettext as _

from diagnostics.audit.queries import AuditLine
from diagnostics.people.models import NodeKind
from diagnostics.people.place_sheets import Mistake
from diagnostics.people.queries.directory import Found
from diagnostics.people.queries.places import Place
from diagnostics.web.admin.audit_words import act_words, object_words
from diagnostics.web.admin.words import KINDS, PLACE_COLUMNS
from diagnostics.web.messages import sentence
from diagnostics.web.words import clock_time, short_day
from reports.tables import Column, Kind, Table

WIDE = {"name", "short_name"}


def people_table(people: Iterable[Found]) -> Table:
    """The columns that a list of people is loaded by, and whether somebody signs in."""
    columns = (
        Column(_("ФИО"), share=3),
        Column(_("Школа"), share=3),
        Column(_("Код школы")),
        Column(_("Должность"), share=1.5),
        Column(_("Предмет"), share=1.5),
        Column(_("Почта"), share=2),
        Column(_("Телефон"), share=1.5),
        Column(_("Вход в систему")),
    )
    rows = tuple(
        (
            one.full_name,
            one.place,
            one.place_code,
            one.position,
            one.subject,
            one.email,
            one.phone,
            _("есть") if one.has_account else _("нет"),
        )
        for one in people
    )
    return Table(_("Люди"), columns, rows)


def places_table(places: Iterable[Place]) -> Table:
    """The columns that «Загрузить из Excel» reads."""
    found = list(places)
    by_id = {one.id: one for one in found}
    rows = tuple(
        (
            _(KINDS[one.kind]),
            _above(one, NodeKind.REGION, by_id),
            _above(one, NodeKind.MUNICIPALITY, by_id),
            one.code or "",
            one.name,
            one.short_name,
            one.zone or "",
        )
        for one in found
    )
    return Table(_("Организации"), place_columns(), rows)


def sample_places_table() -> Table:
    region, district = "Заречная область", "Приозёрный район"
    rows = (
        ("муниципалитет", region, "", "", "Приозёрный муниципальный район", district, ""),
        (
            "школа",
            region,
            district,
            "001012",
            "Муниципальное общеобразовательное учреждение «Школа № 12»",
            "Школа № 12",
            "",
        ),
        ("школа", region, district, "001003", "Лицей № 3", "Лицей № 3", "Asia/Yekaterinburg"),
    )
    return Table(_("Образец"), place_columns(), rows)


def place_columns() -> tuple[Column, ...]:
    return tuple(
        Column(_(words), share=4.0 if name in WIDE else 1.5) for name, words in PLACE_COLUMNS.items()
    )


def place_mistakes_table(mistakes: Iterable[Mistake]) -> Table:
    columns = (
        Column(_("Строка"), Kind.COUNT),
        Column(_("Столбец"), share=1.5),
        Column(_("Что не так"), share=4),
        Column(_("В ячейке"), share=2),
    )
    rows = tuple(
        (one.row, _(PLACE_COLUMNS[one.column]), sentence(one.code, one.parameters), one.value)
        for one in mistakes
    )
    return Table(_("Ошибки в списке организаций"), columns, rows)


def audit_table(lines: Iterable[AuditLine]) -> Table:
    columns = (
        Column(_("№"), Kind.COUNT),
        Column(_("Когда"), share=1.5),
        Column(_("Кто"), share=1.5),
        Column(_("Действие"), share=2),
        Column(_("Объект"), share=2),
        Column(_("Номер объекта"), share=1.5),
        Column(_("Примечание"), share=3),
    )
    rows = tuple(
        (
            one.number,
            f"{short_day(one.at)} {clock_time(one.at)}",
            one.actor_id or _("система"),
            act_words(one.action),
            object_words(one.object_kind),
            one.object_id,
            one.note,
        )
        for one in lines
    )
    return Table(_("Журнал действий"), columns, rows)


def _above(one: Place, kind: NodeKind, by_id: dict[str, Place]) -> str:
    """The name of the place of a kind above this one, as far as it is within reach."""
    place = by_id.get(one.parent_id or "")
    while place is not None and place.kind is not kind:
        place = by_id.get(place.parent_id or "")
    return place.name if place else ""
