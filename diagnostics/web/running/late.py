"""«Поздние ответы»: who sent what after the time was over, and the decision about it."""

from __future__ import annotations

from http import HTTPStatus

from flask import Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Redirect

from diagnostics.access import Permission, things
from diagnostics.campaigns.queries.overview import campaign
from diagnostics.campaigns.queries.seats import seat as seat_facts
from diagnostics.database import session
from diagnostics.errors import FieldRefused, Missing
from diagnostics.sittings import actions
from diagnostics.sittings import queries as reading
from diagnostics.sittings.errors import LateDecided
from diagnostics.sittings.models import LateChoice
from diagnostics.web.form_fields import put_error
from diagnostics.web.guard import require, screen
from diagnostics.web.messages import sentence
from diagnostics.web.running import asking
from diagnostics.web.running.blueprint import running
from diagnostics.web.running.downloads import spreadsheet
from diagnostics.web.running.forms import LateForm
from diagnostics.web.running.tables import late_table

LONGEST_COUNT = 7  # digits; a longer number was not given by our page


@running.get("/diagnoses/<campaign_id>/late")
@screen(Permission.LATE_DECIDE)
def late(campaign_id: str) -> str:
    require(Permission.LATE_DECIDE, things.campaign(campaign_id))
    return render_template(
        "running/late.html",
        campaign=campaign(campaign_id),
        works=reading.waiting_in(campaign_id),
        decisions=reading.decisions_in(campaign_id),
    )


@running.get("/diagnoses/<campaign_id>/late.xlsx")
@screen(Permission.LATE_DECIDE)
def late_xlsx(campaign_id: str) -> Response:
    require(Permission.LATE_DECIDE, things.campaign(campaign_id))
    return spreadsheet(late_table(reading.waiting_in(campaign_id)), _("Поздние ответы"))


@running.get("/sittings/<sitting_id>/late")
@screen(Permission.LATE_DECIDE)
def late_work(sitting_id: str) -> str:
    campaign_id = _campaign_of(sitting_id)
    return _page(sitting_id, campaign_id, LateForm())


@running.post("/sittings/<sitting_id>/late")
@screen(Permission.LATE_DECIDE)
def late_decide(sitting_id: str) -> Redirect | tuple[str, int]:
    campaign_id = _campaign_of(sitting_id)
    form = LateForm()
    choice, seen = request.form.get("choice", ""), request.form.get("seen", "")
    if choice not in {one.value for one in LateChoice}:
        form.reason.errors = [_("Нажмите «Принять» или «Не принимать»")]
        return _page(sitting_id, campaign_id, form), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        made = actions.decide_late(
            sitting_id,
            choice=LateChoice(choice),
            reason=form.reason.data or "",
            seen=int(seen) if seen.isdecimal() and len(seen) < LONGEST_COUNT else 0,
            actor_id=asking.person_id(),
        )
    except FieldRefused as refused:
        session.rollback()
        put_error(form, refused, {})
        return _page(sitting_id, campaign_id, form), HTTPStatus.UNPROCESSABLE_ENTITY
    except LateDecided as decided:
        session.rollback()
        page = _page(sitting_id, campaign_id, form, told=sentence(decided.code))
        return page, HTTPStatus.CONFLICT
    accepted = made.choice is LateChoice.ACCEPTED
    flash(
        _("Ответы приняты. Результат пересчитаем, прежний останется доступен.")
        if accepted
        else _("Ответы не приняты. Они сохранены и результат не меняют."),
        "ok",
    )
    return redirect(url_for("running.late", campaign_id=campaign_id))


def _campaign_of(sitting_id: str) -> str:
    sitting = reading.one(sitting_id)
    if sitting is None:
        raise Missing
    require(Permission.LATE_DECIDE, things.seat(sitting.seat_id))
    campaign_id = seat_facts(sitting.seat_id).campaign_id
    require(Permission.LATE_DECIDE, things.campaign(campaign_id))  # nameless ones are decided about by group
    return campaign_id


def _page(sitting_id: str, campaign_id: str, form: LateForm, *, told: str = "") -> str:
    return render_template(
        "running/late_work.html",
        campaign=campaign(campaign_id),
        work=reading.waiting_of(sitting_id),
        decisions=reading.decisions_of(sitting_id),
        sitting_id=sitting_id,
        form=form,
        told=told,
    )
