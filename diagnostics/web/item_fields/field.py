"""What a page shows of one item: built by naming what may be shown, so that no key can end up in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from instruments.document import Item
from instruments.texts import say

NAME = "answer"
OPT_OUT = "_opt_out"  # no code of an option may begin with an underscore
AGREED = "agreed"
Form = MultiDict[str, str]


@dataclass(frozen=True, slots=True)
class Row:
    """One thing to choose."""

    value: str
    label: str
    checked: bool
    apart: bool = False  # «Затрудняюсь ответить»: set apart by a rule


@dataclass(frozen=True, slots=True)
class Part:
    """One of several values that an item asks for, each with a control of its own."""

    code: str
    label: str
    value: str

    @property
    def name(self) -> str:
        """Of the control in the form."""
        return f"{NAME}.{self.code}"


@dataclass(frozen=True, slots=True)
class TableColumn:
    title: str
    unit: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One number of a table."""

    name: str  # of the control in the form
    id: str
    typed: str
    inputmode: str
    wrong: bool  # what was typed is no number of its column


@dataclass(frozen=True, slots=True)
class TableRow:
    """`drop`: value of the button that takes the row away; "" where the rows are the author's."""

    code: str
    title: str
    drop: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class GivenFile:
    id: str
    name: str
    size: str  # in words


@dataclass(frozen=True, slots=True)
class Field:
    """What a template needs to draw the answer of one item. `parts` choose among `rows`."""

    template: str
    hint: str = ""
    rows: tuple[Row, ...] = ()
    parts: tuple[Part, ...] = ()
    typed: str = ""
    unit: str = ""
    max_length: int | None = None
    lines: int = 5
    inputmode: str = ""
    choose: int | None = None  # exactly so many rows
    listed: bool = False  # the rows stand above the parts in full: a closed select would cut them

    columns: tuple[TableColumn, ...] = ()
    table: tuple[TableRow, ...] = ()
    files: tuple[GivenFile, ...] = ()
    may_add: bool = False  # a row, a file
    most: int = 0  # files that may still be added
    accept: str = ""

    @property
    def first(self) -> str:
        """Id of the first control: where a mistake leads; of a table, the first cell with one."""
        if self.table:
            cells = [cell for row in self.table for cell in row.cells]
            return next((cell.id for cell in cells if cell.wrong), cells[0].id if cells else NAME)
        return f"{NAME}-0" if self.rows or self.parts else NAME


@dataclass(frozen=True, slots=True)
class ItemField:
    """`show` draws an item with what is answered so far; `read` takes a posted form for a raw answer."""

    show: Callable[[Item, object, str], Field]
    read: Callable[[Form], object]


def hint_of(item: Item, language: str, default: str) -> str:
    """The author's words above the field, else the usual ones."""
    return say(item.hint, language) or default


def read_typed(form: Form) -> object:
    """What was written into the only field."""
    return form.get(NAME)


def read_parts(form: Form) -> object:
    """{code: value} of the controls; one that was posted twice is a list, which no item type takes."""
    named = [name for name in form if name.startswith(f"{NAME}.")]
    return {name.removeprefix(f"{NAME}."): _single(form.getlist(name)) for name in named}


def _single(values: list[str]) -> object:
    return values[0] if len(values) == 1 else values
