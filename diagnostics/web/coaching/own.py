"""The teacher's own route: the page, the proposal, edits, sending."""

from __future__ import annotations

from http import HTTPStatus

from flask import flash, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Redirect
from wtforms.fields.choices import SelectChoice

from diagnostics.access import Permission, things
from diagnostics.errors import FieldRefused
from diagnostics.findings.queries import of_person
from diagnostics.pathways import actions
from diagnostics.pathways.queries import choices, views
from diagnostics.pathways.queries.views import RouteView
from diagnostics.web import guard
from diagnostics.web.coaching.asking import asked_route, asked_step, me, own, own_route_id, to_route, told
from diagnostics.web.coaching.blueprint import coaching, language
from diagnostics.web.coaching.documents import documents_of
from diagnostics.web.coaching.forms import LimitsForm, OwnStepForm, SendForm
from diagnostics.web.coaching.page import page_of
from diagnostics.web.coaching.reviewing import review_forms
from diagnostics.web.form_fields import day, put_error
from diagnostics.web.guard import require, screen
from instruments.texts import say


@coaching.get("/me/route")
@screen(Permission.ROUTE_EDIT)
def my_route() -> str:
    require(Permission.ROUTE_EDIT, own())
    found = own_route_id()
    if found is None:
        return render_template("coaching/no_route.html", result=bool(of_person(me())))
    return shown(views.route(found))


@coaching.get("/routes/<route_id>")
@screen(Permission.ROUTE_READ)
def route(route_id: str) -> str:
    return shown(asked_route(Permission.ROUTE_READ, route_id))


def shown(found: RouteView) -> str:
    """The same page for both sides; who may edit or approve gets the controls for it."""
    thing = things.route(found.id)
    tutor = guard.may(Permission.ROUTE_APPROVE, thing)
    return render_template(
        "coaching/route.html",
        page=page_of(found),
        mine=guard.may(Permission.ROUTE_EDIT, thing),
        tutor=tutor,
        send_form=SendForm(goal=found.goal),
        forms=review_forms(found) if tutor else None,
        documents=documents_of(found.id),
    )


@coaching.post("/findings/<finding_id>/route")
@screen(Permission.ROUTE_EDIT)
def propose_route(finding_id: str) -> Redirect:
    require(Permission.ROUTE_EDIT, things.finding(finding_id))
    made = actions.propose(finding_id, actor_id=me())
    return to_route(made.id)


@coaching.get("/routes/<route_id>/limits")
@screen(Permission.ROUTE_EDIT)
def limits(route_id: str) -> str:
    found = asked_route(Permission.ROUTE_EDIT, route_id)
    form = LimitsForm(
        hours=found.hours_budget,
        ends_on=found.ends_on,
        max_steps=found.max_steps,
        formats=found.wishes.get("formats", []),
        modes=found.wishes.get("modes", []),
    )
    return render_template("coaching/limits.html", route=found, form=form)


@coaching.post("/routes/<route_id>/limits")
@screen(Permission.ROUTE_EDIT)
def change_limits(route_id: str) -> Redirect | tuple[str, int]:
    found = asked_route(Permission.ROUTE_EDIT, route_id)
    form = LimitsForm()
    if form.validate_on_submit():
        try:
            with told():
                actions.change_limits(
                    route_id,
                    hours=float(form.hours.data),
                    ends_on=day(form.ends_on.data),
                    max_steps=form.max_steps.data,
                    formats=form.formats.data,
                    modes=form.modes.data,
                    actor_id=me(),
                )
                flash(_("Маршрут подобран заново. Начатые шаги и те, что добавили вы, остались."), "ok")
            return to_route(route_id)
        except FieldRefused as refused:
            put_error(form, refused, {})
    page = render_template("coaching/limits.html", route=found, form=form)
    return page, HTTPStatus.UNPROCESSABLE_ENTITY


@coaching.get("/routes/steps/<step_id>/swap")
@screen(Permission.ROUTE_EDIT)
def swap(step_id: str) -> str:
    route_id = asked_step(Permission.ROUTE_EDIT, step_id)
    found = views.route(route_id)
    row = next(one for one in page_of(found).rows if one.step.id == step_id)
    return render_template(
        "coaching/swap.html",
        route=found,
        row=row,
        options=choices.alternatives_to(step_id),
        loss=choices.loss_of(step_id),
    )


@coaching.post("/routes/steps/<step_id>/swap")
@screen(Permission.ROUTE_EDIT)
def do_swap(step_id: str) -> Redirect:
    route_id = asked_step(Permission.ROUTE_EDIT, step_id)
    with told():
        made = actions.swap(step_id, request.form.get("resource", ""), actor_id=me())
        flash(_("Шаг заменён: «%(title)s».", title=made.title), "ok")
    return to_route(route_id)


@coaching.post("/routes/steps/<step_id>/remove")
@screen(Permission.ROUTE_EDIT)
def remove(step_id: str) -> Redirect:
    route_id = asked_step(Permission.ROUTE_EDIT, step_id)
    lost = choices.loss_of(step_id)
    with told():
        actions.remove(step_id, actor_id=me())
        if lost.blocks:
            blocks = "», «".join(lost.blocks)
            flash(_("Без этого шага блок «%(blocks)s» останется без поддержки.", blocks=blocks), "caution")
        else:
            flash(_("Шаг убран. Поддержка блоков осталась."), "ok")
    return to_route(route_id)


@coaching.post("/routes/steps/<step_id>/move")
@screen(Permission.ROUTE_EDIT)
def move(step_id: str) -> Redirect:
    route_id = asked_step(Permission.ROUTE_EDIT, step_id)
    with told():
        actions.move(step_id, down=request.form.get("to") == "down", actor_id=me())
    return to_route(route_id, "steps")


@coaching.post("/routes/<route_id>/put-back")
@screen(Permission.ROUTE_EDIT)
def put_back(route_id: str) -> Redirect:
    require(Permission.ROUTE_EDIT, things.route(route_id))
    with told():
        actions.put_back(route_id, actor_id=me())
        flash(_("Убранное снова участвует в подборе."), "ok")
    return to_route(route_id)


@coaching.post("/routes/<route_id>/resources")
@screen(Permission.ROUTE_EDIT)
def add_resource(route_id: str) -> Redirect:
    require(Permission.ROUTE_EDIT, things.route(route_id))
    with told():
        made = actions.add_resource(route_id, request.form.get("resource", ""), actor_id=me())
        flash(_("В маршрут добавлено: «%(title)s».", title=made.title), "ok")
    return to_route(route_id)


@coaching.get("/routes/<route_id>/own-step")
@screen(Permission.ROUTE_READ)
def own_step(route_id: str) -> str:
    found = asked_route(Permission.ROUTE_READ, route_id)
    return render_template("coaching/own_step.html", route=found, form=_own_form(found))


@coaching.post("/routes/<route_id>/own-step")
@screen(Permission.ROUTE_EDIT, Permission.ROUTE_APPROVE)
def add_own_step(route_id: str) -> Redirect | tuple[str, int]:
    """The teacher writes it into a draft, the tutor into a route under review."""
    thing = things.route(route_id)
    author = "teacher" if guard.may(Permission.ROUTE_EDIT, thing) else "tutor"
    require(Permission.ROUTE_EDIT if author == "teacher" else Permission.ROUTE_APPROVE, thing)
    found = views.route(route_id)
    form = _own_form(found)
    if form.validate_on_submit():
        try:
            with told():
                actions.add_own(
                    route_id,
                    title=form.title.data,
                    content=form.content.data or "",
                    hours=float(form.hours.data),
                    due_on=day(form.due_on.data),
                    evidence=form.evidence.data or "",
                    competence=form.competence.data or None,
                    actor_id=me(),
                    author=author,
                )
                flash(_("Шаг добавлен."), "ok")
            return to_route(route_id)
        except FieldRefused as refused:
            put_error(form, refused, {})
    page = render_template("coaching/own_step.html", route=found, form=form)
    return page, HTTPStatus.UNPROCESSABLE_ENTITY


def _own_form(found: RouteView) -> OwnStepForm:
    form = OwnStepForm(due_on=found.ends_on)
    blocks = choices.diagnosis_of(found.id).blocks
    form.competence.choices = [SelectChoice("", _("Не к одному из блоков"))] + [
        SelectChoice(block.code, say(block.title, language())) for block in blocks
    ]
    return form


@coaching.post("/routes/<route_id>/send")
@screen(Permission.ROUTE_EDIT)
def send(route_id: str) -> Redirect:
    require(Permission.ROUTE_EDIT, things.route(route_id))
    form = SendForm()
    with told():
        actions.send(route_id, goal=form.goal.data, actor_id=me())
        flash(_("Маршрут у тьютора. Шаги, которым не нужна запись, можно начать уже сейчас."), "ok")
    return to_route(route_id)


@coaching.post("/routes/<route_id>/take-back")
@screen(Permission.ROUTE_EDIT)
def take_back(route_id: str) -> Redirect:
    require(Permission.ROUTE_EDIT, things.route(route_id))
    with told():
        actions.take_back(route_id, actor_id=me())
    return to_route(route_id)


@coaching.post("/routes/<route_id>/change")
@screen(Permission.ROUTE_EDIT)
def change(route_id: str) -> Redirect:
    require(Permission.ROUTE_EDIT, things.route(route_id))
    with told():
        actions.change_approved(route_id, actor_id=me())
        flash(_("Открыта новая редакция. Прежняя осталась в истории, замену подтвердит тьютор."), "info")
    return to_route(route_id)
