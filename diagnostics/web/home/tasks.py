"""«Что вам нужно сделать»: one task on top, the rest by due date, what waits for others, by role."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import current_app, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from diagnostics import clock
from diagnostics.access import Actor
from diagnostics.campaigns.models import CampaignState, SeatState, WaveState
from diagnostics.campaigns.queries.overview import CampaignView, campaigns
from diagnostics.campaigns.queries.seats import seats_of_person
from diagnostics.jobs import queries as jobs
from diagnostics.people.models import Role
from diagnostics.web.home.administrator_tasks import administrator_tasks
from diagnostics.web.home.draft_tasks import draft_tasks
from diagnostics.web.home.late_tasks import late_to_decide
from diagnostics.web.home.marking_tasks import marking_to_arrange, texts_to_mark
from diagnostics.web.home.place_tasks import place_tasks
from diagnostics.web.home.route_tasks import own_route_task, routes_to_review
from diagnostics.web.home.stage_tasks import answer_task, wave_tasks
from diagnostics.web.school_tasks import school_tasks
from diagnostics.web.sentences.common import N_
from diagnostics.web.task import Task

OPEN = (SeatState.EXPECTED, SeatState.STARTED)


@dataclass(frozen=True, slots=True)
class Stage:
    name: str
    count: int
    share: float


@dataclass(frozen=True, slots=True)
class Progress:
    """One diagnosis in the side column: invited → entry → exit."""

    title: str
    href: str
    note: str
    stages: tuple[Stage, ...]


@dataclass(frozen=True, slots=True)
class TaskList:
    first: Task | None
    mine: tuple[Task, ...]
    waiting: tuple[Task, ...]
    progress: tuple[Progress, ...]


def tasks_of(actor: Actor) -> TaskList:
    """Everything the person can do now; the nearest due date stands on top with its button."""
    found = [task for collect in _collectors(actor) for task in collect(actor)]
    mine = sorted((task for task in found if task.href), key=_by_due)
    owned = _owned(actor)
    return TaskList(
        first=mine[0] if mine else None,
        mine=tuple(mine[1:]),
        waiting=tuple(task for task in found if not task.href),
        progress=tuple(_progress(one) for one in owned[:4] if one.state is not CampaignState.WITHDRAWN),
    )


def link(endpoint: str, **values: Any) -> str:
    """The address of a screen, or nothing while its room is not built."""
    return url_for(endpoint, **values) if endpoint in current_app.view_functions else ""


def _collectors(actor: Actor) -> Iterator[Callable[[Actor], Iterator[Task]]]:
    yield _to_answer
    yield own_route_task
    if actor.has(Role.TRAINER, Role.METHODOLOGIST, Role.REGIONAL_COORDINATOR):
        yield _to_run
    if actor.has(Role.TUTOR, Role.TRAINER):
        yield routes_to_review
    if actor.has(Role.EXPERT):
        yield texts_to_mark
    if actor.has(Role.TRAINER, Role.METHODOLOGIST, Role.REGIONAL_COORDINATOR):
        yield marking_to_arrange
    if actor.has(Role.TUTOR, Role.TRAINER, Role.METHODOLOGIST, Role.REGIONAL_COORDINATOR):
        yield late_to_decide
    if actor.has(Role.METHODOLOGIST, Role.EXPERT):
        yield draft_tasks
    if actor.has(Role.SCHOOL_LEAD, Role.SCHOOL_TEAM):
        yield school_tasks
    if actor.has(Role.MUNICIPAL_COORDINATOR, Role.REGIONAL_COORDINATOR):
        yield place_tasks
    if actor.has(Role.ADMINISTRATOR):
        yield administrator_tasks
        yield _to_mend


def _to_answer(actor: Actor) -> Iterator[Task]:
    for seat in seats_of_person(actor.person_id or ""):
        if seat.state in OPEN and seat.wave_state is WaveState.OPEN and seat.closes_at > clock.now():
            yield answer_task(seat)


def _owned(actor: Actor) -> list[CampaignView]:
    if not actor.has(Role.TRAINER, Role.METHODOLOGIST, Role.REGIONAL_COORDINATOR):
        return []
    paths = actor.paths(Role.REGIONAL_COORDINATOR)
    return [one for one in campaigns(paths, person_id=actor.person_id) if one.source == "own"]


def _to_run(actor: Actor) -> Iterator[Task]:
    for campaign in _owned(actor):
        href = link("running.diagnosis", campaign_id=campaign.id)
        if campaign.state is CampaignState.DRAFT:
            yield Task(
                title=_("Запустить диагностику «%(title)s»", title=campaign.title),
                why=_("Черновик: проверьте участников и сроки."),
                href=href,
                act=_("Открыть"),
                status=_("не начато"),
            )
        for wave in campaign.waves if campaign.state is CampaignState.OPEN else ():
            yield from wave_tasks(campaign, wave, href)


def _to_mend(_actor: Actor) -> Iterator[Task]:
    failed = jobs.counts().get("failed", 0)
    if failed:
        yield Task(
            title=ngettext(
                "Разобрать %(num)s сбой фоновой работы", "Разобрать %(num)s сбоев фоновых работ", failed
            ),
            why=_("Данные целы: работу можно запустить снова."),
            href=link("admin.health"),
            act=_("Открыть"),
            status=_("не начато"),
        )


def _progress(campaign: CampaignView) -> Progress:
    invited = max((wave.expected for wave in campaign.waves), default=0)
    stages = [Stage(_("приглашены"), invited, 1.0 if invited else 0.0)]
    for wave in campaign.waves:
        share = wave.submitted / wave.expected if wave.expected else 0.0
        stages.append(Stage(_(SHORT_NAMES[wave.kind.value]), wave.submitted, share))
    return Progress(campaign.title, link("running.diagnosis", campaign_id=campaign.id), "", tuple(stages))


SHORT_NAMES = {"entry": N_("вход"), "interim": N_("промежуточная"), "exit": N_("выход")}


def _by_due(task: Task) -> tuple[bool, datetime]:
    return (task.due is None, task.due or clock.now())
