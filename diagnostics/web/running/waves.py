"""The acts on one wave: open, close, move its dates; and calling a diagnosis off. What cannot be undone is asked twice."""

from __future__ import annotations

from datetime import date
from http import HTTPStatus

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Redirect

from diagnostics import clock
from diagnostics.access import Permission, things
from diagnostics.campaigns import actions
from diagnostics.campaigns.errors import WaveNotReady
from diagnostics.campaigns.queries.overview import CampaignView, WaveView, campaign, wave_of
from diagnostics.database import session
from diagnostics.errors import FieldRefused
from diagnostics.web.form_fields import day, put_error
from diagnostics.web.guard import require, screen
from diagnostics.web.messages import sentence
from diagnostics.web.running import asking
from diagnostics.web.running.blueprint import running
from diagnostics.web.running.forms import DatesForm
from diagnostics.web.running.prolonging import prolonged
from diagnostics.web.terms import WAVE_NAMES


def runs_wave(wave_id: str) -> tuple[CampaignView, WaveView]:
    """The wave with its diagnosis, for those who run it; Missing hides it from everybody else."""
    found, wave = wave_of(wave_id)
    require(Permission.CAMPAIGN_RUN, things.campaign(found.id))
    return found, wave


@running.post("/waves/<wave_id>/open")
@screen(Permission.CAMPAIGN_RUN)
def wave_open(wave_id: str) -> Redirect | tuple[str, int]:
    found, wave = runs_wave(wave_id)
    try:
        actions.open_wave(wave_id, asking.person_id())
    except WaveNotReady as refused:
        session.rollback()
        reasons = [sentence(code) for code in refused.reasons]
        page = render_template("running/not_ready.html", campaign=found, wave=wave, reasons=reasons)
        return page, HTTPStatus.UNPROCESSABLE_ENTITY
    flash(_("Сбор запущен. Теперь пригласите участников: карточками или письмами."), "ok")
    return redirect(url_for("running.diagnosis", campaign_id=found.id))


@running.get("/waves/<wave_id>/close")
@screen(Permission.CAMPAIGN_RUN)
def wave_close(wave_id: str) -> str:
    found, wave = runs_wave(wave_id)
    return render_template("running/wave_close.html", campaign=found, wave=wave)


@running.post("/waves/<wave_id>/close")
@screen(Permission.CAMPAIGN_RUN)
def wave_close_now(wave_id: str) -> Redirect:
    found, wave = runs_wave(wave_id)
    actions.close_wave(wave_id, asking.person_id())
    flash(
        _("%(name)s закрыта. Уточняем параметры заданий по ответам группы.", name=_(WAVE_NAMES[wave.kind])),
        "ok",
    )
    return redirect(url_for("running.diagnosis", campaign_id=found.id))


@running.get("/waves/<wave_id>/dates")
@screen(Permission.CAMPAIGN_RUN)
def wave_dates(wave_id: str) -> str:
    found, wave = runs_wave(wave_id)
    form = DatesForm()
    form.first_day.data = clock.local(wave.opens_at, wave.zone).date()
    form.last_day.data = clock.local(wave.closes_at, wave.zone).date()
    return _dates_page(found, wave, form)


@running.post("/waves/<wave_id>/dates")
@screen(Permission.CAMPAIGN_RUN)
def wave_reschedule(wave_id: str) -> Redirect | tuple[str, int]:
    found, wave = runs_wave(wave_id)
    form = DatesForm()
    if not form.validate_on_submit():
        return _dates_page(found, wave, form), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        flash(prolonged(wave_id, day(form.first_day.data), day(form.last_day.data)), "ok")
    except FieldRefused as refused:
        session.rollback()
        put_error(form, refused, {})
        return _dates_page(found, wave, form), HTTPStatus.UNPROCESSABLE_ENTITY
    return redirect(url_for("running.diagnosis", campaign_id=found.id))


@running.post("/waves/<wave_id>/extend")
@screen(Permission.CAMPAIGN_RUN)
def wave_extend(wave_id: str) -> Redirect:
    """One click gives everyone the days that some asked for."""
    found, wave = runs_wave(wave_id)
    first = clock.local(wave.opens_at, wave.zone).date()
    flash(prolonged(wave_id, first, _asked_day(wave)), "ok")
    return redirect(url_for("running.diagnosis", campaign_id=found.id))


@running.post("/waves/<wave_id>/keep")
@screen(Permission.CAMPAIGN_RUN)
def wave_keep(wave_id: str) -> Redirect:
    found, _wave = runs_wave(wave_id)
    actions.keep_deadline(wave_id, asking.person_id())
    flash(_("Срок остался прежним. По своей ссылке люди увидят, что продления не будет."), "ok")
    return redirect(url_for("running.diagnosis", campaign_id=found.id))


@running.get("/diagnoses/<campaign_id>/withdraw")
@screen(Permission.CAMPAIGN_RUN)
def diagnosis_withdraw(campaign_id: str) -> str:
    require(Permission.CAMPAIGN_RUN, things.campaign(campaign_id))
    return render_template("running/withdraw.html", campaign=campaign(campaign_id))


@running.post("/diagnoses/<campaign_id>/withdraw")
@screen(Permission.CAMPAIGN_RUN)
def diagnosis_withdraw_now(campaign_id: str) -> Redirect:
    require(Permission.CAMPAIGN_RUN, things.campaign(campaign_id))
    actions.withdraw(campaign_id, asking.person_id())
    flash(_("Диагностика отменена. Собранное сохранено, войти по ссылкам и карточкам больше нельзя."), "ok")
    return redirect(url_for("running.diagnosis", campaign_id=campaign_id))


def _asked_day(wave: WaveView) -> date:
    """The day of the button; it only ever moves the end forward."""
    try:
        asked = date.fromisoformat(request.form.get("until", ""))
    except ValueError:
        raise FieldRefused("extension_day_bad", field="until") from None
    if asked <= clock.local(wave.closes_at, wave.zone).date():
        raise FieldRefused("extension_day_bad", field="until")
    return asked


def _dates_page(found: CampaignView, wave: WaveView, form: DatesForm) -> str:
    return render_template("running/wave_dates.html", campaign=found, wave=wave, form=form)
