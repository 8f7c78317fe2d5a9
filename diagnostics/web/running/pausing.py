"""A pause of a stage: asked once, told to those who answer, ended by one button."""

from __future__ import annotations

from http import HTTPStatus

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response as Redirect

from diagnostics.access import Permission
from diagnostics.campaigns import actions
from diagnostics.web.guard import screen
from diagnostics.web.pausing import PauseForm, now_paused, now_resumed
from diagnostics.web.running import asking
from diagnostics.web.running.blueprint import running
from diagnostics.web.running.waves import runs_wave


@running.get("/waves/<wave_id>/pause")
@screen(Permission.CAMPAIGN_RUN)
def wave_pause(wave_id: str) -> str:
    found, wave = runs_wave(wave_id)
    return render_template("running/wave_pause.html", campaign=found, wave=wave, form=PauseForm())


@running.post("/waves/<wave_id>/pause")
@screen(Permission.CAMPAIGN_RUN)
def wave_pause_now(wave_id: str) -> Redirect | tuple[str, int]:
    found, wave = runs_wave(wave_id)
    form = PauseForm()
    if not form.validate_on_submit():
        page = render_template("running/wave_pause.html", campaign=found, wave=wave, form=form)
        return page, HTTPStatus.UNPROCESSABLE_ENTITY
    actions.pause_wave(wave_id, asking.person_id(), reason=form.reason.data or "")
    flash(now_paused(), "ok")
    return redirect(url_for("running.diagnosis", campaign_id=found.id))


@running.post("/waves/<wave_id>/resume")
@screen(Permission.CAMPAIGN_RUN)
def wave_resume(wave_id: str) -> Redirect:
    found, wave = runs_wave(wave_id)
    actions.resume_wave(wave_id, asking.person_id())
    flash(now_resumed(wave.closes_at, wave.zone), "ok")
    return redirect(url_for("running.diagnosis", campaign_id=found.id))
