"""The sheet «Матрицы» ↔ what the rows of a matrix share: a row a mark of its scale."""

from __future__ import annotations

from typing import Any

from instruments.formats.arrived import INSTRUMENT, Gathered, at
from instruments.formats.values import flag_of, number_of
from instruments.formats.vocabulary import FLAGS
from instruments.formats.workbook.cells import Named, are_plain, code_in, hold, text_cells
from instruments.formats.workbook.grid import Row
from instruments.formats.workbook.headings import Table
from instruments.texts import SOURCE_LANGUAGE


def read_matrices(table: Table | None, gathered: Gathered) -> None:
    """A code stands in each row, or once above the marks of its scale."""
    if table is None:
        return
    matrices: dict[str, dict[str, Any]] = {}
    code = ""
    for row in table.rows:
        if table.said(row, "code") or not code:
            code = code_in(table, row, "code", gathered)
        if not code:
            continue
        gathered.mark(INSTRUMENT, f"matrices.{code}", table.cell(row, "code"))
        matrix = matrices.setdefault(code, {"code": code, "text": {}, "scale": []})
        matrix["text"] |= _marked(table, row, f"matrices.{code}.text", "text", gathered)
        _opt_out(table, row, matrix)
        _point(table, row, matrix, gathered)
    if matrices:
        gathered.instrument["matrices"] = list(matrices.values())
    hold(gathered, INSTRUMENT, "matrices", table.languages("text"), table.languages("mark"))


def _marked(table: Table, row: Row, path: str, field: str, gathered: Gathered) -> dict[str, str]:
    for language in table.languages(field):
        gathered.mark(INSTRUMENT, f"{path}.{language}", table.cell(row, field, language))
    return table.texts(row, field)


def _opt_out(table: Table, row: Row, matrix: dict[str, Any]) -> None:
    said = table.texts(row, "opt_out")
    flag = flag_of(said.get(SOURCE_LANGUAGE, ""))
    if said and flag is not False:
        matrix["opt_out"] = True if flag else said


def _point(table: Table, row: Row, matrix: dict[str, Any], gathered: Gathered) -> None:
    said = table.said(row, "value")
    if not said and not table.texts(row, "mark"):
        return
    value = number_of(said)
    if not isinstance(value, int):
        gathered.problems.append(at(table.cell(row, "value"), "number_wrong", value=said[:64]))
        value = len(matrix["scale"]) + 1
    path = f"matrices.{matrix['code']}.scale.{value}"
    gathered.mark(INSTRUMENT, path, table.cell(row, "value"))
    text = _marked(table, row, f"{path}.text", "mark", gathered)
    matrix["scale"].append({"value": value, "text": text})


def matrix_rows(document: dict[str, Any], words: str) -> list[Named]:
    """Rows of the sheet; a matrix with a text that no cell gives back stays in the document."""
    matrices = document.get("matrices", [])
    if len({matrix["code"] for matrix in matrices}) < len(matrices) or not all(map(_fits, matrices)):
        return []
    document.pop("matrices", None)
    return [row for matrix in matrices for row in _rows(matrix, words)]


def _fits(matrix: dict[str, Any]) -> bool:
    texts = [matrix["text"], *(point["text"] for point in matrix["scale"])]
    own = matrix.get("opt_out", True)
    return all(text == {} or are_plain(text) for text in texts) and (
        own is True or (are_plain(own) and flag_of(own.get(SOURCE_LANGUAGE, "")) is None)
    )


def _rows(matrix: dict[str, Any], words: str) -> list[Named]:
    head: Named = text_cells(dict(matrix), "text")
    if matrix.get("opt_out") is True:
        head["opt_out", SOURCE_LANGUAGE] = FLAGS.said("yes", words)
    else:
        head |= text_cells(dict(matrix), "opt_out")
    marks: list[Named] = [
        {("value", ""): point["value"]} | text_cells(dict(point), "text", "mark") for point in matrix["scale"]
    ]
    first, *others = marks or [{}]
    code: Named = {("code", ""): matrix["code"]}
    return [code | head | first, *(code | mark for mark in others)]
