"""The page of a file that arrived: cells to type anew, what of it is new, changed, removed; the file given back marked."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Response, render_template, request
from flask_babel import gettext as _
from flask_babel import ngettext

from diagnostics.web.authoring.drafting.arriving import (
    MOST_ROWS,
    Row,
    fixes_to_make,
    frameworks,
    keep,
    name_of,
    remarks_on,
)
from diagnostics.web.authoring.drafting.opened import Opened
from instruments.formats.arrived import Read
from instruments.formats.fixing import Arrived, place_of
from instruments.formats.limits import MOST_BYTES
from instruments.formats.marking import marked
from instruments.formats.workbook import kind_of
from instruments.problems import Severity

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class NothingGiven(Exception):  # noqa: N818 - reads as the answer it gives
    """Neither a file nor a text, or one that is too big; the words stand in it."""


def kept(door: str) -> str:
    """Id of what was posted; `door`: table or text."""
    upload, typed = request.files.get("file"), request.form.get("text", "")
    if upload is not None and upload.filename:
        name, content = upload.filename, upload.read(MOST_BYTES + 1)
    else:
        name, content = "", typed.encode("utf-8", "replace") if door == "text" else b""
    if not content.strip():
        raise NothingGiven(_("Выберите файл") if door == "table" else _("Вставьте текст или выберите файл"))
    if len(content) > MOST_BYTES:
        raise NothingGiven(_("Файл больше %(most)s КБ: разделите работу на две.", most=MOST_BYTES // 1024))
    return keep(name or _("Новая работа"), content, is_text=door == "text" or kind_of(content) == "docx")


def arrived_page(
    file: Arrived, read: Read, *, action: str, rows: Sequence[Row], opened: Opened | None = None
) -> str:
    """`opened`: the draft into which the file goes; without one it makes a new draft."""
    fixes = fixes_to_make(file, read.problems)
    shown = {fix.name for fix in fixes}
    wrong = [one for one in read.problems if one.severity is Severity.ERROR]
    others = [one for one in wrong if place_of(one) is None]
    errors = len(wrong) - len(others)
    return render_template(
        "authoring/editing/arrived.html",
        draft=opened,
        action=action,
        file=file,
        fixes=fixes[:MOST_ROWS],
        others=others,
        remarks=remarks_on(read.problems),
        kept=[(name_of(place), said) for place, said in file.fixes.items() if name_of(place) not in shown],
        rows=rows[:MOST_ROWS],
        more=max(0, len(rows) - MOST_ROWS),
        ready=0 if read.instrument is None else len(read.instrument.items),
        errors_number=errors,
        translate=_,
        told=ngettext("Нужно исправить %(num)s ошибку", "Нужно исправить %(num)s ошибок", errors),
    )


def marked_file(file: Arrived) -> Response:
    content = marked(file, file.read(frameworks()).problems, _)
    response = Response(content, mimetype=XLSX)
    response.headers["Content-Disposition"] = 'attachment; filename="marked.xlsx"'
    return response
