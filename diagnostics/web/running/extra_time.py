"""More time: for several people of a stage before they begin, for one of them, for one who has begun."""

from __future__ import annotations

from http import HTTPStatus

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from diagnostics.access import Permission
from diagnostics.campaigns import actions
from diagnostics.campaigns.errors import MoveRefused
from diagnostics.campaigns.models import SeatState
from diagnostics.campaigns.queries.overview import CampaignView, WaveView
from diagnostics.campaigns.queries.roll import Participant, participants
from diagnostics.database import session
from diagnostics.errors import FieldRefused
from diagnostics.web.form_fields import put_error
from diagnostics.web.guard import screen
from diagnostics.web.messages import sentence
from diagnostics.web.running import asking
from diagnostics.web.running.blueprint import running
from diagnostics.web.running.seats import runs_seat, seat_page
from diagnostics.web.running.time_forms import REASON_WORDS, ExtraTimeForm, ProlongForm
from diagnostics.web.running.waves import runs_wave

Page = Response | str | tuple[str, int]


@running.get("/waves/<wave_id>/time")
@screen(Permission.CAMPAIGN_RUN)
def wave_time(wave_id: str) -> str:
    found, wave = runs_wave(wave_id)
    return _list(found, wave, ExtraTimeForm.of(1.5))


@running.post("/waves/<wave_id>/time")
@screen(Permission.CAMPAIGN_RUN)
def wave_time_set(wave_id: str) -> Page:
    found, wave = runs_wave(wave_id)
    form = ExtraTimeForm()
    ours = {one.seat_id for one in participants(wave_id)}
    chosen = [one for one in dict.fromkeys(request.form.getlist("seat")) if one in ours]
    error = "" if chosen else _("Отметьте, кому дать больше времени.")
    if not form.validate_on_submit() or error:
        return _list(found, wave, form, error), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        reason = form.reason.data or ""
        number = actions.set_extra_times(chosen, float(form.factor.data), asking.person_id(), reason=reason)
    except FieldRefused as refused:
        session.rollback()
        put_error(form, refused, {})
        return _list(found, wave, form), HTTPStatus.UNPROCESSABLE_ENTITY
    except MoveRefused as refused:
        session.rollback()
        return _list(found, wave, form, sentence(refused.code)), refused.status
    flash(ngettext("Время изменено: %(num)s человек.", "Время изменено: %(num)s человек.", number), "ok")
    return redirect(url_for("running.people", wave_id=wave_id))


@running.post("/seats/<seat_id>/time")
@screen(Permission.CAMPAIGN_RUN)
def seat_time(seat_id: str) -> Page:
    one = runs_seat(seat_id)
    form = ExtraTimeForm()
    return _change(one, form, _("Время изменено."), prolongs=False)


@running.post("/seats/<seat_id>/prolong")
@screen(Permission.CAMPAIGN_RUN)
def seat_prolong(seat_id: str) -> Page:
    one = runs_seat(seat_id)
    form = ProlongForm()
    return _change(one, form, _("Время продлено: часы участника это уже учитывают."), prolongs=True)


def _change(one: Participant, form: ExtraTimeForm, said: str, *, prolongs: bool) -> Page:
    if not form.validate_on_submit():
        return seat_page(one, form), HTTPStatus.UNPROCESSABLE_ENTITY
    act = actions.prolong if prolongs else actions.set_extra_time
    try:
        act(one.seat_id, float(form.factor.data), asking.person_id(), reason=form.reason.data or "")
    except FieldRefused as refused:
        session.rollback()
        put_error(form, refused, {})
        return seat_page(one, form), HTTPStatus.UNPROCESSABLE_ENTITY
    flash(said, "ok")
    return redirect(url_for("running.seat", seat_id=one.seat_id))


def _list(found: CampaignView, wave: WaveView, form: ExtraTimeForm, error: str = "") -> str:
    people = participants(wave.id)
    return render_template(
        "running/wave_time.html",
        campaign=found,
        wave=wave,
        form=form,
        people=[one for one in people if one.state is SeatState.EXPECTED],
        begun=sum(one.state is SeatState.STARTED for one in people),
        chosen=set(request.form.getlist("seat")),
        reasons=REASON_WORDS,
        error=error,
        errors=[error] if error else None,
    )
