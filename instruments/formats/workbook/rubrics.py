"""The sheet «Рубрики» ↔ what an expert marks a long answer by: a row a level of a criterion."""

from __future__ import annotations

from typing import Any

from instruments.formats.arrived import ENTRY, SCORING, Gathered, at
from instruments.formats.keeping import RUBRIC
from instruments.formats.values import number_of
from instruments.formats.vocabulary import TYPES
from instruments.formats.workbook.cells import Named, are_plain, code_in, hold, owner_in, text_cells
from instruments.formats.workbook.grid import Row
from instruments.formats.workbook.headings import Table

_MOST_POINTS = 1000


def read_rubrics(table: Table | None, gathered: Gathered) -> None:
    """Fill the keys of long answers. Item and criterion stand in each row, or once above their levels."""
    scoring: Any = gathered.scoring
    if table is None or scoring is None:
        return
    owner, code = "", ""
    rubrics: dict[str, dict[str, dict[str, Any]]] = {}
    for row in table.rows:
        before, owner = owner, owner_in(table, row, owner, gathered)
        if table.said(row, "code") or owner != before or not code:
            code = code_in(table, row, "code", gathered)
        if not code or not _takes(owner, table, row, gathered):
            continue
        rubric = rubrics.setdefault(owner, {})
        path = f"items.{owner}.key.criteria"
        gathered.mark(SCORING, f"{path}.{code}", table.cell(row, "code"))
        gathered.mark(SCORING, path, table.cell(row, "code"))
        criterion = rubric.setdefault(code, {"code": code, "title": {}, "levels": []})
        criterion["title"] |= table.texts(row, "title")
        _level(table, row, criterion, gathered)
    for item, rubric in rubrics.items():
        scoring["items"].setdefault(item, {})["key"] = {"criteria": list(rubric.values())}
    hold(gathered, ENTRY, RUBRIC, table.languages("title"), table.languages("text"))


def _takes(owner: str, table: Table, row: Row, gathered: Gathered) -> bool:
    """Whether the item is one that an expert marks."""
    items: Any = gathered.instrument["items"]
    kind = next((item["type"] for item in items if item["code"] == owner), "")
    if kind not in ("long_text", ""):
        problem = at(table.cell(row, "item"), "rubric_not_for_type", type=TYPES.said(kind))
        gathered.problems.append(problem)
    return bool(kind == "long_text")


def _level(table: Table, row: Row, criterion: dict[str, Any], gathered: Gathered) -> None:
    said, text = table.said(row, "points"), table.texts(row, "text")
    if not said and not text:
        return
    points = number_of(said)
    if points is None or not 0 <= points <= _MOST_POINTS:
        gathered.problems.append(at(table.cell(row, "points"), "number_wrong", value=said[:64]))
        return
    criterion["levels"].append({"points": points, "text": text})


def rubric_rows(entry: dict[str, Any], code: str) -> list[Named]:
    """Rows of the sheet for one item; a rubric that no cells give back stays in the entry."""
    key = entry.get("key")
    if not isinstance(key, dict) or not key.get("criteria") or not _fits(key["criteria"]):
        return []
    del entry["key"]
    return [row for criterion in key["criteria"] for row in _rows(criterion, code)]


def _fits(criteria: list[dict[str, Any]]) -> bool:
    texts = [text for one in criteria for text in (one["title"], *(level["text"] for level in one["levels"]))]
    unique = len({one["code"] for one in criteria}) == len(criteria)
    return unique and all(text == {} or are_plain(text) for text in texts)


def _rows(criterion: dict[str, Any], item: str) -> list[Named]:
    head: Named = {("item", ""): item, ("code", ""): criterion["code"]}
    levels: list[Named] = [
        {("points", ""): level["points"]} | text_cells(dict(level), "text") for level in criterion["levels"]
    ]
    first, *others = levels or [{}]
    return [head | text_cells(dict(criterion), "title") | first, *(head | level for level in others)]
