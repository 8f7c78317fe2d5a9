"""Two doors for what exists already: a table, a text. Read at once, mended in place, made into a draft."""

from __future__ import annotations

from http import HTTPStatus
from urllib.parse import quote

from flask import Response as FlaskResponse
from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from diagnostics.access import Permission
from diagnostics.catalogue.actions import drafts as actions
from diagnostics.catalogue.draft_models import DraftKind
from diagnostics.web import guard
from diagnostics.web.authoring.blueprint import authoring
from diagnostics.web.authoring.drafting.arrived_page import (
    XLSX,
    NothingGiven,
    arrived_page,
    kept,
    marked_file,
)
from diagnostics.web.authoring.drafting.arriving import (
    arrived,
    body_of,
    fixes_of,
    frameworks,
    own_node,
    rows_of,
)
from diagnostics.web.authoring.drafting.opened import language, me
from instruments.formats.fixing import Arrived
from instruments.formats.workbook import template

Page = Response | str | tuple[str, int]


@authoring.get("/instruments/new/table")
@guard.screen(Permission.INSTRUMENT_CREATE, of_object=False)
def new_table() -> str:
    return _door("table")


@authoring.get("/instruments/new/text")
@guard.screen(Permission.INSTRUMENT_CREATE, of_object=False)
def new_text() -> str:
    return _door("text")


@authoring.get("/instruments/new/template.xlsx")
@guard.screen(Permission.INSTRUMENT_CREATE, of_object=False)
def new_template() -> FlaskResponse:
    """`all`: an example of every type instead of three questions."""
    full = "all" in request.args
    response = FlaskResponse(template(language(), _, full=full), mimetype=XLSX)
    name = _("Образец таблицы: все виды заданий") if full else _("Образец таблицы")
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}.xlsx"
    return response


@authoring.post("/instruments/new/<any(table, text):door>")
@guard.screen(Permission.INSTRUMENT_CREATE, of_object=False)
def new_arrived(door: str) -> Page:
    return _keep(door)


@authoring.get("/instruments/new/<file_id>")
@guard.screen(Permission.INSTRUMENT_CREATE, Permission.FILE_READ)
def new_read(file_id: str) -> str:
    guard.require(Permission.INSTRUMENT_CREATE)
    return _table(file_id, arrived(file_id, {}))


@authoring.post("/instruments/new/<file_id>/read")
@guard.screen(Permission.INSTRUMENT_CREATE, Permission.FILE_READ)
def new_act(file_id: str) -> Page | FlaskResponse:
    """`do`: again (read with the fixes), marked (the file back with its mistakes), create."""
    guard.require(Permission.INSTRUMENT_CREATE)
    file = arrived(file_id, fixes_of(request.form))
    do = request.form.get("do", "again")
    if do == "marked" and file.is_readable:
        return marked_file(file)
    if do != "create":
        return _table(file_id, file)
    body = body_of(file.read(frameworks()))
    if body is None:
        return _table(file_id, file), HTTPStatus.UNPROCESSABLE_ENTITY
    draft, removed = actions.create(DraftKind.INSTRUMENT, body, node_id=own_node(), actor_id=me())
    if removed:
        flash(
            _("Из текста убрана разметка: %(what)s", what=", ".join(one.what for one in removed)), "caution"
        )
    flash(_("Черновик создан. Справа — как увидит участник."), "ok")
    return redirect(url_for("authoring.draft_edit", draft_id=draft.id), HTTPStatus.SEE_OTHER)


def _door(door: str, error: str = "", typed: str = "") -> str:
    return render_template(
        "authoring/editing/new.html",
        door=door,
        typed=typed,
        error=error,
        errors=[{"text": error, "href": "#given"}] if error else None,
    )


def _keep(door: str) -> Page:
    try:
        file_id = kept(door)
    except NothingGiven as wrong:
        page = _door(door, str(wrong), request.form.get("text", ""))
        return page, HTTPStatus.UNPROCESSABLE_ENTITY
    return redirect(url_for("authoring.new_read", file_id=file_id), HTTPStatus.SEE_OTHER)


def _table(file_id: str, file: Arrived) -> str:
    read = file.read(frameworks())
    action = url_for("authoring.new_act", file_id=file_id)
    return arrived_page(file, read, action=action, rows=rows_of(read, language()))
