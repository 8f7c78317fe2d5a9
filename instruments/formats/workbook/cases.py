"""The sheet «Кейсы» ↔ the texts that several questions are about: a row a case."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from instruments.formats.arrived import INSTRUMENT, Gathered
from instruments.formats.workbook.cells import Named, code_in, hold, text_cells
from instruments.formats.workbook.headings import Table


def read_cases(table: Table | None, gathered: Gathered) -> None:
    if table is None:
        return
    cases: list[dict[str, Any]] = []
    for row in table.rows:
        code = code_in(table, row, "code", gathered)
        if not code:
            continue
        cases.append({"code": code, "title": table.texts(row, "title"), "text": table.texts(row, "text")})
        gathered.mark(INSTRUMENT, f"stimuli.{code}", table.cell(row, "code"))
        for field in ("title", "text"):
            for language in table.languages(field):
                gathered.mark(
                    INSTRUMENT, f"stimuli.{code}.{field}.{language}", table.cell(row, field, language)
                )
    if cases:
        gathered.instrument["stimuli"] = cases
    hold(gathered, INSTRUMENT, "stimuli", table.languages("title"), table.languages("text"))


def case_rows(document: dict[str, Any]) -> list[Named]:
    """Rows of the sheet; a picture, and a text that no cell gives back, stay in the document."""
    cases = document.get("stimuli", [])
    if len({case["code"] for case in cases}) < len(cases):
        return []  # what is left could not say whose it is
    rows, left = [], []
    for case in cases:
        rest = dict(case)
        rows.append({("code", ""): rest.pop("code")} | text_cells(rest, "title") | text_cells(rest, "text"))
        left += [{"code": case["code"]} | rest] if rest else []
    keep(document, "stimuli", left)
    return rows


def keep(document: dict[str, Any], name: str, left: Sequence[dict[str, Any]]) -> None:
    """Leave in the document what its sheet does not carry."""
    document.pop(name, None)
    if left:
        document[name] = list(left)
