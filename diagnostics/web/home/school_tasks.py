"""Tasks of a school's team: launch a self-assessment, fill the sheet, gather answers, look at the zones."""

from __future__ import annotations

from collections.abc import Iterator

from flask import current_app, url_for
from flask_babel import gettext as _

from diagnostics import clock
from diagnostics.access import Actor
from diagnostics.access.table import SCHOOL
from diagnostics.campaigns.circle_models import CircleWay
from diagnostics.campaigns.models import WaveState
from diagnostics.campaigns.queries.self_assessments import SelfAssessment, self_assessments
from diagnostics.people.models import Role
from diagnostics.web.home.task import Task

ZONES = "improving.zones"  # linked to where it is built


def school_tasks(actor: Actor) -> Iterator[Task]:
    ours = self_assessments(actor.paths(*SCHOOL))
    if not ours and actor.has(Role.SCHOOL_LEAD):
        yield Task(
            title=_("Запустить самооценку школы"),
            why=_("Числа по группам и срок; остальное уже заполнено."),
            href=url_for("improving.launcher"),
            act=_("Начать"),
            status=_("не начато"),
        )
    for one in ours:
        if one.wave_state is WaveState.OPEN:
            yield from _while_open(one)
    if ours and ours[0].wave_state is WaveState.CLOSED and ZONES in current_app.view_functions:
        yield Task(
            title=_("Обсудить зоны"),
            why=one_line(ours[0]),
            href=url_for(ZONES, campaign_id=ours[0].campaign_id),
            act=_("Открыть"),
            status=_("готово"),
            kind="work",
        )


def one_line(one: SelfAssessment) -> str:
    return f"{one.title}. {one.school}."


def _while_open(one: SelfAssessment) -> Iterator[Task]:
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
