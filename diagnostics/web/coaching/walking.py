"""One step and what is done with it; notes from the lesson; pause."""

from __future__ import annotations

from datetime import timedelta
from http import HTTPStatus

from flask import flash, render_template
from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response as Redirect

from diagnostics import clock
from diagnostics.access import Permission, things
from diagnostics.errors import FieldRefused
from diagnostics.files import actions as files
from diagnostics.pathways import actions
from diagnostics.pathways.queries import views
from diagnostics.web import guard
from diagnostics.web.coaching.asking import asked_route, asked_step, me, to_route, told
from diagnostics.web.coaching.blueprint import coaching
from diagnostics.web.coaching.forms import (
    ClarifyForm,
    EvidenceForm,
    LessonForm,
    PauseForm,
    RemarkForm,
)
from diagnostics.web.coaching.page import page_of
from diagnostics.web.form_fields import day, put_error
from diagnostics.web.guard import require, screen

MEGABYTE = 1024 * 1024
MOST_BYTES = 5 * MEGABYTE
#: Evidence belongs to the route and leaves with the person, not by a date.
KEPT_DAYS = None


@coaching.get("/routes/steps/<step_id>")
@screen(Permission.ROUTE_READ)
def step(step_id: str) -> str:
    asked_step(Permission.ROUTE_READ, step_id)
    return step_page(step_id, EvidenceForm(formdata=None))


def step_page(
    step_id: str, form: EvidenceForm, *, clarify: ClarifyForm | None = None, remark: RemarkForm | None = None
) -> str:
    found = views.route(views.step_place(step_id))
    page = page_of(found)
    thing = things.route(found.id)
    return render_template(
        "coaching/step.html",
        page=page,
        row=next(one for one in page.rows if one.step.id == step_id),
        form=form,
        clarify=clarify or ClarifyForm(formdata=None),
        remark=remark or RemarkForm(formdata=None),
        mine=guard.may(Permission.ROUTE_EDIT, thing),
        tutor=guard.may(Permission.ROUTE_APPROVE, thing),
    )


@coaching.post("/routes/steps/<step_id>/start")
@screen(Permission.ROUTE_EDIT)
def start_step(step_id: str) -> Redirect:
    route_id = asked_step(Permission.ROUTE_EDIT, step_id)
    with told():
        actions.start_step(step_id, actor_id=me())
        flash(_("Шаг начат. Подтверждение можно добавить, когда будет готово."), "ok")
    return to_route(route_id)


@coaching.post("/routes/steps/<step_id>/postpone")
@screen(Permission.ROUTE_EDIT)
def postpone_step(step_id: str) -> Redirect:
    route_id = asked_step(Permission.ROUTE_EDIT, step_id)
    with told():
        actions.postpone_step(step_id, actor_id=me())
        flash(_("Шаг отложен. Вернуться к нему можно в любой день маршрута."), "info")
    return to_route(route_id)


@coaching.post("/routes/steps/<step_id>/evidence")
@screen(Permission.ROUTE_EDIT)
def add_evidence(step_id: str) -> Redirect | tuple[str, int]:
    route_id = asked_step(Permission.ROUTE_EDIT, step_id)
    form = EvidenceForm()
    if form.validate_on_submit():
        try:
            with told():
                file_id = _stored(form.file.data)
                actions.add_evidence(step_id, text=form.text.data, file_id=file_id, actor_id=me())
                flash(_("Отправлено на проверку тьютору."), "ok")
            return to_route(route_id)
        except FieldRefused as refused:
            put_error(form, refused, {})
    return step_page(step_id, form), HTTPStatus.UNPROCESSABLE_ENTITY


def _stored(upload: FileStorage | None) -> str | None:
    """The id of the stored file, None where none was given."""
    if upload is None or not upload.filename:
        return None
    content = upload.stream.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise FieldRefused("file_too_large", field="file", most=MOST_BYTES // MEGABYTE)
    made = files.store(
        guard.settings().files_dir,
        name=upload.filename,
        media_type="application/octet-stream",  # what a browser claims of a file is not believed
        content=content,
        purpose="evidence",
        owner_id=me(),
        days=KEPT_DAYS,
    )
    return made.id


@coaching.get("/routes/<route_id>/lessons")
@screen(Permission.ROUTE_EDIT)
def lessons(route_id: str) -> str:
    found = asked_route(Permission.ROUTE_EDIT, route_id)
    return render_template("coaching/lesson.html", route=found, form=LessonForm(formdata=None))


@coaching.post("/routes/<route_id>/lessons")
@screen(Permission.ROUTE_EDIT)
def add_lesson(route_id: str) -> Redirect | tuple[str, int]:
    found = asked_route(Permission.ROUTE_EDIT, route_id)
    form = LessonForm()
    if form.validate_on_submit():
        with told():
            actions.note_lesson(route_id, text=form.text.data, actor_id=me())
            flash(_("Запись сохранена. Её видите вы и тьютор."), "ok")
        return to_route(route_id)
    page = render_template("coaching/lesson.html", route=found, form=form)
    return page, HTTPStatus.UNPROCESSABLE_ENTITY


@coaching.get("/routes/<route_id>/pause")
@screen(Permission.ROUTE_EDIT)
def pause(route_id: str) -> str:
    found = asked_route(Permission.ROUTE_EDIT, route_id)
    form = PauseForm(formdata=None, until=clock.now().date() + timedelta(days=30))
    return render_template("coaching/pause.html", route=found, form=form)


@coaching.post("/routes/<route_id>/pause")
@screen(Permission.ROUTE_EDIT)
def do_pause(route_id: str) -> Redirect | tuple[str, int]:
    found = asked_route(Permission.ROUTE_EDIT, route_id)
    form = PauseForm()
    if form.validate_on_submit():
        try:
            with told():
                actions.pause(route_id, until=day(form.until.data), actor_id=me())
            return to_route(route_id)
        except FieldRefused as refused:
            put_error(form, refused, {})
    page = render_template("coaching/pause.html", route=found, form=form)
    return page, HTTPStatus.UNPROCESSABLE_ENTITY


@coaching.post("/routes/<route_id>/resume")
@screen(Permission.ROUTE_EDIT)
def resume(route_id: str) -> Redirect:
    require(Permission.ROUTE_EDIT, things.route(route_id))
    with told():
        actions.resume(route_id, actor_id=me())
        flash(_("Маршрут продолжается с того же места."), "ok")
    return to_route(route_id)
