"""An administrator's tasks: the first steps of an empty base, and data that the law wants erased by a day."""

from __future__ import annotations

from collections.abc import Iterator

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from diagnostics import clock
from diagnostics.access import Actor
from diagnostics.people.models import NodeKind, Role
from diagnostics.people.queries import consents, directory
from diagnostics.people.queries.places import DEFAULT_ZONE, places
from diagnostics.web.task import Task


def administrator_tasks(actor: Actor) -> Iterator[Task]:
    scope = actor.paths(Role.ADMINISTRATOR)
    yield from _to_erase(scope)
    if not places(scope, NodeKind.SCHOOL):
        yield _task(
            _("Добавьте организации"),
            _("Муниципалитеты и школы: по одной или списком из Excel"),
            "admin.places",
        )
    elif directory.search(scope, "").total <= 1:
        yield _task(
            _("Добавьте людей"),
            _("Начните с тренера или методиста: дайте роль и пригласите"),
            "admin.people",
        )
    if not any(consents.texts_of(one.id) for one in places(scope) if one.kind is not NodeKind.SCHOOL):
        yield _task(
            _("Опубликуйте текст согласия"),
            _("Сначала укажите реквизиты оператора на странице института или региона"),
            "admin.consents",
        )


def _to_erase(scope: tuple[str, ...]) -> Iterator[Task]:
    waiting = consents.waiting_for_erasure(scope)
    if waiting:
        number = len(waiting)
        yield Task(
            title=ngettext(
                "Удалите данные %(num)s человека: согласие отозвано",
                "Удалите данные %(num)s человек: согласие отозвано",
                number,
            ),
            why=_("По закону на это десять рабочих дней"),
            href=url_for("admin.consents"),
            act=_("Открыть"),
            due=clock.end_of_day(waiting[0][1], DEFAULT_ZONE),
            zone=DEFAULT_ZONE,
            status=_("не начато"),
            kind="attention",
        )


def _task(title: str, why: str, endpoint: str) -> Task:
    return Task(
        title=title, why=why, href=url_for(endpoint), act=_("Открыть"), status=_("не начато"), kind="outline"
    )
