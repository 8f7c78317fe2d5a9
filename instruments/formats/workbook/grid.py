"""What all kinds of workbooks come down to: named sheets of rows of plain values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

from instruments.formats.arrived import PlacedProblem

Value: TypeAlias = str | int | float | bool | None


class Row(NamedTuple):
    """`number` counts from 1 in the file; blank cells are None."""

    number: int
    values: tuple[Value, ...]


class Merge(NamedTuple):
    """Rows and columns from 1, both ends included."""

    top: int
    left: int
    bottom: int
    right: int

    def words(self) -> str:
        return f"{letters(self.left)}{self.top}:{letters(self.right)}{self.bottom}"


@dataclass(slots=True)
class Sheet:
    """Rows that are not blank. `problems` are told with the sheet and row, without a heading yet."""

    name: str
    rows: Sequence[Row]
    merges: Sequence[Merge] = ()
    problems: list[PlacedProblem] = field(default_factory=list)


@dataclass(slots=True)
class Book:
    sheets: list[Sheet]
    problems: list[PlacedProblem] = field(default_factory=list)


def letters(column: int) -> str:
    """Name of the column in a spreadsheet: 1 → A, 27 → AA."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def text_of(value: Value) -> str:
    """The value as a person typed it, blanks around it left out."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "да" if value else "нет"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:  # noqa: PLR2004  a spreadsheet's 3.0
        return str(int(value))
    return str(value).replace("\r\n", "\n").replace("\r", "\n").strip()
