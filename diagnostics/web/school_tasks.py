"""Tasks of a school: who has not taken the diagnosis; a self-assessment to launch, fill, gather, discuss."""

from __future__ import annotations

from collections.abc import Iterator

from flask import url_for
from flask_babel import gettext as _

from diagnostics import clock
from diagnostics.access import Actor
from diagnostics.access.table import SCHOOL
from diagnostics.campaigns.circle_models import CircleWay
from diagnostics.campaigns.models import WaveState
from diagnostics.campaigns.queries.self_assessments import SelfAssessment, self_assessments
from diagnostics.improvement import queries as improvement
from diagnostics.people.models import NodeKind, Role
from diagnostics.people.queries.places import Place, places
from diagnostics.web.pausing import paused_words
from diagnostics.web.reminders import Moment, moment_of
from diagnostics.web.staff_tasks import staff_tasks
from diagnostics.web.task import Task


def school_tasks(actor: Actor, scope: tuple[str, ...] | None = None) -> Iterator[Task]:
    """Of all the person's schools, or of those under `scope`; each school by itself."""
    paths = actor.paths(*SCHOOL) if scope is None else scope
    yield from staff_tasks(actor, paths)
    ours = self_assessments(paths)
    newest = {one.school_id: one for one in reversed(ours)}
    for one in ours:
        if one.wave_state is WaveState.OPEN:
            yield from _while_open(one)
    for school in places(paths, NodeKind.SCHOOL):
        last = newest.get(school.id)
        if last is None and actor.has_at(school.path, (Role.SCHOOL_LEAD,)):
            yield _to_launch(school)
        elif last is not None and last.wave_state is WaveState.CLOSED:
            yield _to_discuss(last)
        if last is not None and actor.has_at(school.path, (Role.SCHOOL_LEAD,)):
            yield from _to_decide(last)


def _to_decide(one: SelfAssessment) -> Iterator[Task]:
    """What waits for the lead alone: answers that came late, free words that nobody has read."""
    if improvement.late(one.campaign_id).waits:
        yield Task(
            title=_("Решить о поздних ответах"),
            why=_("%(about)s Дошли после срока, в зоны не входят.", about=one_line(one)),
            href=url_for("improving.late", campaign_id=one.campaign_id),
            act=_("Открыть"),
            # Before the closing any number may be taken in, after it few may not.
            due=one.closes_at if one.wave_state is WaveState.OPEN else None,
            zone=one.zone,
            status=_("не начато"),
        )
    unread = improvement.words_waiting(one.campaign_id)
    if unread:
        yield Task(
            title=_("Проверить свободные ответы (%(n)s)", n=unread),
            why=_("%(about)s До проверки команда школы их не видит.", about=one_line(one)),
            href=url_for("improving.words", campaign_id=one.campaign_id),
            act=_("Проверить"),
            status=_("не начато"),
        )


def _to_launch(school: Place) -> Task:
    return Task(
        title=_("Запустить самооценку школы"),
        why=_("%(school)s. Числа по группам и срок; остальное уже заполнено.", school=school.short_name),
        href=url_for("improving.launcher", school=school.id),
        act=_("Начать"),
        status=_("не начато"),
    )


def _to_discuss(one: SelfAssessment) -> Task:
    return Task(
        title=_("Обсудить зоны"),
        why=one_line(one),
        href=url_for("improving.zones", campaign_id=one.campaign_id),
        act=_("Открыть"),
        status=_("готово"),
        kind="work",
    )


def one_line(one: SelfAssessment) -> str:
    return f"{one.title}. {one.school}."


def _while_open(one: SelfAssessment) -> Iterator[Task]:
    if one.paused_at is not None and one.closes_at > clock.now():
        yield _paused(one, paused_words(one.paused_at, one.zone))
        return
    sheet = next((each for each in one.circles if each.way is CircleWay.SHEET), None)
    begun = one.opens_at <= clock.now()
    if sheet is not None and not sheet.submitted and begun:
        yield Task(
            title=_("Заполнить лист администрации"),
            why=one_line(one),
            href=url_for("answering.sheet", campaign_id=one.campaign_id),
            act=_("Продолжить") if sheet.started else _("Заполнить"),
            due=one.closes_at,
            zone=one.zone,
            status=_("в работе") if sheet.started else _("не начато"),
            kind="work" if sheet.started else "outline",
        )
    people = [each for each in one.circles if each.way is not CircleWay.SHEET]
    done, expected = sum(each.submitted for each in people), sum(each.expected for each in people)
    moment = moment_of(one, clock.now())
    if moment is not None:
        yield _to_remind(one, moment, done, expected)
    over = one.closes_at < clock.now()
    yield Task(
        title=_("Закончить сбор: срок прошёл")
        if over
        else _("Собрать ответы: %(done)s из %(all)s", done=done, all=expected),
        why=one_line(one),
        href=url_for("improving.collect", campaign_id=one.campaign_id),
        act=_("Посмотреть явку"),
        due=one.closes_at,
        zone=one.zone,
        status=_("в работе"),
        kind="attention" if over else "work",
    )


def _paused(one: SelfAssessment, words: str) -> Task:
    return Task(
        title=words,
        why=one_line(one),
        href=url_for("improving.collect", campaign_id=one.campaign_id),
        act=_("Открыть"),
        due=one.closes_at,
        zone=one.zone,
        status=_("приостановлен"),
        kind="attention",
    )


def _to_remind(one: SelfAssessment, moment: Moment, done: int, expected: int) -> Task:
    title = (
        _("Напомнить в чаты и классы: осталось меньше двух дней")
        if moment is Moment.END
        else _("Напомнить в чаты и классы: прошла половина срока")
    )
    return Task(
        title=title,
        why=_("%(about)s Ответили %(done)s из %(all)s.", about=one_line(one), done=done, all=expected),
        href=url_for("improving.collect", campaign_id=one.campaign_id, _anchor="remind"),
        act=_("Взять текст"),
        due=one.closes_at,
        zone=one.zone,
        status=_("в работе"),
        kind="attention" if moment is Moment.END else "work",
    )
