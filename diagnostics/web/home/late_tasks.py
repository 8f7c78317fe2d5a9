"""«Решить о поздних ответах (3)»: for the organiser and the tutor of a diagnosis."""

from __future__ import annotations

from collections.abc import Iterator

from flask import current_app, url_for
from flask_babel import gettext as _

from diagnostics.access import Actor
from diagnostics.access.table import OPERATORS
from diagnostics.campaigns.queries.overview import campaigns
from diagnostics.sittings import queries as sittings
from diagnostics.web.task import Task

SCREEN = "running.late"


def late_to_decide(actor: Actor) -> Iterator[Task]:
    if actor.person_id is None or SCREEN not in current_app.view_functions:
        return
    mine = {one.id: one for one in campaigns(actor.paths(*OPERATORS), person_id=actor.person_id)}
    for campaign_id, people in sittings.waiting_counts(list(mine)).items():
        yield Task(
            title=_("Решить о поздних ответах (%(n)s)", n=people),
            why=_(
                "«%(title)s»: ответы дошли позже и не считаются, пока вы не решили.",
                title=mine[campaign_id].title,
            ),
            href=url_for(SCREEN, campaign_id=campaign_id),
            act=_("Открыть"),
            status=_("не начато"),
        )
