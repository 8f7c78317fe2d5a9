"""«Оценить ответы»: for the expert; «нужен ещё эксперт»: for the organiser."""

from __future__ import annotations

from collections.abc import Iterator

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from diagnostics.access import Actor
from diagnostics.access.table import OPERATORS
from diagnostics.campaigns.queries.overview import campaigns
from diagnostics.marking import queries
from diagnostics.web.guard import settings
from diagnostics.web.task import Task


def texts_to_mark(actor: Actor) -> Iterator[Task]:
    done, total = queries.progress(queries.desk(actor.person_id or "", settings().limits))
    if total > done:
        yield Task(
            title=ngettext("Оценить %(num)s ответ", "Оценить %(num)s ответов", total - done),
            why=_("Имена скрыты, рубрика рядом. Оценено %(done)s из %(total)s.", done=done, total=total),
            href=url_for("marking.desk"),
            act=_("Оценивать"),
            status=_("в работе") if done else _("не начато"),
            kind="work" if done else "outline",
        )


def marking_to_arrange(actor: Actor) -> Iterator[Task]:
    """Diagnoses whose answers nobody who is asked may mark."""
    mine = {one.id: one for one in campaigns(actor.paths(*OPERATORS), person_id=actor.person_id)}
    for campaign_id in queries.with_open_texts(list(mine)):
        stuck = queries.overview(campaign_id).stuck
        if stuck:
            yield Task(
                title=ngettext(
                    "Найти эксперта: %(num)s ответ некому оценить",
                    "Найти эксперта: %(num)s ответов некому оценить",
                    stuck,
                ),
                why=_(
                    "«%(title)s»: без оценки результаты по этим блокам не выданы.",
                    title=mine[campaign_id].title,
                ),
                href=url_for("running.marking", campaign_id=campaign_id),
                act=_("Открыть"),
                status=_("не начато"),
            )
