"""`/school/sa/<id>/collect`: returns, links, dates; and the returns of many schools for a coordinator."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

from flask import current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from diagnostics import clock
from diagnostics.access import Permission, things
from diagnostics.access.table import COORDINATORS
from diagnostics.campaigns import actions
from diagnostics.campaigns.actions import circles
from diagnostics.campaigns.circle_models import CircleWay
from diagnostics.campaigns.circle_secrets import CircleKey
from diagnostics.campaigns.models import WaveState
from diagnostics.campaigns.queries.circles import CircleView, declaration
from diagnostics.campaigns.queries.self_assessments import SelfAssessment, self_assessments
from diagnostics.database import session
from diagnostics.errors import FieldRefused, Missing
from diagnostics.improvement.queries import late
from diagnostics.people.models import Role
from diagnostics.web import guard
from diagnostics.web.form_fields import day, put_error
from diagnostics.web.guard import screen, settings
from diagnostics.web.improving import asking
from diagnostics.web.improving.blueprint import improving
from diagnostics.web.improving.counting import days_of, sides_of
from diagnostics.web.improving.forms import ExpectedForm, LastDayForm
from diagnostics.web.improving.reminding import reminding
from diagnostics.web.words import day_at_end

ZONES = "improving.zones"  # linked to where it is built


@dataclass(frozen=True, slots=True)
class Invitation:
    """A link for all, ready to be sent to a chat."""

    circle: CircleView
    address: str


@improving.get("/school/sa/<campaign_id>/collect")
@screen(Permission.ASSESSMENT_COLLECT)
def collect(campaign_id: str) -> str:
    one = asking.collected(campaign_id)
    invitations = _invitations(one)
    return render_template(
        "improving/collect.html",
        one=one,
        sides=sides_of(one),
        days=days_of(one),
        declared=declaration(one.wave_id),
        invitations=invitations,
        reminding=reminding(one, {each.circle.id: each.address for each in invitations}),
        runs=guard.may(Permission.ASSESSMENT_RUN, things.self_assessment(campaign_id)),
        late_waits=late(campaign_id).waits,
        zones=url_for(ZONES, campaign_id=campaign_id) if ZONES in current_app.view_functions else None,
    )


@improving.get("/school/sa/<campaign_id>/circles/<circle_id>")
@screen(Permission.ASSESSMENT_RUN)
def circle(campaign_id: str, circle_id: str) -> str:
    one = asking.run(campaign_id)
    found = circle_of(one, circle_id)
    form = ExpectedForm()
    form.expected.data = found.expected
    return _circle_page(one, found, form)


@improving.post("/school/sa/<campaign_id>/circles/<circle_id>")
@screen(Permission.ASSESSMENT_RUN)
def circle_change(campaign_id: str, circle_id: str) -> Response | tuple[str, int]:
    """`act`: expect (how many people) or issue (new codes or a new link; the earlier ones stop)."""
    one = asking.run(campaign_id)
    found = circle_of(one, circle_id)
    form = ExpectedForm()
    if request.form.get("act") == "issue":
        circles.issue(found.id, secret=settings().secret_key, actor_id=asking.person_id())
        flash(_("Готово: прежние неиспользованные коды и прежняя ссылка больше не действуют."), "ok")
        return _to_collect(one)
    if not form.validate_on_submit() or form.expected.data is None:
        return _circle_page(one, found, form), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        circles.expect(found.id, form.expected.data, actor_id=asking.person_id())
    except FieldRefused as refused:
        session.rollback()
        put_error(form, refused, {})
        return _circle_page(one, found, form), HTTPStatus.UNPROCESSABLE_ENTITY
    flash(_("Число исправлено. Напечатанные коды и ссылка прежние."), "ok")
    return _to_collect(one)


@improving.get("/school/sa/<campaign_id>/dates")
@screen(Permission.ASSESSMENT_RUN)
def dates(campaign_id: str) -> str:
    one = asking.run(campaign_id)
    form = LastDayForm()
    form.last_day.data = clock.local(one.closes_at, one.zone).date()
    return render_template("improving/dates.html", one=one, form=form)


@improving.post("/school/sa/<campaign_id>/dates")
@screen(Permission.ASSESSMENT_RUN)
def prolong(campaign_id: str) -> Response | tuple[str, int]:
    one = asking.run(campaign_id)
    form = LastDayForm()
    if form.validate_on_submit():
        first = clock.local(one.opens_at, one.zone).date()
        try:
            actions.reschedule_wave(one.wave_id, first, day(form.last_day.data), asking.person_id())
        except FieldRefused as refused:
            session.rollback()
            put_error(form, refused, {})
        else:
            until = day_at_end(day(form.last_day.data))
            flash(_("Срок — до %(day)s. Коды и ссылки действуют дальше.", day=until), "ok")
            return _to_collect(one)
    return render_template("improving/dates.html", one=one, form=form), HTTPStatus.UNPROCESSABLE_ENTITY


@improving.get("/school/sa/<campaign_id>/close")
@screen(Permission.ASSESSMENT_RUN)
def close(campaign_id: str) -> str:
    one = asking.run(campaign_id)
    return render_template(
        "improving/close.html", one=one, sides=sides_of(one), late_waits=late(campaign_id).waits
    )


@improving.post("/school/sa/<campaign_id>/close")
@screen(Permission.ASSESSMENT_RUN)
def close_now(campaign_id: str) -> Response:
    one = asking.run(campaign_id)
    actions.close_wave(one.wave_id, asking.person_id())
    flash(_("Сбор закончен. Теперь можно обсуждать общие результаты."), "ok")
    return _to_collect(one)


@improving.get("/self-assessments")
@screen(Permission.ASSESSMENT_TURNOUT_LIST, of_object=False)
def turnouts() -> str:
    """Returns only: what the answers say stays with the school."""
    scope = guard.actor().paths(Role.ADMINISTRATOR, *COORDINATORS)
    ours = [(one, {side.group: side for side in sides_of(one)}) for one in self_assessments(scope)]
    return render_template("improving/turnouts.html", ours=ours)


def circle_of(one: SelfAssessment, circle_id: str) -> CircleView:
    """A circle of this very self-assessment; Missing for another one's, and for the sheet."""
    found = next((each for each in one.circles if each.id == circle_id), None)
    if found is None or found.way is CircleWay.SHEET:
        raise Missing
    return found


def address_of(circle: CircleView) -> str:
    """The link for all of a circle."""
    secret = CircleKey(settings().secret_key, circle.id, circle.generation).link()
    return f"{settings().public_url}{url_for('answering.circle_door', secret=secret)}"


def _invitations(one: SelfAssessment) -> list[Invitation]:
    if one.wave_state is not WaveState.OPEN:
        return []
    return [Invitation(each, address_of(each)) for each in one.circles if each.way is CircleWay.LINK]


def _circle_page(one: SelfAssessment, found: CircleView, form: ExpectedForm) -> str:
    return render_template("improving/circle.html", one=one, circle=found, form=form)


def _to_collect(one: SelfAssessment) -> Response:
    return redirect(url_for("improving.collect", campaign_id=one.campaign_id))
