"""The sheet «Вопросы»: a row an item, with its entry in the scoring."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from instruments.formats.arrived import ENTRY, ITEM, SCORING, Cell, Gathered, at, notice
from instruments.formats.naming import Namer
from instruments.formats.values import CODE
from instruments.formats.vocabulary import PART_OF_TYPE
from instruments.formats.workbook.grid import Row, text_of
from instruments.formats.workbook.headings import Table
from instruments.formats.workbook.itemrow import ItemRow
from instruments.formats.workbook.parts import Parts
from instruments.framework import Framework

SCORING_FIELDS = {"key", "points", "competences", "rationale", "reverse", "cognitive"}


class Asked(NamedTuple):
    """Where an item wants to stand: codes of its section and forms, "" and () when it does not say."""

    code: str
    section: str
    forms: tuple[str, ...]
    cell: Cell


def read_questions(
    table: Table, parts: Parts, gathered: Gathered, framework: Framework | None
) -> list[Asked]:
    """Fill items and keys; where each item wants to stand is the answer."""
    _hold(table, parts, gathered)
    namer = Namer(text_of(table.value(row, "code")) for row in table.rows)
    items: list[dict[str, Any]] = []
    keys: dict[str, Any] = {}
    scoring: Any = gathered.scoring
    asked = []
    for row in table.rows:
        if all(table.value(row, field, language) is None for field, language in table.columns):
            continue
        code = _code(table, row, gathered, namer)
        read = ItemRow(table, row, code, parts, gathered, framework, namer)
        items.append(read.item())
        entry = read.entry(items[-1])
        if entry:
            keys[code] = entry
        asked.append(
            Asked(code, text_of(table.value(row, "section")), _forms(table, row), table.cell(row, "section"))
        )
    gathered.instrument["items"], scoring["items"] = items, keys
    _tell(table, parts, gathered, namer)
    return asked


def _code(table: Table, row: Row, gathered: Gathered, namer: Namer) -> str:
    """The row's own code, or a new one where it has none, a taken or an impossible one."""
    said, cell = text_of(table.value(row, "code")), table.cell(row, "code")
    code = said
    if not said:
        code = namer.code()
    elif not CODE.fullmatch(said):
        code = namer.code()
        gathered.problems.append(at(cell, "code_wrong", value=said[:64]))
    elif said in gathered.rows:
        code = namer.code()
        facts = {"code": said, "row": gathered.rows[said], "given": code}
        gathered.problems.append(at(cell, "code_taken", **facts))
    if code != said:
        gathered.given.add(code)
    gathered.rows[code] = row.number
    return code


def _forms(table: Table, row: Row) -> tuple[str, ...]:
    return tuple(part for part in re.split(r"[,;\s]+", text_of(table.value(row, "form"))) if part)


def _hold(table: Table, parts: Parts, gathered: Gathered) -> None:
    """What this workbook has room for."""
    for field, language in table.columns:
        part = ENTRY if field in SCORING_FIELDS else ITEM
        name = (
            "options" if field.startswith("option.") else field.removesuffix(".least").removesuffix(".most")
        )
        gathered.held |= {(part, name, language), (part, name, "")}
        if field == "importance":
            gathered.held.add((SCORING, field, ""))
    if parts.languages:
        for field in {*PART_OF_TYPE.values(), "prompts"}:
            gathered.held |= {(ITEM, field, language) for language in (*parts.languages, "")}
    gathered.held |= {(ENTRY, "mistakes", language) for language in parts.mistakes}
    gathered.held |= {(ITEM, "code", "")}


def _tell(table: Table, parts: Parts, gathered: Gathered, namer: Namer) -> None:
    here = Cell(table.sheet)
    if gathered.given:
        gathered.problems.append(notice(here, "codes_given", codes=", ".join(namer.codes)))
    if namer.titles:
        gathered.problems.append(notice(here, "titles_made", count=len(namer.titles)))
    gathered.problems += (
        at(cell, "part_of_nothing", item=item[:64])
        for item, cell in parts.cells.items()
        if item not in gathered.rows
    )
