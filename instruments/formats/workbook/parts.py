"""The sheet «Варианты»: options, marks of scales, levels and pairs, each with its item."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from instruments.formats.arrived import INSTRUMENT, Cell, Gathered, at
from instruments.formats.values import CODES, LETTERS, flag_of, list_of, number_of, written
from instruments.formats.vocabulary import PARTS
from instruments.formats.workbook.grid import Row, text_of
from instruments.formats.workbook.headings import Table


class Part(NamedTuple):
    """One row, for each of the items that it names. `texts` and `mistakes` by language; `kind` "" = the type's own.

    `label` is what the file calls it where that is not the letter of its place.
    """

    kind: str
    code: str
    texts: dict[str, str]
    right: bool
    mistakes: dict[str, str]
    points: float | None
    cells: dict[str, Cell]
    label: str = ""


class Parts(NamedTuple):
    """Parts by item code, or by row where they stand with their question; the languages that the sheet has."""

    by_item: dict[str, list[Part]]
    cells: dict[str, Cell]  # item code → where it is first named
    languages: list[str]
    mistakes: list[str]
    by_row: Mapping[int, list[Part]] = MappingProxyType({})

    def of(self, item: str, row: int) -> list[Part]:
        return self.by_row.get(row) or self.by_item.get(item, [])


def read_parts(table: Table | None, gathered: Gathered) -> Parts:
    by_item: dict[str, list[Part]] = defaultdict(list)
    cells: dict[str, Cell] = {}
    if table is None:
        return Parts(by_item, cells, [], [])
    owners: list[str] = []
    for row in table.rows:
        named = list_of(text_of(table.value(row, "item")))
        owners = named or owners  # a code stands once above its options, as in printed lists
        part = _part(table, row, gathered)
        for item in owners:
            cells.setdefault(item, table.cell(row, "item"))
            by_item[item].append(part)
        if not owners:
            gathered.problems.append(at(table.cell(row, "item"), "part_of_nothing", item=""))
    return Parts(by_item, cells, table.languages("text"), table.languages("mistake"))


def _part(table: Table, row: Row, gathered: Gathered) -> Part:
    fields = ("part", "code", "right", "points")
    said = {field: text_of(table.value(row, field)) for field in fields}
    cells = {field: table.cell(row, field) for field in (*fields, "item")}
    cells |= {f"text.{language}": table.cell(row, "text", language) for language in table.languages("text")}
    cells |= {
        f"mistake.{language}": table.cell(row, "mistake", language) for language in table.languages("mistake")
    }
    kind = PARTS.code(said["part"]) if said["part"] else ""
    if kind is None:
        gathered.problems.append(
            at(cells["part"], "part_unknown", known=PARTS.known(), value=said["part"][:64])
        )
    right = flag_of(said["right"]) if said["right"] else False
    if right is None:
        gathered.problems.append(at(cells["right"], "flag_wrong", value=said["right"][:64]))
    points = number_of(said["points"]) if said["points"] else None
    if said["points"] and points is None:
        gathered.problems.append(at(cells["points"], "number_wrong", value=said["points"][:64]))
    return Part(
        kind or "",
        said["code"],
        _texts(table, row, "text"),
        bool(right),
        _texts(table, row, "mistake"),
        points,
        cells,
    )


def _texts(table: Table, row: Row, field: str) -> dict[str, str]:
    said = {language: text_of(table.value(row, field, language)) for language in table.languages(field)}
    return {language: text for language, text in said.items() if text}


def members(parts: list[Part], item: str, field: str, gathered: Gathered) -> list[dict[str, Any]]:
    """The list `field` of an item («options», «scale») from its rows; codes that are missing are given."""
    found: list[dict[str, Any]] = []
    name = "value" if field == "scale" else "code"
    for place, part in enumerate(parts):
        code: str | int = _code_of(part, place, field)
        if name == "value":
            number = number_of(str(code))
            if not isinstance(number, int):
                gathered.problems.append(at(part.cells["code"], "number_wrong", value=part.code[:64]))
                number = place
            code = number
        where = f"items.{item}.{field}.{code}"
        for cell_name, cell in part.cells.items():
            gathered.mark(INSTRUMENT, f"{where}.{cell_name}", cell)
        gathered.mark(INSTRUMENT, where, part.cells.get("text.ru", part.cells["code"]))
        found.append({name: code, "text": part.texts})
    return found


def _code_of(part: Part, place: int, field: str) -> str:
    """A Russian letter of a list stands for its place: «Б» is the option `b`."""
    if field == "scale":
        return part.code or written(place + 1)
    code = part.code.rstrip(").")
    if not code:
        return CODES[place] if place < len(CODES) else f"o{place + 1}"
    letter = LETTERS.find(code.upper()) if len(code) == 1 else -1
    return CODES[letter] if letter >= 0 else code
