"""Cells of one row of an XLSX: the few kinds of values that Excel writes."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from xml.etree.ElementTree import Element

from instruments.formats.arrived import Cell, PlacedProblem, at, notice
from instruments.formats.limits import MOST_CELL, MOST_COLUMNS
from instruments.formats.workbook.grid import Value

_LETTERS = re.compile(r"[A-Z]{1,3}")
_LAST_COLUMN = 16_384  # of Excel


def cells_of(
    row: Element, here: Cell, strings: Sequence[str], dates: Collection[int], problems: list[PlacedProblem]
) -> tuple[Value, ...]:
    """Values from the first column on, without the blank end.

    `here`: sheet and row; `strings`: shared ones; `dates`: styles that make a number a date. ValueError and
    IndexError for what no spreadsheet writes.
    """
    values: list[Value] = []
    column = 0
    for element in row:
        said = element.get("r")
        column = column_number(_letters(said)) if said else column + 1
        value = (
            _value(element, here._replace(column=column), strings, dates, problems) if len(element) else None
        )
        if value is None:
            continue
        if column > MOST_COLUMNS:
            return (*values, *[None] * (MOST_COLUMNS - len(values)), value)  # too many, as the caller tells
        values += [None] * (column - 1 - len(values))
        values.append(value)
    return tuple(values)


def _value(
    cell: Element, here: Cell, strings: Sequence[str], dates: Collection[int], problems: list[PlacedProblem]
) -> Value:
    parts = {part.tag.rpartition("}")[2]: part for part in cell}
    kind, raw = cell.get("t", "n"), parts["v"].text if "v" in parts else None
    if "f" in parts:
        problems.append(notice(here, "formula_ignored"))
    elif kind == "inlineStr" and "is" in parts:
        return _text("".join(_words(parts["is"])), here, problems)
    elif raw is None:
        return None
    elif kind in ("s", "str"):
        return _text(strings[int(raw)] if kind == "s" else raw, here, problems)
    elif kind == "e":
        problems.append(at(here, "cell_error", value=raw[:16]))
    elif kind == "d" or (kind == "n" and int(cell.get("s", "0")) in dates):
        problems.append(at(here, "cell_date"))
    else:
        return _plain(kind, raw)
    return None


def _plain(kind: str, raw: str) -> Value:
    if kind == "b":
        return raw.strip() in ("1", "true")
    return float(raw) if any(sign in raw for sign in ".eE") else int(raw)


def _words(inline: Element) -> list[str]:
    """Plain and rich text; how a word is read aloud is no part of it."""
    found = []
    for part in inline:
        name = part.tag.rpartition("}")[2]
        if name == "t":
            found.append(part.text or "")
        elif name == "r":
            found += _words(part)
    return found


def _text(value: str, here: Cell, problems: list[PlacedProblem]) -> Value:
    if len(value) > MOST_CELL:
        problems.append(at(here, "cell_too_long", length=len(value), most=MOST_CELL))
        return None
    return value if value.strip() else None


def _letters(address: str) -> bytes:
    found = _LETTERS.match(address)
    if found is None:
        raise ValueError(address)
    return found[0].encode()


def column_number(name: bytes) -> int:
    """A → 1, AA → 27; ValueError beyond the last column of a spreadsheet."""
    number = 0
    for letter in name[:3]:
        number = number * 26 + letter - 64
    if number > _LAST_COLUMN:
        raise ValueError(name)
    return number
