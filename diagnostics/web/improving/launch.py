"""`/school/sa`: what the school's self-assessment waits for; `/school/sa/new`: launching one on one page."""

from __future__ import annotations

from datetime import timedelta
from http import HTTPStatus

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from diagnostics import clock
from diagnostics.access import Permission, things
from diagnostics.access.table import SCHOOL
from diagnostics.campaigns.actions.assessments import PARENT, PUPIL, SHEET, TEACHER, Asked, launch
from diagnostics.campaigns.circle_models import CircleWay
from diagnostics.campaigns.errors import WaveNotReady
from diagnostics.campaigns.queries.circles import minimum_of
from diagnostics.campaigns.queries.self_assessments import latest_of_school, self_assessments, staff_of
from diagnostics.catalogue import queries as catalogue
from diagnostics.catalogue.models import VersionKind
from diagnostics.database import session
from diagnostics.errors import FieldRefused
from diagnostics.people.queries.places import Place, zone_of
from diagnostics.web import guard
from diagnostics.web.form_fields import choices, day, put_error
from diagnostics.web.guard import screen, settings
from diagnostics.web.improving import asking
from diagnostics.web.improving.blueprint import improving
from diagnostics.web.improving.classes import written
from diagnostics.web.improving.counting import sides_of
from diagnostics.web.improving.forms import LaunchForm
from diagnostics.web.messages import sentence
from instruments.texts import say

COLLECTING = timedelta(days=14)
SCHOOL_YEAR_BEGINS = 8  # August: plans of a school are made for the year that follows
AUDIENCE = "school_sheet"
FIELDS = {"expected": "teachers", "label": "classes"}


@improving.get("/school/sa")
@screen(Permission.ASSESSMENT_LIST, of_object=False)
def school() -> str:
    own = asking.my_school()
    return render_template(
        "improving/school.html",
        school=own,
        ours=[(one, sides_of(one)) for one in self_assessments(guard.actor().paths(*SCHOOL))],
        launches=own is not None and guard.may(Permission.ASSESSMENT_CREATE, things.node(own.id)),
    )


@improving.get("/school/sa/new")
@screen(Permission.ASSESSMENT_CREATE)
def launcher() -> str:
    own = asking.school_to_ask()
    form = _form()
    _fill_in(form, own)
    return _page(own, form)


@improving.post("/school/sa/new")
@screen(Permission.ASSESSMENT_CREATE)
def launch_now() -> Response | str | tuple[str, int]:
    """Small groups are warned of once, by name and number; then the school decides."""
    own = asking.school_to_ask()
    form = _form()
    if not form.validate_on_submit():
        return _page(own, form), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        asked = form.asked()
        small = _too_small(asked)
        if small and request.form.get("small") != "yes":
            return _page(own, form, small=small), HTTPStatus.UNPROCESSABLE_ENTITY
        made = launch(
            school_id=own.id,
            title=form.title.data or "",
            work_id=form.work.data,
            asked=asked,
            first_day=day(form.first_day.data),
            last_day=day(form.last_day.data),
            secret=settings().secret_key,
            actor_id=asking.person_id(),
        )
    except FieldRefused as refused:
        session.rollback()
        put_error(form, refused, FIELDS)
        return _page(own, form), HTTPStatus.UNPROCESSABLE_ENTITY
    except WaveNotReady as refused:
        session.rollback()
        form.last_day.errors = [sentence(code) for code in refused.reasons]
        return _page(own, form), HTTPStatus.UNPROCESSABLE_ENTITY
    flash(_("Сбор запущен. Раздайте листы с кодами и отправьте ссылки."), "ok")
    return redirect(url_for("improving.collect", campaign_id=made.id))


def _form() -> LaunchForm:
    form = LaunchForm()
    works = [
        (one.id, say(catalogue.instrument(one.id).title))
        for one in catalogue.published(VersionKind.INSTRUMENT)
        if catalogue.instrument(one.id).audience == AUDIENCE
    ]
    form.work.choices = choices(works)
    return form


def _fill_in(form: LaunchForm, own: Place) -> None:
    """Numbers of last time; on a first visit the staff of the school, and the classes are left to type."""
    today = clock.local(clock.now(), zone_of(own.id)).date()
    begins = today.year if today.month >= SCHOOL_YEAR_BEGINS else today.year - 1
    form.title.data = _("Самооценка школы, %(first)s/%(last)s", first=begins, last=begins + 1)
    form.first_day.data, form.last_day.data = today, today + COLLECTING
    last = latest_of_school(own.id)
    groups = last.groups() if last else {}
    form.sheet.data = not groups or SHEET in groups
    form.teachers.data = sum(one.expected for one in groups.get(TEACHER, ())) or staff_of(own.id, today)
    ways = [one.way for one in groups.get(TEACHER, ())] or [CircleWay.LINK]
    form.teachers_way.data = ways[0].value
    form.classes.data = written((one.label, one.expected) for one in groups.get(PUPIL, ()))
    form.parents.data = sum(one.expected for one in groups.get(PARENT, ())) or None


def _too_small(asked: list[Asked]) -> list[tuple[str, int, int]]:
    """(group, expected, needed) of groups so small that their results will be hidden, whoever answers."""
    found = []
    for group in (TEACHER, PUPIL, PARENT):
        expected = sum(one.expected for one in asked if one.respondent_group == group)
        needed = minimum_of(group, settings().limits)
        if 0 < expected < needed:
            found.append((group, expected, needed))
    return found


def _page(own: Place, form: LaunchForm, *, small: list[tuple[str, int, int]] | None = None) -> str:
    limits = settings().limits
    return render_template(
        "improving/launch.html",
        school=own,
        form=form,
        small=small or [],
        adults=limits.group_minimum_adults,
        pupils=limits.group_minimum_pupils,
    )
