"""The tutor: queue, approve, return, sign a reason, look at evidence, decide what was to be clarified."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

from flask import Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response as Redirect

from diagnostics import clock
from diagnostics.access import Permission, things
from diagnostics.errors import FieldRefused
from diagnostics.pathways import actions
from diagnostics.pathways.queries import lists
from diagnostics.pathways.queries.views import RouteView
from diagnostics.web.coaching import walking
from diagnostics.web.coaching.asking import asked_route, asked_step, me, to_route, told
from diagnostics.web.coaching.blueprint import coaching
from diagnostics.web.coaching.forms import (
    ClarifyForm,
    CompleteForm,
    EvidenceForm,
    RemarkForm,
    ReturnForm,
    WaiveForm,
    said,
    with_phrases,
)
from diagnostics.web.coaching.tables import guided_table, queue_table
from diagnostics.web.coaching.words import RETURNS, WAIVERS
from diagnostics.web.form_fields import put_error
from diagnostics.web.guard import require, screen
from diagnostics.web.listing import asked, matching, page_of
from diagnostics.web.spreadsheets import workbook


@dataclass(frozen=True, slots=True)
class ReviewForms:
    """What a tutor may fill in on the page of a route."""

    send_back: ReturnForm
    waive: WaiveForm
    complete: CompleteForm


def review_forms(_found: RouteView) -> ReviewForms:
    forms = ReviewForms(
        ReturnForm(formdata=None, prefix="back-"),
        WaiveForm(formdata=None, prefix="waive-"),
        CompleteForm(formdata=None, prefix="end-"),
    )
    with_phrases(forms.send_back, RETURNS)
    with_phrases(forms.waive, WAIVERS)
    return forms


@coaching.get("/routes/review")
@screen(Permission.ROUTE_LIST, of_object=False)
def routes_to_review() -> str:
    waiting, guided = lists.to_review(me()), lists.guided_by(me())
    only = request.args.get("only", "")
    chosen = [one for one in guided if only != "waiting" or one.waits]
    return render_template(
        "coaching/queue.html",
        waiting=waiting,
        clear=[one for one in waiting if not one.questions],
        guided=len(guided),
        to_answer=sum(one.waits for one in guided),
        only=only,
        asked=asked(),
        shown=page_of(matching(chosen, asked(), lambda one: one.person.full)),
        now=clock.now(),
    )


@coaching.get("/routes/review.xlsx")
@screen(Permission.ROUTE_LIST, of_object=False)
def routes_xlsx() -> Response:
    """Those that wait and the others, a sheet each."""
    tables = (queue_table(lists.to_review(me())), guided_table(lists.guided_by(me())))
    return workbook(tables, _("Маршруты"))


@coaching.post("/routes/review")
@screen(Permission.ROUTE_APPROVE, Permission.ROUTE_LIST)
def approve_batch() -> Redirect:
    """The ticked routes without open questions; each is asked for by itself."""
    wanted = request.form.getlist("route")
    for route_id in wanted:
        require(Permission.ROUTE_APPROVE, things.route(route_id))
    if not wanted:
        require(Permission.ROUTE_LIST)
        flash(_("Отметьте маршруты, которые утверждаете."), "info")
        return redirect(url_for("coaching.routes_to_review"))
    with told():
        done = actions.approve_batch(wanted, actor_id=me())
        flash(
            ngettext("Утверждён %(num)s маршрут.", "Утверждено %(num)s маршрутов.", len(done.approved)), "ok"
        )
        if done.left:
            flash(_("Остальные остались в очереди: по ним есть вопросы."), "caution")
    return redirect(url_for("coaching.routes_to_review"))


@coaching.post("/routes/<route_id>/approve")
@screen(Permission.ROUTE_APPROVE)
def approve(route_id: str) -> Redirect:
    require(Permission.ROUTE_APPROVE, things.route(route_id))
    with told():
        actions.approve(route_id, text=request.form.get("text", ""), actor_id=me())
        flash(_("Маршрут утверждён."), "ok")
        return redirect(url_for("coaching.routes_to_review"))
    return to_route(route_id)


@coaching.post("/routes/<route_id>/return")
@screen(Permission.ROUTE_APPROVE)
def return_route(route_id: str) -> Redirect:
    require(Permission.ROUTE_APPROVE, things.route(route_id))
    form = ReturnForm(prefix="back-")
    with_phrases(form, RETURNS)
    try:
        with told():
            actions.return_(route_id, text=said(form), actor_id=me())
            flash(_("Маршрут возвращён с вашими словами."), "ok")
            return redirect(url_for("coaching.routes_to_review"))
    except FieldRefused:
        flash(_("Напишите, что поправить, или выберите готовую фразу."), "error")
    return to_route(route_id, "return")


@coaching.post("/routes/<route_id>/waive")
@screen(Permission.ROUTE_APPROVE)
def waive(route_id: str) -> Redirect:
    require(Permission.ROUTE_APPROVE, things.route(route_id))
    form = WaiveForm(prefix="waive-")
    with_phrases(form, WAIVERS)
    try:
        with told():
            actions.waive(route_id, request.form.get("block", ""), reason=said(form), actor_id=me())
            flash(_("Запись подписана. Её видите вы и педагог; она войдёт в документ."), "ok")
    except FieldRefused:
        flash(_("Напишите причину, не короче 20 знаков: без неё маршрут нельзя утвердить."), "error")
    return to_route(route_id, "waivers")


@coaching.post("/routes/steps/<step_id>/confirm")
@screen(Permission.ROUTE_APPROVE)
def confirm_step(step_id: str) -> Redirect:
    route_id = asked_step(Permission.ROUTE_APPROVE, step_id)
    with told():
        actions.confirm_step(step_id, text=RemarkForm().text.data or "", actor_id=me())
        flash(_("Шаг подтверждён."), "ok")
    return to_route(route_id)


@coaching.post("/routes/steps/<step_id>/ask-more")
@screen(Permission.ROUTE_APPROVE)
def ask_more(step_id: str) -> Redirect | tuple[str, int]:
    route_id = asked_step(Permission.ROUTE_APPROVE, step_id)
    form = RemarkForm()
    try:
        with told():
            actions.ask_more(step_id, text=form.text.data or "", actor_id=me())
            flash(_("Шаг вернулся в работу с вашими словами."), "ok")
    except FieldRefused as refused:
        put_error(form, refused, {})
        page = walking.step_page(step_id, EvidenceForm(formdata=None), remark=form)
        return page, HTTPStatus.UNPROCESSABLE_ENTITY
    return to_route(route_id)


@coaching.post("/routes/steps/<step_id>/clarify")
@screen(Permission.ROUTE_APPROVE)
def clarify_step(step_id: str) -> Redirect | tuple[str, int]:
    route_id = asked_step(Permission.ROUTE_APPROVE, step_id)
    form = ClarifyForm()
    if not form.validate_on_submit():
        page = walking.step_page(step_id, EvidenceForm(formdata=None), clarify=form)
        return page, HTTPStatus.UNPROCESSABLE_ENTITY
    with told():
        off = actions.clarify(
            step_id, confirmed=form.outcome.data == "shown", text=form.text.data, actor_id=me()
        )
        flash(_("Решение записано."), "ok")
        if off:
            flash(_("Отложено: %(titles)s", titles=", ".join(f"«{one.title}»" for one in off)), "info")
    return to_route(route_id)


@coaching.post("/routes/<route_id>/complete")
@screen(Permission.ROUTE_APPROVE)
def complete(route_id: str) -> Redirect:
    asked_route(Permission.ROUTE_APPROVE, route_id)
    form = CompleteForm(prefix="end-")
    try:
        with told():
            actions.complete(route_id, conclusion=form.text.data or "", actor_id=me())
            flash(_("Маршрут завершён."), "ok")
    except FieldRefused:
        flash(_("Напишите заключение: оно войдёт в документ."), "error")
    return to_route(route_id)
