"""«Скачать в Excel»: a table of reports/ as an attachment, for every room."""

from __future__ import annotations

from urllib.parse import quote

from flask import Response
from flask_babel import get_locale

from diagnostics import clock
from diagnostics.reporting.language import words_of
from reports.render.xlsx import xlsx
from reports.tables import Table

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def spreadsheet(table: Table, name: str, *about: str) -> Response:
    """One table as an XLSX attachment; `about` are lines of its first sheet."""
    content = xlsx(
        (table,), words_of(str(get_locale() or "ru")), title=table.title, about=about, stamp=clock.now()
    )
    response = Response(content, mimetype=XLSX)
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}.xlsx"
    return response
