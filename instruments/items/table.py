"""Numbers in rows and columns. Answer: {"rows": [{"row": "r1", "cells": {"c1": 12}}, …]}, filled cells only.

Rows that the author names are told by their codes, in the order of the document. Rows that the person adds
are numbered from "1"; one that holds nothing is left out, and those after it move up.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from instruments.document import Column, TableItem
from instruments.items import number
from instruments.items.outcome import EMPTY, Answer, AnswerProblem, Reading, is_empty, refused
from instruments.items.protocol import ScoreAnswer
from instruments.keys import ItemKey
from instruments.texts import SOURCE_LANGUAGE, Texts, say
from instruments.words import ROW, Translate, unchanged

OMITTED_IS_ZERO = False

Cells = Mapping[str, object]


def read(item: TableItem, raw: object) -> Reading:
    """Every cell is a number of its column or empty; a mistake names its row and column in words."""
    if is_empty(raw):
        return EMPTY
    given = _rows(raw)
    if given is None:
        return refused("wrong_shape")
    wrong = _misplaced(item, given)
    if wrong is not None:
        return Reading(None, (wrong,))
    read_rows = [_read_row(item, code, place, cells) for place, code, cells in _ordered(item, given)]
    problems = tuple(problem for _, _, found in read_rows for problem in found)
    if problems:
        return Reading(None, problems)
    return _stored(item, [(code, cells) for code, cells, _ in read_rows if cells])


def scorer(item: TableItem, key: ItemKey) -> ScoreAnswer | None:  # noqa: ARG001  one signature for all types
    """Facts are neither right nor wrong."""
    return None


def describe(item: TableItem, answer: Answer, language: str, translate: Translate = unchanged) -> str:
    """«Ноутбуки: всего 12 шт., исправных 10 шт.; …»."""
    rows = _rows(answer) or []
    return "; ".join(
        f"{row_name(item, code, place, language, translate)}: {_told(item, cells, language)}"
        for place, (code, cells) in enumerate(rows, 1)
    )


def row_name(item: TableItem, code: str, place: int, language: str, translate: Translate = unchanged) -> str:
    """The author's title of the row; «Строка 2» of one that the person added."""
    titles = {row.code: say(row.title, language) for row in item.rows}
    return titles.get(code) or translate(ROW) % {"number": place}


def cell_name(item: TableItem, row: str, column: Column) -> Texts:
    """«Ноутбуки, всего»: what a mistake of the cell is called by; the column alone in added rows."""
    titles = [one.title for one in item.rows if one.code == row] + [column.title]
    languages = dict.fromkeys((SOURCE_LANGUAGE, *column.title))
    return {language: ", ".join(say(one, language) for one in titles) for language in languages}


def cells_of(answer: object) -> dict[str, dict[str, object]]:
    """What stands in the cells, by row and column, of a stored answer or of what was typed."""
    return {code: dict(cells) for code, cells in _rows(answer) or []}


def _rows(raw: object) -> list[tuple[str, Cells]] | None:
    rows = raw.get("rows") if isinstance(raw, Mapping) and set(raw) == {"rows"} else None
    if not isinstance(rows, list):
        return None
    found = []
    for row in rows:
        if not isinstance(row, Mapping) or set(row) != {"row", "cells"}:
            return None
        code, cells = row["row"], row["cells"]
        if not isinstance(code, str) or not isinstance(cells, Mapping):
            return None
        found.append((code, cells))
    return found


def _misplaced(item: TableItem, given: list[tuple[str, Cells]]) -> AnswerProblem | None:
    """A row or column that the question does not have, a row told twice, more rows than may be added."""
    codes = [code for code, _ in given]
    if item.repeat is not None:
        if len(codes) > item.repeat.most:
            return AnswerProblem("too_many_rows", {"given": len(codes), "most": item.repeat.most})
        known = {str(place) for place in range(1, item.repeat.most + 1)}
    else:
        known = {row.code for row in item.rows}
    columns = {column.code for column in item.columns}
    for code, cells in given:
        for name in ([] if code in known else [code]) + [one for one in cells if one not in columns]:
            return AnswerProblem("option_unknown", {"option": str(name)[:64]})
        if codes.count(code) > 1:
            return AnswerProblem("option_repeated", {"option": code[:64]})
    return None


def _ordered(item: TableItem, given: list[tuple[str, Cells]]) -> Iterator[tuple[int, str, Cells]]:
    """Rows with their place on the page, from 1."""
    cells = dict(given)
    if item.repeat is not None:
        yield from ((int(code), code, cells[code]) for code in sorted(cells, key=int))
    else:
        yield from ((place, row.code, cells.get(row.code, {})) for place, row in enumerate(item.rows, 1))


def _read_row(
    item: TableItem, code: str, place: int, cells: Cells
) -> tuple[str, dict[str, int | float], list[AnswerProblem]]:
    found: dict[str, int | float] = {}
    problems: list[AnswerProblem] = []
    for column in item.columns:
        answer, wrong = number.read(column, cells.get(column.code))
        problems += [_at(item, code, place, column, problem) for problem in wrong]
        if isinstance(answer, (int, float)):
            found[column.code] = answer
    return code, found, problems


def _at(item: TableItem, code: str, place: int, column: Column, problem: AnswerProblem) -> AnswerProblem:
    params: dict[str, Any] = {
        **problem.params,
        "number": place,
        "name": cell_name(item, code, column),
        "row": code,
        "column": column.code,
    }
    return AnswerProblem(f"cell_{problem.code}", params)


def _stored(item: TableItem, rows: list[tuple[str, dict[str, int | float]]]) -> Reading:
    if not rows:
        return EMPTY
    if item.repeat is not None:
        rows = [(str(place), cells) for place, (_, cells) in enumerate(rows, 1)]
    return Reading({"rows": [{"row": code, "cells": cells} for code, cells in rows]})


def _told(item: TableItem, cells: Cells, language: str) -> str:
    known = {column.code: column for column in item.columns}
    parts = []
    for code, value in cells.items():
        column = known.get(code)
        name = say(column.title, language) if column else code
        told = (
            number.describe(column, value, language) if column and isinstance(value, (int, float)) else value
        )
        parts.append(f"{name} {told}")
    return ", ".join(parts)
