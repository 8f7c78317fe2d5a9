"""The sheet «Таблицы» ↔ columns and rows of the tables of numbers: a row a column or a row of theirs."""

from __future__ import annotations

from typing import Any

from instruments.formats.arrived import INSTRUMENT, ITEM, Gathered, at
from instruments.formats.vocabulary import TABLE_PARTS, TYPES
from instruments.formats.workbook.cells import (
    Named,
    are_plain,
    code_in,
    hold,
    one_value,
    owner_in,
    text_cells,
)
from instruments.formats.workbook.grid import Row
from instruments.formats.workbook.headings import Table
from instruments.formats.workbook.sheets import TABLE_COLUMNS

_LISTS = ("columns", "rows")
_NUMBERS = tuple(heading for heading in TABLE_COLUMNS if heading.kind == "number")


def read_tables(table: Table | None, gathered: Gathered) -> None:
    """Fill the tables of the items; where it is not said which, a row of the sheet is a column."""
    if table is None:
        return
    items: Any = {item["code"]: item for item in gathered.instrument["items"]}  # type: ignore[attr-defined]
    owner = ""
    for row in table.rows:
        owner = owner_in(table, row, owner, gathered)
        if owner not in items:
            continue
        if items[owner]["type"] != "table":
            facts = {"type": TYPES.said(items[owner]["type"])}
            gathered.problems.append(at(table.cell(row, "item"), "field_not_for_type", **facts))
            continue
        said, cell = table.said(row, "part"), table.cell(row, "part")
        heading = next(one for one in TABLE_COLUMNS if one.field == "part")
        part = one_value(heading, said, cell, gathered) if said else "columns"
        code = code_in(table, row, "code", gathered)
        if code and part:
            items[owner].setdefault(part, []).append(
                _member(table, row, f"items.{owner}.{part}.{code}", gathered)
            )
    for name in _LISTS:
        hold(gathered, ITEM, name, table.languages("title"), table.languages("unit"))


def _member(table: Table, row: Row, path: str, gathered: Gathered) -> dict[str, Any]:
    member: dict[str, Any] = {"code": table.said(row, "code"), "title": table.texts(row, "title")}
    if unit := table.texts(row, "unit"):
        member["unit"] = unit
    for heading in _NUMBERS:
        said, cell = table.said(row, heading.field), table.cell(row, heading.field)
        value = one_value(heading, said, cell, gathered) if said else None
        if value is not None:
            member[heading.field] = value
        gathered.mark(INSTRUMENT, f"{path}.{heading.field}", cell)
    for language in table.languages("title"):
        gathered.mark(INSTRUMENT, f"{path}.title.{language}", table.cell(row, "title", language))
    gathered.mark(INSTRUMENT, path, table.cell(row, "code"))
    return member


def table_rows(item: dict[str, Any], code: str, words: str) -> list[Named]:
    """Rows of the sheet for one item; a list with a text that no cell gives back stays in the item."""
    rows: list[Named] = []
    for name in _LISTS:
        members = item.get(name) or []
        if not all(map(_fits, members)):
            continue
        item.pop(name, None)
        head: Named = {("item", ""): code, ("part", ""): TABLE_PARTS.said(name, words)}
        rows += [head | _cells(member) for member in members]
    return rows


def _fits(member: dict[str, Any]) -> bool:
    return are_plain(member["title"]) and ("unit" not in member or are_plain(member["unit"]))


def _cells(member: dict[str, Any]) -> Named:
    rest = dict(member)
    cells = text_cells(rest, "title") | text_cells(rest, "unit")
    return cells | {(name, ""): value for name, value in rest.items()}
