"""A pause of the collection at a school: by the director or the deputy, as opening and ending it."""

from __future__ import annotations

from http import HTTPStatus

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from diagnostics.access import Permission
from diagnostics.campaigns import actions
from diagnostics.web.guard import screen
from diagnostics.web.improving import asking
from diagnostics.web.improving.blueprint import improving
from diagnostics.web.pausing import PauseForm, now_paused, now_resumed


@improving.get("/school/sa/<campaign_id>/pause")
@screen(Permission.ASSESSMENT_RUN)
def pause(campaign_id: str) -> str:
    return render_template("improving/pause.html", one=asking.run(campaign_id), form=PauseForm())


@improving.post("/school/sa/<campaign_id>/pause")
@screen(Permission.ASSESSMENT_RUN)
def pause_now(campaign_id: str) -> Response | tuple[str, int]:
    one = asking.run(campaign_id)
    form = PauseForm()
    if not form.validate_on_submit():
        return render_template("improving/pause.html", one=one, form=form), HTTPStatus.UNPROCESSABLE_ENTITY
    actions.pause_wave(one.wave_id, asking.person_id(), reason=form.reason.data or "")
    flash(now_paused(), "ok")
    return redirect(url_for("improving.collect", campaign_id=campaign_id))


@improving.post("/school/sa/<campaign_id>/resume")
@screen(Permission.ASSESSMENT_RUN)
def resume(campaign_id: str) -> Response:
    one = asking.run(campaign_id)
    actions.resume_wave(one.wave_id, asking.person_id())
    flash(now_resumed(one.closes_at, one.zone), "ok")
    return redirect(url_for("improving.collect", campaign_id=campaign_id))
