"""Tasks that come from development routes: one's own, and those waiting for the tutor."""

from __future__ import annotations

from collections.abc import Iterator

from flask import current_app, url_for
from flask_babel import get_locale, ngettext
from flask_babel import gettext as _

from diagnostics.access import Actor
from diagnostics.pathways.models import RouteState
from diagnostics.pathways.queries import lists, views
from diagnostics.pathways.queries.views import RouteView
from diagnostics.reporting.language import words_of
from diagnostics.reporting.route_words import step_title
from diagnostics.web.sentences.common import N_
from diagnostics.web.task import Task
from diagnostics.web.words import day_month

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
# State → (title, why) while it is the tutor's turn.
THEIRS: dict[RouteState, tuple[str, str]] = {
    RouteState.SENT: (N_("Тьютор смотрит ваш маршрут"), N_("Он утвердит его или вернёт с замечанием.")),
    RouteState.RUNNING: (
        N_("Маршрут пройден, ждём заключения тьютора"),
        N_("Все шаги подтверждены или ждут проверки. Заключение войдёт в документ."),
    ),
}
DRAFTED = frozenset({RouteState.DRAFT, RouteState.RETURNED})


def own_route_task(actor: Actor) -> Iterator[Task]:
    """One task for the route that «Мой маршрут» opens, however many there were before."""
    if actor.person_id is None or "coaching.my_route" not in current_app.view_functions:
        return
    newest = views.newest_of(actor.person_id)
    if newest is None:
        return
    route = views.route(newest)
    mine = route.state in DRAFTED or route.next_step is not None
    if mine and route.state in OWN:
        yield _own(route)
    elif route.state in THEIRS:
        title, why = THEIRS[route.state]
        yield Task(title=_(title), why=_(why), status=_("ждём"), kind="neutral")


def _own(route: RouteView) -> Task:
    title, status, kind = OWN[route.state]
    return Task(
        title=_(title),
        why=_("Маршрут собран по вашей диагностике: каждый шаг можно заменить или убрать.")
        if route.state in DRAFTED
        else _next_step(route),
        href=url_for("coaching.my_route"),
        act=_("Открыть маршрут"),
        status=_(status),
        kind=kind,
    )


def _next_step(route: RouteView) -> str:
    step = route.next_step
    if step is None:
        return ""
    language = str(get_locale() or "ru")
    title = step_title(step.kind, step.title, step.reason, words_of(language), language)
    if step.due_on is None:
        return _("Следующий шаг: %(title)s.", title=title)
    return _("Следующий шаг: %(title)s, до %(day)s.", title=title, day=day_month(step.due_on))


def routes_to_review(actor: Actor) -> Iterator[Task]:
    if actor.person_id is None or "coaching.routes_to_review" not in current_app.view_functions:
        return
    sent, shown, walked = lists.waiting_for(actor.person_id)
    href = url_for("coaching.routes_to_review")
    if sent:
        yield Task(
            title=ngettext("Согласовать %(num)s маршрут", "Согласовать %(num)s маршрутов", sent),
            why=_("Учителя собрали маршруты и ждут вашего решения."),
            href=href,
            act=_("Открыть очередь"),
            status=_("не начато"),
        )
    if shown:
        yield Task(
            title=ngettext(
                "Посмотреть подтверждения в %(num)s маршруте",
                "Посмотреть подтверждения в %(num)s маршрутах",
                shown,
            ),
            why=_("Учителя показали, что сделано. Шаг подтверждаете вы."),
            href=url_for("coaching.routes_to_review", only="waiting"),
            act=_("Посмотреть"),
            status=_("не начато"),
        )
    if walked:
        yield Task(
            title=ngettext("Завершить %(num)s маршрут", "Завершить %(num)s маршрутов", walked),
            why=_("Все шаги подтверждены, осталось ваше заключение."),
            href=url_for("coaching.routes_to_review", only="waiting"),
            act=_("Открыть маршруты"),
            status=_("не начато"),
        )
