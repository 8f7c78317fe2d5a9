"""A plain CSV of answers into a matrix: every refusal is one sentence with the place."""

from __future__ import annotations

import csv
from array import array
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from diagnostics.cli.analyse_cells import NUMBER, Keyed, KeyLine, Numbers
from diagnostics.measurement.numeric import BoolArray, FloatArray

#: Larger files are refused with their size: the matrix is held in memory.
MAX_BYTES = 400 * 2**20
MAX_CELLS = 20_000_000
PERSON = "person"


class DataRefused(Exception):  # noqa: N818 - named as the other refusals of the house
    """The file cannot be used: one sentence with its place.

    `row` counts lines of the file from 1, `column` is a name; None where the place is the file. `file` names it
    where a command reads several.
    """

    def __init__(self, message: str, row: int | None = None, column: str | None = None) -> None:
        place = ", ".join(
            (*(() if row is None else (f"row {row}",)), *(() if column is None else (f"column {column}",)))
        )
        super().__init__(f"{place}: {message}" if place else message)
        self.row, self.column = row, column
        self.file: Path | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Answers:
    """Rows × named columns, NaN = missing.

    `rows` are line numbers, `texts` the columns kept as text, `persons` None without a column `person`.
    """

    names: tuple[str, ...]
    values: FloatArray
    rows: tuple[int, ...]
    texts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    persons: tuple[str, ...] | None = None

    def refuse_cell(self, wrong: BoolArray, message: str) -> None:
        """Refuse the first cell that is marked, with its row, its column and the value."""
        if wrong.any():
            row, column = (int(place) for place in np.argwhere(wrong)[0])
            value = f"{self.values[row, column]:g}"
            raise DataRefused(f"{value} {message}", self.rows[row], self.names[column])


def read_answers(
    path: Path,
    *,
    header: bool = True,
    text: str | None = None,
    key: Mapping[str, KeyLine] | None = None,
    ignore: tuple[str, ...] = (),
) -> Answers:
    """Read a CSV (UTF-8 with or without mark, UTF-16, cp1251; comma, semicolon or tab; decimal comma).

    Parameters
    ----------
    header : first row holds the names; else they are i1, i2, …
    text : a column that is kept as text (the group)
    key : right answers by item; None = the cells are scores
    ignore : columns that are left out

    Raises
    ------
    DataRefused
        Everything that is no table of answers: the first thing found, with its place.
    """
    lines = table_rows(path)
    first = next(lines, None)
    if first is None:
        raise DataRefused("the file is empty")
    names = _names(first[1]) if header else [f"i{place + 1}" for place in range(len(first[1]))]
    layout = _layout(names, text, ignore, first[0])
    converters = _converters([names[at] for at in layout.kept], key)
    body = _body(_chain(first, lines, skip=header), names, layout, converters, path)
    values = np.frombuffer(body.cells, dtype=np.float64).reshape(len(body.rows), len(layout.kept))
    return Answers(
        tuple(names[at] for at in layout.kept),
        values,
        tuple(body.rows),
        {text: tuple(body.texts)} if text else {},
        None if layout.person is None else tuple(body.people),
    )


@dataclass(frozen=True, slots=True)
class _Body:
    """Line numbers, numbers, texts of the column kept as text, and people, row after row."""

    rows: array[int] = field(default_factory=lambda: array("l"))
    cells: array[float] = field(default_factory=lambda: array("d"))
    texts: list[str] = field(default_factory=list)
    people: list[str] = field(default_factory=list)


def _body(
    lines: Iterator[tuple[int, list[str]]],
    names: list[str],
    layout: _Layout,
    converters: list[Numbers] | list[Keyed],
    path: Path,
) -> _Body:
    body, seen = _Body(), dict[str, int]()
    for number, found in lines:
        _refuse_ragged(found, names, number)
        if layout.person is not None:
            body.people.append(found[layout.person].strip())
            _refuse_twice(body.people[-1], number, seen)
        try:
            body.cells.extend(
                [convert[found[at]] for convert, at in zip(converters, layout.kept, strict=True)]
            )
        except ValueError as error:
            _refuse_text(found, layout.kept, names, number, error, is_first=not body.rows)
        body.rows.append(number)
        if layout.text is not None:
            body.texts.append(found[layout.text].strip())
        _refuse_many(len(body.cells), path)
    if not body.rows:
        raise DataRefused("there are names of columns and no answers")
    return body


def has_column(path: Path, name: str) -> bool:
    """Whether the header names this column."""
    first = next(table_rows(path), None)
    return first is not None and one_line(name) in _names(first[1])


@dataclass(frozen=True, slots=True)
class _Layout:
    """Places of the columns: the person, the column kept as text, the answers."""

    person: int | None
    text: int | None
    kept: list[int]


def _layout(names: list[str], text: str | None, ignore: tuple[str, ...], row: int) -> _Layout:
    person = next((place for place, name in enumerate(names) if name.lower() == PERSON), None)
    place = _place_of(text, names)
    left_out = {person, place, *(_place_of(name, names) for name in ignore)}
    kept = [at for at in range(len(names)) if at not in left_out]
    if not kept:
        raise DataRefused("there is no column with answers", row)
    return _Layout(person, place, kept)


def _refuse_many(cells: int, path: Path) -> None:
    if cells > MAX_CELLS:
        size = path.stat().st_size / 2**20
        raise DataRefused(
            f"the file ({size:.0f} MB) holds more than {MAX_CELLS / 1e6:g} million answers: split it"
        )


def table_rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Rows that are not empty, with their line numbers.

    Raises
    ------
    DataRefused
        If the file is too large, a workbook, or no text.
    """
    size = path.stat().st_size
    if size > MAX_BYTES:
        raise DataRefused(
            f"the file is {size / 2**20:.0f} MB, more than the {MAX_BYTES // 2**20} MB read at once"
        )
    with path.open("rb") as file:
        start = file.read(4)
    if start.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
        raise DataRefused("the file is a workbook: save it as CSV")
    encoding = _encoding(path, start)
    try:
        with path.open(encoding=encoding, newline="") as file:
            head = file.readline()
            file.seek(0)
            delimiter = next((mark for mark in (";", "\t", ",") if mark in head), ",")
            reader = csv.reader(file, delimiter=delimiter, skipinitialspace=True)
            before = 0  # a quotation mark that is never closed takes many lines: the first of them is told
            for found in reader:
                if any(cell.strip() for cell in found):
                    yield before + 1, found
                before = reader.line_num
    except (csv.Error, UnicodeDecodeError) as error:
        raise DataRefused("the file is no table of text (CSV)") from error


def _encoding(path: Path, start: bytes) -> str:
    """UTF-16 by its mark, else UTF-8 if the whole file is that, else cp1251."""
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    try:
        with path.open(encoding="utf-8-sig") as file:
            while file.read(2**20):
                pass
    except UnicodeDecodeError:
        return "cp1251"
    return "utf-8-sig"


def _names(cells: list[str]) -> list[str]:
    names = [one_line(cell) for cell in cells]
    if names and not names[0]:
        names[0] = PERSON  # a table written with row names has an unnamed first column
    while names and not names[-1]:
        names.pop()
    if "" in names:
        raise DataRefused(f"column {names.index('') + 1} has no name", 1)
    twice = next((name for place, name in enumerate(names) if name in names[:place]), None)
    if twice is not None:
        hint = " (answers instead of names? add --no-header)" if NUMBER.match(twice) else ""
        raise DataRefused(f"the name {twice} stands twice{hint}", 1)
    return names


def one_line(text: str) -> str:
    """A name as it is told: a line break within it is a space, and so are several."""
    return " ".join(text.split())


def _place_of(text: str | None, names: list[str]) -> int | None:
    if text is None:
        return None
    text = one_line(text)
    if text not in names:
        raise DataRefused(f"there is no column {text}: the columns are {shortened(names)}", 1)
    return names.index(text)


def shortened(names: list[str], most: int = 8) -> str:
    """The first names, and how many more."""
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more


def _converters(names: list[str], key: Mapping[str, KeyLine] | None) -> list[Numbers] | list[Keyed]:
    if key is None:
        return [Numbers()] * len(names)
    missing = [name for name in names if name not in key]
    unknown = [name for name in key if name not in names]
    if missing:
        raise DataRefused(f"the key has no answer for {shortened(missing)}")
    if unknown:
        raise DataRefused(f"the key names {shortened(unknown)}, which the answers do not have")
    return [Keyed(key[name].answer, key[name].points) for name in names]


def _chain(
    first: tuple[int, list[str]], rest: Iterator[tuple[int, list[str]]], *, skip: bool
) -> Iterator[tuple[int, list[str]]]:
    if not skip:
        yield first
    yield from rest


def _refuse_ragged(found: list[str], names: list[str], number: int) -> None:
    while len(found) > len(names) and not found[-1].strip():
        found.pop()
    if len(found) != len(names):
        raise DataRefused(f"{len(found)} cells where the first row has {len(names)}", number)


def _refuse_twice(who: str, number: int, seen: dict[str, int]) -> None:
    if who and seen.setdefault(who, number) != number:
        raise DataRefused(f"{who} stands already in row {seen[who]}", number, PERSON)


def _refuse_text(
    found: list[str], kept: list[int], names: list[str], number: int, error: ValueError, *, is_first: bool
) -> None:
    """A word in the first row is likely to stand in a column that is no item at all."""
    wrong = str(error)
    column = next(names[at] for at in kept if found[at].strip() == wrong)
    hint = f" (no item? leave the column out: --ignore {column})" if is_first and len(kept) > 1 else ""
    raise DataRefused(f"{wrong[:40]!r} is not a number{hint}", number, column) from error
