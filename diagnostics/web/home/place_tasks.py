"""A coordinator's tasks: schools whose teachers have not come yet, schools that collect their self-assessment.

What the organiser of a diagnosis does with it stands in tasks of the organiser's own (`tasks._to_run`).
"""

from __future__ import annotations

from collections.abc import Iterator

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from diagnostics import clock
from diagnostics.access import Actor
from diagnostics.access.table import COORDINATORS
from diagnostics.campaigns.circle_models import CircleWay
from diagnostics.campaigns.models import WaveState
from diagnostics.campaigns.queries.attendance import StageTurnout, stages_in
from diagnostics.campaigns.queries.self_assessments import self_assessments
from diagnostics.people.models import Role
from diagnostics.web.task import Task
from diagnostics.web.terms import WAVE_NAMES


def place_tasks(actor: Actor) -> Iterator[Task]:
    for one in stages_in(actor.paths(Role.MUNICIPAL_COORDINATOR)):
        if one.state is WaveState.OPEN and one.expected > one.submitted:
            yield _turnout(one)
    yield from _self_assessments(actor.paths(*COORDINATORS))


def _turnout(one: StageTurnout) -> Task:
    """Who is late is asked of the school's head; the coordinator sees no names."""
    about = _("«%(title)s», %(stage)s.", title=one.campaign_title, stage=_(WAVE_NAMES[one.kind]).lower())
    silent = ngettext("Никто не прошёл в %(num)s школе.", "Никто не прошёл в %(num)s школах.", one.silent)
    over = one.closes_at <= clock.now()
    return Task(
        title=_("Поднять явку: прошли %(done)s из %(all)s", done=one.submitted, all=one.expected),
        why=f"{about} {silent}" if one.silent else about,
        href=url_for("running.turnout_below", wave_id=one.wave_id, sort="share"),
        act=_("Посмотреть школы"),
        due=one.closes_at,
        zone=one.zone,
        status=_("срок вышел") if over else _("в работе"),
        kind="attention" if over else "work",
    )


def _self_assessments(scope: tuple[str, ...]) -> Iterator[Task]:
    collecting = [one for one in self_assessments(scope) if one.wave_state is WaveState.OPEN]
    if not collecting:
        return
    sheets = sum(
        any(each.way is CircleWay.SHEET and not each.submitted for each in one.circles) for one in collecting
    )
    last = min(collecting, key=lambda one: one.closes_at)
    number = len(collecting)
    yield Task(
        title=ngettext("Самооценка идёт в %(num)s школе", "Самооценка идёт в %(num)s школах", number),
        why=_("Лист администрации ещё не заполнен: %(number)s.", number=sheets)
        if sheets
        else _("Листы администрации заполнены везде."),
        href=url_for("improving.turnouts"),
        act=_("Посмотреть явку"),
        due=last.closes_at,
        zone=last.zone,
        status=_("в работе"),
        kind="work",
    )
