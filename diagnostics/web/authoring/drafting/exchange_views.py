"""A draft out into a table, back into it: what is new, changed or removed is ticked, nothing happens unasked."""

from __future__ import annotations

import json
from http import HTTPStatus
from urllib.parse import quote

from flask import Response as FlaskResponse
from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from diagnostics.access import Permission
from diagnostics.catalogue.errors import ChangedMeanwhile
from diagnostics.errors import Missing
from diagnostics.web import guard
from diagnostics.web.authoring.blueprint import authoring
from diagnostics.web.authoring.drafting.arrived_page import (
    XLSX,
    NothingGiven,
    arrived_page,
    kept,
    marked_file,
)
from diagnostics.web.authoring.drafting.arriving import Row, arrived, fixes_of, frameworks, rows_of
from diagnostics.web.authoring.drafting.opened import Opened, documents_of, language, save
from instruments.formats.arrived import Read, Work
from instruments.formats.fixing import Arrived
from instruments.formats.plaintext.writing import write_text
from instruments.formats.planning import ItemChange, Plan, apply, merge
from instruments.formats.sharing import PartChange
from instruments.formats.workbook import write_workbook
from instruments.formats.yaml import write_document
from instruments.versions import canonical_json

Page = Response | str | tuple[str, int] | FlaskResponse
MEDIA = {
    "xlsx": XLSX,
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "csv": "application/zip",
    "txt": "text/plain; charset=utf-8",
    "yaml": "application/yaml",
    "keys": "application/yaml",
}
ENDINGS = {"csv": "csv.zip", "keys": "keys.yaml"}


@authoring.get("/instruments/drafts/<draft_id>/import")
@guard.screen(Permission.INSTRUMENT_EDIT)
def draft_import(draft_id: str) -> str:
    return _door(Opened.of(draft_id))


@authoring.post("/instruments/drafts/<draft_id>/import/<any(table, text):door>")
@guard.screen(Permission.INSTRUMENT_EDIT)
def draft_arrived(draft_id: str, door: str) -> Page:
    opened = Opened.of(draft_id)
    try:
        file_id = kept(door)
    except NothingGiven as wrong:
        return _door(opened, door, str(wrong)), HTTPStatus.UNPROCESSABLE_ENTITY
    address = url_for("authoring.draft_plan", draft_id=draft_id, file_id=file_id)
    return redirect(address, HTTPStatus.SEE_OTHER)


@authoring.get("/instruments/drafts/<draft_id>/import/<file_id>")
@guard.screen(Permission.INSTRUMENT_EDIT, Permission.FILE_READ)
def draft_plan(draft_id: str, file_id: str) -> str:
    opened = Opened.of(draft_id)
    file = arrived(file_id, {})
    return _plan_page(opened, file_id, file, file.read(frameworks()))


@authoring.post("/instruments/drafts/<draft_id>/import/<file_id>/read")
@guard.screen(Permission.INSTRUMENT_EDIT, Permission.FILE_READ)
def draft_take(draft_id: str, file_id: str) -> Page:
    """`do`: again (read with the fixes), marked (the file back with its mistakes), take (what is ticked)."""
    opened = Opened.of(draft_id)
    file = arrived(file_id, fixes_of(request.form))
    do = request.form.get("do", "again")
    if do == "marked" and file.is_readable:
        return marked_file(file)
    read = file.read(frameworks())
    plan = _plan(opened, read)
    if do != "take" or plan is None:
        page = _plan_page(opened, file_id, file, read)
        return (page, HTTPStatus.UNPROCESSABLE_ENTITY) if do == "take" else page
    work = apply(plan, request.form.getlist("accept"))
    body = {"instrument": json.loads(canonical_json(work.instrument)), "scoring": opened.documents.scoring}
    if work.scoring is not None:
        body["scoring"] = json.loads(canonical_json(work.scoring))
    try:
        save(draft_id, opened.revision, documents_of(body))
    except ChangedMeanwhile as clash:
        address = url_for("authoring.draft_clash", draft_id=draft_id, kept=clash.kept)
        return redirect(address, HTTPStatus.SEE_OTHER)
    taken = len(request.form.getlist("accept"))
    flash(
        ngettext("Принято %(num)s изменение.", "Принято %(num)s изменений.", taken)
        + " "
        + _("Кнопка «Отменить» вернёт всё как было."),
        "ok",
    )
    return redirect(url_for("authoring.draft_edit", draft_id=draft_id), HTTPStatus.SEE_OTHER)


@authoring.get("/instruments/drafts/<draft_id>/export/<any(xlsx, ods, csv, txt, yaml, keys):export>")
@guard.screen(Permission.INSTRUMENT_EDIT)
def draft_export(draft_id: str, export: str) -> FlaskResponse:
    """The draft as a file that comes back by the import; `yaml` the questions, `keys` their keys."""
    opened = Opened.of(draft_id)
    instrument, scoring = opened.checked.instrument, opened.checked.scoring
    if instrument is None or (export == "keys" and scoring is None):
        raise Missing
    if export == "yaml":
        content = write_document(instrument).encode()
    elif export == "txt":
        content = write_text(instrument, scoring, frameworks()).text.encode()
    elif export == "keys" and scoring is not None:
        content = write_document(scoring).encode()
    elif export in ("xlsx", "ods", "csv"):
        content = write_workbook(instrument, scoring, export, language=language(), frameworks=frameworks())  # type: ignore[arg-type]  # one of the three
    else:
        raise Missing
    response = FlaskResponse(content, mimetype=MEDIA[export])
    name = quote(f"{opened.title}.{ENDINGS.get(export, export)}")
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    return response


def _door(opened: Opened, door: str = "", error: str = "") -> str:
    return render_template(
        "authoring/editing/draft_import.html",
        draft=opened,
        door=door,
        error=error,
        typed=request.form.get("text", ""),
        sound=opened.checked.instrument is not None,
        errors=[{"text": error, "href": f"#given-{door}"}] if error else None,
    )


def _plan(opened: Opened, read: Read) -> Plan | None:
    """None where the file, or the draft itself, cannot be read as a document."""
    standing = opened.checked.instrument
    if read.instrument is None or standing is None:
        return None
    return merge(Work(standing, opened.checked.scoring), read)


def _plan_page(opened: Opened, file_id: str, file: Arrived, read: Read) -> str:
    plan = _plan(opened, read)
    rows = rows_of(read, language()) if plan is None else _rows(plan)
    action = url_for("authoring.draft_take", draft_id=opened.id, file_id=file_id)
    return arrived_page(file, read, action=action, rows=rows, opened=opened)


def _rows(plan: Plan) -> list[Row]:
    """What may be taken, ticked as it is offered; then what stays the same and what could not be read."""
    ticked = set(request.form.getlist("accept")) if request.method == "POST" else plan.offered
    unread = [
        Row(code, _("строка %(n)s", n=plan.incoming.rows.get(code, "")), "error")
        for code in plan.incoming.left_out
    ]
    whole = [
        Row(
            "",
            _("Вся работа"),
            "changed",
            Plan.WORK,
            Plan.WORK in ticked,
            tuple(one.words(_) for one in plan.work),
        )
    ]
    groups = (("new", plan.new), ("changed", plan.changed), ("removed", plan.removed), ("same", plan.same))
    items = [_row(change, state, ticked) for state, changes in groups for change in changes]
    return [*unread, *(whole if plan.work else []), *(_shared(part, ticked) for part in plan.parts), *items]


def _shared(part: PartChange, ticked: set[str] | frozenset[str]) -> Row:
    """A case, a matrix or a critical item: accepted by itself."""
    details = tuple(one.words(_) for one in part.details)
    return Row("", part.name, part.state, part.key, part.key in ticked, details)


def _row(change: ItemChange, state: str, ticked: set[str] | frozenset[str]) -> Row:
    details = tuple(one.words(_) for one in change.details)
    if state == "same":
        return Row(change.code, change.title, state)
    return Row(change.code, change.title, state, change.key, change.key in ticked, details)
