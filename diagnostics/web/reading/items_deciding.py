"""Keep, revise or drop: what the author of a work decides about a task, beside its figures."""

from __future__ import annotations

from http import HTTPStatus

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from diagnostics.access import Permission, things
from diagnostics.campaigns.queries import wave_of
from diagnostics.catalogue.actions import decide
from diagnostics.catalogue.models import Verdict
from diagnostics.cohorts import items
from diagnostics.cohorts.items import ItemFacts
from diagnostics.database import Json, read_only, session
from diagnostics.errors import FieldRefused, Missing
from diagnostics.web.guard import actor, require, screen
from diagnostics.web.messages import sentence
from diagnostics.web.reading.blueprint import reading
from diagnostics.web.reading.items_log import Refused
from diagnostics.web.reading.items_views import page_of


@reading.post("/waves/<wave_id>/items/decision")
@screen(Permission.ITEMS_DECIDE)
def items_decide(wave_id: str) -> Response | tuple[str, int]:
    campaign, _wave = wave_of(wave_id)
    require(Permission.ITEMS_DECIDE, things.campaign(campaign.id))
    code, typed = request.form.get("item", ""), request.form.get("verdict", "")
    reason = request.form.get("reason", "")
    verdict = next((one for one in Verdict if one.value == typed), None)
    if verdict is None:
        words = _("Выберите решение: оставить, пересмотреть или исключить.")
        return _again(campaign.id, Refused(wave_id, code, "", reason, "verdict", words))
    with read_only():  # the analysis of hundreds of people holds no lock
        analysis = items.of_wave(wave_id)
        session.rollback()
    facts = next((one for one in analysis.items if one.code == code), None)
    if facts is None:
        raise Missing
    try:
        decide(
            analysis.instrument_id,
            code,
            verdict=verdict,
            reason=reason,
            figures=_read(facts, wave_id),
            actor_id=actor().person_id or "",
        )
    except FieldRefused as refused:
        session.rollback()
        words = sentence(refused.code, refused.parameters)
        return _again(campaign.id, Refused(wave_id, code, typed, reason, "reason", words))
    flash(_("Решение записано в журнал задания."), "ok")
    return redirect(url_for("reading.items_page", campaign_id=campaign.id, _anchor=f"{wave_id}-{code}"))


def _again(campaign_id: str, refused: Refused) -> tuple[str, int]:
    with read_only():
        page = page_of(campaign_id, refused)
        session.rollback()
    return page, HTTPStatus.UNPROCESSABLE_ENTITY


def _read(facts: ItemFacts, wave_id: str) -> Json:
    """The figures that stood on the page."""
    return {"n": facts.n, "p": facts.p, "r": facts.r_rest, "wave_id": wave_id}
