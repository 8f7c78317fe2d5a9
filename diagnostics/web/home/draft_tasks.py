"""«Ждёт вашей проверки: …» and «Вернули с замечаниями: …»: drafts on which somebody has to act."""

from __future__ import annotations

from collections.abc import Iterator

from flask import current_app, url_for
from flask_babel import gettext as _

from diagnostics.access import Actor
from diagnostics.catalogue.draft_models import DraftState
from diagnostics.catalogue.queries import drafts as reading
from diagnostics.catalogue.queries.drafts import DraftLine
from diagnostics.people.models import Role
from diagnostics.web.task import Task

SCREEN = "authoring.draft_review"


def draft_tasks(actor: Actor) -> Iterator[Task]:
    if actor.person_id is None or SCREEN not in current_app.view_functions:
        return
    scope = actor.paths(Role.METHODOLOGIST, Role.EXPERT)
    for line in reading.in_scope(scope, (DraftState.REVIEW, DraftState.RETURNED)):
        mine = actor.person_id in line.authors
        if line.state is DraftState.REVIEW and not mine:
            yield _to_check(line)
        elif line.state is DraftState.REVIEW:
            yield _waits(line)
        elif mine:
            yield _to_mend(line)


def _to_check(line: DraftLine) -> Task:
    return Task(
        title=_("Ждёт вашей проверки: %(title)s", title=line.title),
        why=_("Прочтите задания и ключи, напишите замечания или одобрите."),
        href=url_for(SCREEN, draft_id=line.id),
        act=_("Проверить"),
        status=_("на проверке"),
        kind="attention",
    )


def _to_mend(line: DraftLine) -> Task:
    return Task(
        title=_("Вернули с замечаниями: %(title)s", title=line.title),
        why=_("Открытых замечаний: %(n)s. Исправьте и отправьте снова.", n=line.open_comments),
        href=url_for(SCREEN, draft_id=line.id),
        act=_("К замечаниям"),
        status=_("с замечаниями"),
        kind="attention",
    )


def _waits(line: DraftLine) -> Task:
    return Task(
        title=line.title,
        why=_("Черновик проверяет другой человек: сообщим, когда решит."),
        status=_("на проверке"),
        kind="neutral",
    )
