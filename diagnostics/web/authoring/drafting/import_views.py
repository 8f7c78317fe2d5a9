"""Two doors for what exists already: a table, a text. Read at once, mended in place, made into a draft."""

from __future__ import annotations

from http import HTTPStatus

from flask import Response as FlaskResponse
from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from diagnostics.access import Permission
from diagnostics.catalogue.actions import drafts as actions
from diagnostics.catalogue.draft_models import DraftKind
from diagnostics.web import guard
from diagnostics.web.authoring.blueprint import authoring
from diagnostics.web.authoring.drafting.arriving import (
    MOST_ROWS,
    arrived,
    body_of,
    fixes_of,
    fixes_to_make,
    frameworks,
    keep,
    name_of,
    own_node,
    rows_of,
)
from diagnostics.web.authoring.drafting.opened import Opened, language, me
from instruments.formats.fixing import Arrived
from instruments.formats.limits import MOST_BYTES
from instruments.formats.marking import marked
from instruments.problems import Severity

Page = Response | str | tuple[str, int]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@authoring.get("/instruments/new/table")
@guard.screen(Permission.INSTRUMENT_CREATE, of_object=False)
def new_table() -> str:
    return _door("table")


@authoring.get("/instruments/new/text")
@guard.screen(Permission.INSTRUMENT_CREATE, of_object=False)
def new_text() -> str:
    return _door("text")


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
    if do == "marked":
        return _marked(file)
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


@authoring.get("/instruments/drafts/<draft_id>/import")
@guard.screen(Permission.INSTRUMENT_EDIT)
def draft_import(draft_id: str) -> str:
    opened = Opened.of(draft_id)
    return render_template("authoring/editing/draft_import.html", draft=opened)


def _door(door: str, error: str = "", typed: str = "") -> str:
    return render_template(
        "authoring/editing/new.html",
        door=door,
        typed=typed,
        error=error,
        errors=[{"text": error, "href": "#given"}] if error else None,
    )


def _keep(door: str) -> Page:
    upload, typed = request.files.get("file"), request.form.get("text", "")
    if upload is not None and upload.filename:
        name, content = upload.filename, upload.read(MOST_BYTES + 1)
    else:
        name, content = "", typed.encode() if door == "text" else b""
    error = ""
    if not content.strip():
        error = _("Выберите файл") if door == "table" else _("Вставьте текст или выберите файл")
    elif len(content) > MOST_BYTES:
        error = _("Файл больше %(most)s КБ: разделите работу на две.", most=MOST_BYTES // 1024)
    if error:
        return _door(door, error, typed), HTTPStatus.UNPROCESSABLE_ENTITY
    file_id = keep(name or _("Новая работа"), content, is_text=door == "text")
    return redirect(url_for("authoring.new_read", file_id=file_id), HTTPStatus.SEE_OTHER)


def _table(file_id: str, file: Arrived) -> str:
    read = file.read(frameworks())
    fixes = fixes_to_make(file, read.problems)
    shown = {fix.name for fix in fixes}
    rows = rows_of(read, language())
    errors = sum(one.severity is Severity.ERROR for one in read.problems)
    return render_template(
        "authoring/editing/arrived.html",
        file_id=file_id,
        file=file,
        fixes=fixes[:MOST_ROWS],
        others=[
            one for one in read.problems if one.cell.row is None or not (one.cell.column or file.is_text)
        ],
        kept=[(name_of(place), said) for place, said in file.fixes.items() if name_of(place) not in shown],
        rows=rows[:MOST_ROWS],
        more=max(0, len(rows) - MOST_ROWS),
        ready=sum(row.state != "error" for row in rows),
        errors_number=errors,
        translate=_,
        told=ngettext("Нужно исправить %(num)s ошибку", "Нужно исправить %(num)s ошибок", errors),
    )


def _marked(file: Arrived) -> FlaskResponse:
    content = marked(file, file.read(frameworks()).problems, _)
    response = FlaskResponse(content, mimetype=XLSX)
    response.headers["Content-Disposition"] = 'attachment; filename="marked.xlsx"'
    return response
