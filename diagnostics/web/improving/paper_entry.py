"""Nameless sheets typed from paper by the school's team, one after another: type, compare, next sheet."""

from __future__ import annotations

from http import HTTPStatus

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from diagnostics.access import Permission
from diagnostics.campaigns.circle_models import CircleWay
from diagnostics.campaigns.models import WaveState
from diagnostics.campaigns.queries.circles import CircleView, door_of_circle
from diagnostics.campaigns.queries.self_assessments import SelfAssessment
from diagnostics.catalogue import queries as catalogue
from diagnostics.database import session
from diagnostics.errors import Conflict, DomainError, Missing
from diagnostics.sittings.actions import paper
from diagnostics.sittings.queries.paper import PaperView, entry, slip, waiting_in_circles
from diagnostics.web import paper_entry as typing
from diagnostics.web.guard import screen, settings
from diagnostics.web.improving import asking
from diagnostics.web.improving.blueprint import improving
from diagnostics.web.improving.collecting import circle_of
from diagnostics.web.messages import sentence
from instruments.document import Instrument

Page = Response | str | tuple[str, int]


@improving.get("/school/sa/<campaign_id>/circles/<circle_id>/paper")
@screen(Permission.ASSESSMENT_COLLECT)
def paper_form(campaign_id: str, circle_id: str) -> Page:
    one, circle = _circle(campaign_id, circle_id)
    instrument, form = _asked(circle)
    kept = entry(request.args["entry"]) if "entry" in request.args else None
    if kept is not None and kept.circle_id != circle.id:
        raise Missing
    texts = typing.texts_of(instrument, form, kept.answers) if kept else {}
    return _form(one, circle, typing.rows(instrument, form, texts, {}), entry_id=kept.id if kept else "")


@improving.post("/school/sa/<campaign_id>/circles/<circle_id>/paper")
@screen(Permission.ASSESSMENT_COLLECT)
def paper_typed(campaign_id: str, circle_id: str) -> Page:
    one, circle = _circle(campaign_id, circle_id)
    _refuse_closed(one)
    instrument, form = _asked(circle)
    found = typing.read_typed(instrument, form)
    error = "" if found.answers or found.errors else _("Внесите хотя бы один ответ.")
    entry_id = request.form.get("entry", "")
    try:
        code_id = None if entry_id else _slip(one, circle)
    except DomainError as refused:
        code_id, error = None, sentence(refused.code, refused.parameters)
    if error or found.errors:
        rows = typing.rows(instrument, form, found.texts, found.errors)
        return _form(one, circle, rows, error=error, entry_id=entry_id), HTTPStatus.UNPROCESSABLE_ENTITY
    if entry_id:
        _entry(one, entry_id)
        made = paper.change(entry_id, found.answers, actor_id=asking.person_id())
    else:
        made = paper.enter_circle(
            circle.id, one.wave_id, found.answers, code_id=code_id, actor_id=asking.person_id()
        )
    return redirect(url_for("improving.paper_check", campaign_id=campaign_id, entry_id=made))


@improving.get("/school/sa/<campaign_id>/paper/<entry_id>")
@screen(Permission.ASSESSMENT_COLLECT)
def paper_check(campaign_id: str, entry_id: str) -> Page:
    one = asking.collected(campaign_id)
    return _check(one, _entry(one, entry_id))


@improving.post("/school/sa/<campaign_id>/paper/<entry_id>/confirm")
@screen(Permission.ASSESSMENT_COLLECT)
def paper_confirm(campaign_id: str, entry_id: str) -> Page:
    one = asking.collected(campaign_id)
    found = _entry(one, entry_id)
    if request.form.get("compared") != "yes":
        words = _("Отметьте, что сверили ответы с бумагой.")
        return _check(one, found, words), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        paper.confirm(entry_id, actor_id=asking.person_id(), limits=settings().limits)
    except DomainError as refused:
        session.rollback()
        page = _check(one, found, sentence(refused.code, refused.parameters))
        return page, refused.status
    flash(
        _("Лист внесён. Он ни с кем не связан: ни код, ни тот, кто внёс, рядом с ответами не хранятся."), "ok"
    )
    return _to_form(one, found)


@improving.post("/school/sa/<campaign_id>/paper/<entry_id>/drop")
@screen(Permission.ASSESSMENT_COLLECT)
def paper_drop(campaign_id: str, entry_id: str) -> Response:
    one = asking.collected(campaign_id)
    found = _entry(one, entry_id)
    paper.drop(entry_id, actor_id=asking.person_id())
    flash(_("Внесённое удалено, в ответы ничего не попало."), "ok")
    return _to_form(one, found)


def _circle(campaign_id: str, circle_id: str) -> tuple[SelfAssessment, CircleView]:
    one = asking.collected(campaign_id)
    circle = circle_of(one, circle_id)
    if circle.way is CircleWay.SHEET:  # the administration's sheet has a page of its own
        raise Missing
    return one, circle


def _asked(circle: CircleView) -> tuple[Instrument, str]:
    door = door_of_circle(circle.id)
    return catalogue.instrument(door.instrument_id), door.form


def _refuse_closed(one: SelfAssessment) -> None:
    if one.wave_state is not WaveState.OPEN or one.paused_at is not None:
        raise Conflict("paper_closed")


def _slip(one: SelfAssessment, circle: CircleView) -> str | None:
    """The slip of the sheet: where each person has a code, one paper is one code too."""
    if circle.way is not CircleWay.CODES:
        return None
    code = request.form.get("code", "")
    found = slip(circle.id, one.school_id, code, secret=settings().secret_key)
    if found is None:
        raise Conflict("paper_code")
    paper.refuse_spent(found)
    return found


def _entry(one: SelfAssessment, entry_id: str) -> PaperView:
    found = entry(entry_id)
    if found.circle_id is None or found.wave_id != one.wave_id:
        raise Missing
    return found


def _to_form(one: SelfAssessment, found: PaperView) -> Response:
    address = url_for("improving.paper_form", campaign_id=one.campaign_id, circle_id=found.circle_id)
    return redirect(address, HTTPStatus.SEE_OTHER)


def _form(
    one: SelfAssessment,
    circle: CircleView,
    rows: list[typing.Row],
    *,
    error: str = "",
    entry_id: str = "",
) -> str:
    errors = [*([{"text": error, "href": "#code" if circle.codes else "#main"}] if error else [])]
    return render_template(
        "improving/paper_form.html",
        one=one,
        circle=circle,
        rows=rows,
        errors=[*errors, *typing.summary(rows)],
        code=request.form.get("code", ""),
        asks_code=circle.way is CircleWay.CODES and not entry_id,
        entry_id=entry_id,
        is_open=one.wave_state is WaveState.OPEN and one.paused_at is None,
        waiting=[each for each in waiting_in_circles(one.wave_id) if each.circle_id == circle.id],
    )


def _check(one: SelfAssessment, found: PaperView, error: str = "") -> str:
    door = door_of_circle(found.circle_id or "")
    lines = typing.lines(door.instrument_id, door.form, found.answers)
    return render_template(
        "improving/paper_check.html",
        one=one,
        circle=circle_of(one, found.circle_id or ""),
        entry=found,
        lines=lines,
        empty=sum(not line.typed for line in lines),
        error=error,
        errors=[error] if error else None,
    )
