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
    return workbook((table,), name, *about)


def workbook(tables: tuple[Table, ...], name: str, *about: str) -> Response:
    """Several tables, a sheet each."""
    title = tables[0].title if len(tables) == 1 else name
    content = xlsx(tables, words_of(str(get_locale() or "ru")), title=title, about=about, stamp=clock.now())
    response = Response(content, mimetype=XLSX)
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}.xlsx"
    return response
