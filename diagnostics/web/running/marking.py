"""«Проверка ответов»: who marks the long answers of a diagnosis, how far they are and how well they agree."""

from __future__ import annotations

from http import HTTPStatus

from flask import Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Redirect

from diagnostics.access import Permission, things
from diagnostics.campaigns.queries.overview import CampaignView, campaign
from diagnostics.catalogue import queries as catalogue
from diagnostics.marking import actions, queries
from diagnostics.marking.errors import ExpertRefused
from diagnostics.web.guard import require, screen, settings
from diagnostics.web.messages import sentence
from diagnostics.web.running import asking
from diagnostics.web.running.blueprint import running
from diagnostics.web.running.downloads import spreadsheet
from diagnostics.web.running.marking_table import agreement_table
from diagnostics.web.words import say


@running.get("/diagnoses/<campaign_id>/marking")
@screen(Permission.MARKING_RUN)
def marking(campaign_id: str) -> str:
    return _page(_asked(campaign_id))


@running.get("/diagnoses/<campaign_id>/marking.xlsx")
@screen(Permission.MARKING_RUN)
def marking_xlsx(campaign_id: str) -> Response:
    found = _asked(campaign_id)
    return spreadsheet(agreement_table(queries.agreement(found.id)), _("Согласие экспертов"))


@running.post("/diagnoses/<campaign_id>/marking/rule")
@screen(Permission.MARKING_RUN)
def marking_rule(campaign_id: str) -> Redirect:
    _asked(campaign_id)
    number = {"1": 1, "2": 2}.get(request.form.get("experts", ""), 0)
    actions.set_experts(campaign_id, number, actor_id=asking.person_id(), limits=settings().limits)
    flash(_("Правило сохранено. Оно действует и для ответов, результаты которых ещё не выданы."), "ok")
    return _back(campaign_id)


@running.post("/diagnoses/<campaign_id>/marking/experts")
@screen(Permission.MARKING_RUN)
def marking_assign(campaign_id: str) -> Redirect | tuple[str, int]:
    found = _asked(campaign_id)
    letter = _letter(found) if request.form.get("letter") else None
    try:
        actions.assign(
            campaign_id, request.form.get("person", ""), letter=letter, actor_id=asking.person_id()
        )
    except ExpertRefused as refused:
        return _page(found, told=sentence(refused.code)), HTTPStatus.UNPROCESSABLE_ENTITY
    flash(_("Эксперт назначен: ответы появились у него в разделе «На проверке»."), "ok")
    return _back(campaign_id)


@running.post("/diagnoses/<campaign_id>/marking/experts/<expert_id>/remove")
@screen(Permission.MARKING_RUN)
def marking_remove(campaign_id: str, expert_id: str) -> Redirect:
    _asked(campaign_id)
    actions.remove(campaign_id, expert_id, actor_id=asking.person_id())
    flash(_("Эксперт больше не видит ответов этой диагностики. Его оценки остались."), "ok")
    return _back(campaign_id)


def _asked(campaign_id: str) -> CampaignView:
    require(Permission.MARKING_RUN, things.campaign(campaign_id))
    return campaign(campaign_id)


def _back(campaign_id: str) -> Redirect:
    return redirect(url_for("running.marking", campaign_id=campaign_id))


def _page(found: CampaignView, told: str = "") -> str:
    seen = queries.overview(found.id)
    return render_template(
        "running/marking.html",
        campaign=found,
        seen=seen,
        lines=[(one, queries.code_of(one.text_id), _title(one)) for one in seen.open],
        agreement=queries.agreement(found.id),
        few=queries.FEW,
        asks=asks_experts(found),
        minutes=settings().limits.marking_mend_minutes,
        told=told,
    )


def asks_experts(found: CampaignView) -> bool:
    """Whether a work of the diagnosis has questions that experts mark."""
    return any(
        queries.rubrics_of(one.scoring_id)
        for wave in found.waves
        for one in wave.assignments
        if one.scoring_id
    )


def _title(line: queries.QueueLine) -> str:
    version = catalogue.one(line.scoring_id)
    if version is None or version.about_id is None:
        return line.item
    return say(dict(catalogue.instrument(version.about_id).item(line.item).title or {})) or line.item


def _letter(found: CampaignView) -> tuple[str, str]:
    link = f"{settings().public_url}{url_for('marking.desk')}"
    subject = _("Просим оценить ответы: «%(title)s»", title=found.title)
    return subject, render_template("running/letters/marking.txt", campaign=found, link=link).strip() + "\n"
