"""«Мои данные»: everything that is held about me, on the page and as a file."""

from __future__ import annotations

from typing import Any

from flask import Response, jsonify, render_template
from flask_babel import gettext as _

from diagnostics import clock
from diagnostics.access import Permission
from diagnostics.database import compact_json
from diagnostics.errors import Missing
from diagnostics.upkeep import own_data
from diagnostics.upkeep.own_data import Cell, Section
from diagnostics.web import guard
from diagnostics.web.account.blueprint import account
from diagnostics.web.account.words import COLUMNS, SECTIONS
from diagnostics.web.guard import screen
from reports.render.xlsx import xlsx
from reports.tables import Column, Table
from reports.wording.words import Words

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@account.get("/account/data")
@screen(Permission.ACCOUNT_OWN, of_object=False)
def my_data() -> str:
    sections = [(_(SECTIONS[one.code]), len(one.rows)) for one in _collected()]
    return render_template("account/data.html", sections=sections)


@account.get("/account/data.json")
@screen(Permission.ACCOUNT_OWN, of_object=False)
def my_data_json() -> Response:
    response = jsonify({"made_at": clock.now().isoformat(), **own_data.as_json(_collected())})
    return _attached(response, "json")


@account.get("/account/data.xlsx")
@screen(Permission.ACCOUNT_OWN, of_object=False)
def my_data_xlsx() -> Response:
    tables = tuple(_table(section) for section in _collected())
    about = (_("Всё, что хранится о вас в системе «Ориентир». Время — всемирное (UTC)."),)
    content = xlsx(tables, Words(), title=_("Мои данные"), about=about, stamp=clock.now())
    return _attached(Response(content, mimetype=XLSX), "xlsx")


def _collected() -> tuple[Section, ...]:
    person_id = guard.actor().person_id
    if person_id is None:
        raise Missing
    return own_data.collect(person_id)


def _table(section: Section) -> Table:
    columns = tuple(Column(_(COLUMNS[name])) for name in section.columns)
    rows = tuple(tuple(_cell(value) for value in row) for row in section.rows)
    return Table(_(SECTIONS[section.code]), columns, rows)


def _cell(value: Cell) -> Any:
    """Numbers stay numbers; what has parts is written as JSON."""
    if isinstance(value, bool):
        return _("да") if value else _("нет")
    return compact_json(value) if isinstance(value, list | dict) else value


def _attached(response: Response, ending: str) -> Response:
    response.headers["Content-Disposition"] = f"attachment; filename=orientir-my-data.{ending}"
    return response
