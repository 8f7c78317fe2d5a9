"""One cell of a sheet: what a person typed there → a plain value of the document, and texts the other way."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

from instruments.formats.arrived import Cell, Gathered, at
from instruments.formats.values import CODE, flag_of, number_of
from instruments.formats.workbook.grid import Row, Value, text_of
from instruments.formats.workbook.headings import Table
from instruments.formats.workbook.sheets import Heading

Named: TypeAlias = dict[tuple[str, str], Value]  # cells of a row: (field, language) → value


def one_value(heading: Heading, said: str, cell: Cell, gathered: Gathered) -> Any:
    """The value of a cell that is not empty; None, and told, where the column cannot hold what is typed."""
    if heading.words is not None:
        code = heading.words.code(said)
        if code is None:
            gathered.problems.append(at(cell, "word_unknown", known=heading.words.known(), value=said[:64]))
        return code
    if heading.kind not in ("number", "flag"):
        return said
    value = number_of(said) if heading.kind == "number" else flag_of(said)
    if value is None:
        code = "number_wrong" if heading.kind == "number" else "flag_wrong"
        gathered.problems.append(at(cell, code, value=said[:64]))
    return value


def code_in(table: Table, row: Row, field: str, gathered: Gathered) -> str:
    """The code of the cell; "", and told, where none is typed or it cannot be one."""
    said = table.said(row, field)
    if CODE.fullmatch(said):
        return said
    gathered.problems.append(
        at(table.cell(row, field), "code_wrong" if said else "code_missing", value=said[:64])
    )
    return ""


def owner_in(table: Table, row: Row, before: str, gathered: Gathered) -> str:
    """Code of the item that the row belongs to: its own, or the one above it; "", and told, where there is none."""
    said = table.said(row, "item")
    owner = said or before
    if (said or not before) and owner not in gathered.rows:
        gathered.problems.append(at(table.cell(row, "item"), "part_of_nothing", item=said[:64]))
    return owner


def hold(gathered: Gathered, document: str, field: str, *languages: Sequence[str]) -> None:
    """The file has room for the field, in these languages."""
    gathered.held |= {(document, field, language) for several in languages for language in several}
    gathered.held.add((document, field, ""))


def is_plain(text: object) -> bool:
    """Whether a cell gives the text back as it is."""
    return isinstance(text, str) and bool(text) and text == text_of(text) and "\r" not in text


def are_plain(texts: object) -> bool:
    return isinstance(texts, dict) and bool(texts) and all(map(is_plain, texts.values()))


def text_cells(source: dict[str, Any], name: str, column: str = "") -> Named:
    """Cells of the texts `name`, which are taken out of `source`; none where a cell would not give them back."""
    if not are_plain(source.get(name)):
        return {}
    return {(column or name, language): text for language, text in source.pop(name).items()}
