"""«Лист администрации»: who agreed on it, by position and day, then the sheet itself. For the school's team."""

from __future__ import annotations

from http import HTTPStatus

from flask import redirect, render_template, url_for
from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import TextAreaField
from wtforms.validators import InputRequired

from diagnostics import clock
from diagnostics.access import Permission, things
from diagnostics.campaigns.actions import assessments, nameless
from diagnostics.campaigns.circle_models import CircleWay
from diagnostics.campaigns.models import WaveState
from diagnostics.campaigns.queries.circles import CircleView, declaration, door_of_circle
from diagnostics.campaigns.queries.self_assessments import SelfAssessment, self_assessment
from diagnostics.database import session
from diagnostics.errors import FieldRefused, Missing
from diagnostics.sittings import queries as reading
from diagnostics.web import guard
from diagnostics.web.answering import doors, held, keys
from diagnostics.web.answering.blueprint import answering
from diagnostics.web.answering.told import Work
from diagnostics.web.form_fields import DayField, day, put_error


class SheetForm(FlaskForm):
    people = TextAreaField(
        lazy_gettext("Кто договорился об ответах"), [InputRequired(lazy_gettext("Укажите участников"))]
    )
    agreed_on = DayField(lazy_gettext("День"), [InputRequired(lazy_gettext("Укажите день"))])


@answering.get("/school/sa/<campaign_id>/sheet")
@guard.screen(Permission.ASSESSMENT_COLLECT)
def sheet(campaign_id: str) -> str:
    found, circle = _load(campaign_id)
    form, declared = SheetForm(), declaration(found.wave_id)
    form.people.data = "\n".join(declared.people) if declared else ""
    form.agreed_on.data = declared.agreed_on if declared else clock.local(clock.now(), found.zone).date()
    return _page(found, circle, form)


@answering.post("/school/sa/<campaign_id>/sheet")
@guard.screen(Permission.ASSESSMENT_COLLECT)
def sheet_begin(campaign_id: str) -> Response | str | tuple[str, int]:
    """Keeps the declaration, then opens the sheet where it stands; whoever of the team comes goes on with it."""
    found, circle = _load(campaign_id)
    form = SheetForm()
    if circle.submitted or found.wave_state is not WaveState.OPEN or found.paused_at is not None:
        return _page(found, circle, form), HTTPStatus.CONFLICT
    if not form.validate_on_submit():
        return _page(found, circle, form), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        assessments.declare_sheet(
            found.wave_id,
            people=(form.people.data or "").splitlines(),
            agreed_on=day(form.agreed_on.data),
            actor_id=guard.actor().person_id,
        )
    except FieldRefused as refused:
        session.rollback()
        put_error(form, refused, {})
        return _page(found, circle, form), HTTPStatus.UNPROCESSABLE_ENTITY
    seat_id = nameless.seat_of_sheet(circle.id)
    standing = reading.of_seat(seat_id)
    started = keys.begin(seat_id=seat_id, token_id=None, person_id=None)
    held.come_in(started)
    if standing is not None:
        return doors.to_where_stopped(standing, found.zone, nameless=True)
    return redirect(url_for("answering.question", sitting_id=started.sitting_id, place=1))


def _load(campaign_id: str) -> tuple[SelfAssessment, CircleView]:
    guard.require(Permission.ASSESSMENT_COLLECT, things.self_assessment(campaign_id))
    found = self_assessment(campaign_id)
    circle = next((one for one in found.circles if one.way is CircleWay.SHEET), None)
    if circle is None:
        raise Missing
    return found, circle


def _page(found: SelfAssessment, circle: CircleView, form: SheetForm) -> str:
    door = door_of_circle(circle.id)
    return render_template(
        "answering/sheet.html",
        one=found,
        circle=circle,
        form=form,
        state="done" if circle.submitted else door.state,
        work=Work.of_form(door.instrument_id, door.form),
        declared=declaration(found.wave_id),
    )
