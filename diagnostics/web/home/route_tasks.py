"""Tasks that come from development routes: one's own, and those waiting for the tutor."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa
from flask import current_app, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from diagnostics.access import Actor
from diagnostics.database import session
from diagnostics.pathways.models import Route, RouteState
from diagnostics.web.sentences.common import N_
from diagnostics.web.task import Task

# State → (title, status word, kind of tag) while it is the teacher's turn.
OWN: dict[RouteState, tuple[str, str, str]] = {
    RouteState.DRAFT: (N_("Посмотреть маршрут и отправить тьютору"), N_("не начато"), "outline"),
    RouteState.RETURNED: (
        N_("Поправить маршрут: тьютор вернул его с замечанием"),
        N_("вернули"),
        "attention",
    ),
    RouteState.APPROVED: (N_("Начать первый шаг маршрута"), N_("не начато"), "outline"),
    RouteState.RUNNING: (N_("Продолжить маршрут"), N_("в работе"), "work"),
}


def own_route_task(actor: Actor) -> Iterator[Task]:
    if actor.person_id is None or "coaching.my_route" not in current_app.view_functions:
        return
    states = session.scalars(sa.select(Route.state).where(Route.person_id == actor.person_id))
    for state in states:
        if state in OWN:
            title, status, kind = OWN[state]
            yield Task(
                title=_(title),
                why=_("Маршрут собран по вашей диагностике: каждый шаг можно заменить или убрать."),
                href=url_for("coaching.my_route"),
                act=_("Открыть маршрут"),
                status=_(status),
                kind=kind,
            )


def routes_to_review(actor: Actor) -> Iterator[Task]:
    if "coaching.routes_to_review" not in current_app.view_functions:
        return
    waiting = session.scalar(
        sa.select(sa.func.count()).where(Route.tutor_id == actor.person_id, Route.state == RouteState.SENT)
    )
    if waiting:
        yield Task(
            title=ngettext("Согласовать %(num)s маршрут", "Согласовать %(num)s маршрутов", waiting),
            why=_("Учителя собрали маршруты и ждут вашего решения."),
            href=url_for("coaching.routes_to_review"),
            act=_("Открыть очередь"),
            status=_("не начато"),
        )
