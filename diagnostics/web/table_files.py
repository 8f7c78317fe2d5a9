"""«Скачать в Excel» of every table: a page asked with `?excel=<id>` answers with that table as a workbook.

The page is made as always, so whoever may see it may have the file, and the file shows what the page shows.
"""

from __future__ import annotations

import html
import re
from base64 import b64encode
from urllib.parse import urlencode

from flask import Response, current_app, g, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from diagnostics import clock
from diagnostics.errors import Missing
from diagnostics.web.spreadsheets import XLSX, spreadsheet
from diagnostics.web.table_cells import table_of
from diagnostics.web.words import clock_time, day

ARGUMENT = "excel"
_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)


def excel_of(grid: str, table_id: str, *, once: bool = False) -> str:
    """Address of «Скачать в Excel» for the table `grid` (markup); "" where the page cannot be asked again.

    `once`: the table is told in answer to a form and kept nowhere, so the link holds the workbook itself.
    """
    if once and request.method == "POST":
        return f"data:{XLSX};base64,{b64encode(_file(str(grid), '').get_data()).decode()}"
    if request.args.get(ARGUMENT) == table_id:
        g.asked_table = str(grid)
    if request.method != "GET":
        return ""
    shown = [pair for pair in request.args.items(multi=True) if pair[0] != ARGUMENT]
    return f"?{urlencode([*shown, (ARGUMENT, table_id)])}"


def is_asked() -> bool:
    """Is the page made for a workbook? Then a list that the screen cuts is given whole."""
    return ARGUMENT in request.args


def answered(result: ResponseReturnValue) -> ResponseReturnValue:
    """What a view answered, or the workbook of the table that was asked for.

    Raises
    ------
    Missing
        When the page holds no such table.
    """
    if not is_asked():
        return result
    grid, page = g.pop("asked_table", None), current_app.make_response(result)
    if page.status_code != 200:  # noqa: PLR2004 - a redirect or a refusal is what it is
        return page
    if grid is None:
        raise Missing
    return _file(grid, _title(page.get_data(as_text=True)))


def _file(grid: str, title: str) -> Response:
    table = table_of(grid)
    now = clock.now()
    about = _("Сведения на %(day)s, %(time)s.", day=day(now), time=clock_time(now))
    return spreadsheet(table, title or table.title, *([title] if title else []), about)


def _title(page: str) -> str:
    """The page's title without the name of the system."""
    found = _TITLE.search(page)
    return html.unescape(found[1]).rpartition(" — ")[0].strip() if found else ""
