"""Tasks of a school's lead about the school's own teachers: who has not come, what begins when."""

from __future__ import annotations

from collections.abc import Iterator

from flask import url_for
from flask_babel import gettext as _

from diagnostics.access import Actor
from diagnostics.campaigns.models import WaveState
from diagnostics.campaigns.queries.at_school import SchoolStage, stages_at
from diagnostics.people.models import Role
from diagnostics.web.pausing import paused_words
from diagnostics.web.task import Task
from diagnostics.web.terms import WAVE_NAMES


def staff_tasks(actor: Actor, scope: tuple[str, ...]) -> Iterator[Task]:
    """For the lead only: the team is not told who took part."""
    led = [path for path in scope if actor.has_at(path, (Role.SCHOOL_LEAD,))]
    for stage in stages_at(led):
        if stage.collects and stage.paused_at is not None:
            yield _paused(stage, paused_words(stage.paused_at, stage.zone))
        elif stage.collects and stage.unfinished:
            yield _to_remind(stage)
        elif stage.state is WaveState.OPEN and stage.unfinished:
            yield _overdue(stage)
        elif stage.state is WaveState.PLANNED:
            yield _ahead(stage)


def _to_remind(stage: SchoolStage) -> Task:
    return Task(
        title=_("Напомнить коллегам: прошли %(done)s из %(all)s", done=stage.submitted, all=stage.expected),
        why=_about(stage),
        href=url_for("leading.people", node_id=stage.school_id, wave_id=stage.wave_id, only="unfinished"),
        act=_("Кто не прошёл"),
        due=stage.closes_at,
        zone=stage.zone,
        status=_("в работе"),
        kind="work",
    )


def _paused(stage: SchoolStage, words: str) -> Task:
    """The organiser paused it and resumes it: there is nobody to remind meanwhile."""
    return Task(title=words, why=_about(stage), status=_("ждём организатора"), kind="neutral")


def _overdue(stage: SchoolStage) -> Task:
    """The school cannot prolong a stage: the organiser does, so this waits for others."""
    return Task(
        title=_("Срок вышел, не прошли: %(left)s", left=stage.unfinished),
        why=_("%(about)s Продлить срок может организатор.", about=_about(stage)),
        status=_("ждём организатора"),
        kind="neutral",
    )


def _ahead(stage: SchoolStage) -> Task:
    return Task(
        title=_(WAVE_NAMES[stage.kind]),
        why=_(
            "«%(title)s». %(school)s: приглашены %(number)s.",
            title=stage.campaign_title,
            school=stage.school,
            number=stage.expected,
        ),
        opens=stage.opens_at,
        zone=stage.zone,
        status=_("ждём"),
        kind="neutral",
    )


def _about(stage: SchoolStage) -> str:
    return _(
        "«%(title)s», %(stage)s. %(school)s.",
        title=stage.campaign_title,
        stage=_(WAVE_NAMES[stage.kind]).lower(),
        school=stage.school,
    )
