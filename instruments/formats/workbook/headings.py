"""The header of a sheet understood: which column holds which field, wherever it stands."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from instruments.formats.arrived import Cell, PlacedProblem, at, notice
from instruments.formats.vocabulary import folded
from instruments.formats.workbook.grid import Row, Sheet, Value, letters, text_of
from instruments.formats.workbook.sheets import OWN_TEXT, SHEETS, Heading
from instruments.texts import SOURCE_LANGUAGE

_LANGUAGE = re.compile(r"(?P<name>.+?)\s*[(\[](?P<language>[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})?)[)\]]\s*\*?")
_OWN = re.compile(rf"(?:{'|'.join(OWN_TEXT)})\s*[:—–-]\s*(?P<form>.+)", re.IGNORECASE)
_FIRST_ROWS = 15
WORDING = "wording."  # and what the header calls the form


class Column(NamedTuple):
    heading: Heading
    language: str
    place: int  # in the row, from 0
    title: str


@dataclass(frozen=True)
class Table:
    """A sheet with its header understood: rows below it.

    A text is a table without a sheet; `lines` says where each value of a row stands in it.
    """

    sheet: str
    columns: Mapping[tuple[str, str], Column]
    rows: Sequence[Row]
    lines: Mapping[tuple[int, str, str], int] = field(default_factory=dict)
    line: int = 0  # of the header

    def cell(self, row: Row, field: str, language: str = "") -> Cell:
        if not self.sheet:
            return Cell(row=self.lines.get((row.number, field, language), row.number))
        column = self.columns.get((field, language))
        return Cell(
            self.sheet, row.number, column.title if column else None, column.place + 1 if column else None
        )

    def header(self, column: Column) -> Cell:
        """The cell of the header itself."""
        return Cell(self.sheet, self.line or None, column.title, column.place + 1)

    def value(self, row: Row, field: str, language: str = "") -> Value:
        column = self.columns.get((field, language))
        return row.values[column.place] if column and column.place < len(row.values) else None

    def said(self, row: Row, field: str, language: str = "") -> str:
        """What a person typed there, "" where nothing is."""
        return text_of(self.value(row, field, language))

    def texts(self, row: Row, field: str) -> dict[str, str]:
        """What is typed there in each language that the sheet has a column for."""
        said = {language: self.said(row, field, language) for language in self.languages(field)}
        return {language: text for language, text in said.items() if text}

    def languages(self, field: str) -> list[str]:
        return self.fields.get(field, [])

    @cached_property
    def fields(self) -> dict[str, list[str]]:
        """The languages of each field that the sheet has a column for."""
        found: dict[str, list[str]] = {}
        for name, language in self.columns:
            found.setdefault(name, []).append(language)
        return found


def sheet_code(name: str) -> str | None:
    """Which of our sheets this is; None for a stranger."""
    said = folded(name)
    for sheet in SHEETS:
        if said in {folded(word) for word in (sheet.ru, sheet.en, *sheet.also)}:
            return sheet.code
    return None


def titled(heading: Heading, language: str, words: str) -> str:
    """Title of the column of this heading for texts in `language`, the workbook being in `words`."""
    suffix = f" ({language})" if heading.kind == "texts" and language != SOURCE_LANGUAGE else ""
    return heading.said(words) + suffix


def understood(
    sheet: Sheet, known: Sequence[Heading], needed: str, problems: list[PlacedProblem]
) -> Table | None:
    """The table of a sheet; None, and told, where no header row is found."""
    for place, row in enumerate(sheet.rows[:_FIRST_ROWS]):
        found = _columns(row, known)
        if any(column is not None and column.heading.field == needed for column in found):
            columns = _kept(sheet.name, row, found, problems)
            table = Table(sheet.name, columns, sheet.rows[place + 1 :], line=row.number)
            problems += _outside(table, row)
            problems += _merged(sheet, row.number)
            problems += (
                _titled(problem, table) for problem in sheet.problems if (problem.line or 0) > row.number
            )
            return table
    problems.append(at(Cell(sheet.name), "header_missing"))
    return None


def _columns(row: Row, known: Sequence[Heading]) -> list[Column | None]:
    names = {
        folded(word): heading
        for heading in reversed(known)
        for word in (*heading.also, heading.en, heading.ru)
    }
    own = any(heading.field == "key" for heading in known)  # of the questions, not of any other sheet
    return [_column(value, place, names, own=own) for place, value in enumerate(row.values)]


def _column(value: Value, place: int, names: Mapping[str, Heading], *, own: bool) -> Column | None:
    if not isinstance(value, str):
        return None
    parted = _LANGUAGE.fullmatch(value.strip())
    name, language = (parted["name"], parted["language"]) if parted else (value, SOURCE_LANGUAGE)
    heading = names.get(folded(name)) or (_own_text(name) if own else None)
    if heading is None:
        return None
    if heading.kind != "texts":
        language = ""
    return Column(heading, language, place, value.strip())


def _own_text(name: str) -> Heading | None:
    """«Свой текст: Родители»: a column for each form that has words of its own."""
    found = _OWN.fullmatch(name.strip().rstrip("*").strip())
    return own_text(found["form"]) if found else None


def own_text(form: str) -> Heading:
    """The column of the words that this form (as it is called in the header) has for the items."""
    return Heading(f"{WORDING}{form}", f"{OWN_TEXT[0]}: {form}", f"{OWN_TEXT[1]}: {form}", "texts", width=40)


def _kept(
    sheet: str, header: Row, found: Sequence[Column | None], problems: list[PlacedProblem]
) -> dict[tuple[str, str], Column]:
    kept: dict[tuple[str, str], Column] = {}
    for place, column in enumerate(found):
        title = header.values[place]
        here = Cell(sheet, header.number, str(title or letters(place + 1)), place + 1)
        if column is None:
            if title is not None:
                problems.append(notice(here, "column_unknown", column=str(title)[:64]))
        elif (column.heading.field, column.language) in kept:
            problems.append(at(here, "column_doubled", column=column.title))
        else:
            kept[column.heading.field, column.language] = column
    return kept


def _outside(table: Table, header: Row) -> list[PlacedProblem]:
    """Values under no heading: told, one for each row."""
    problems, width = [], len(header.values)
    nameless = {place for place, title in enumerate(header.values) if title is None}
    for row in table.rows:
        places = enumerate(row.values)
        beyond = (
            place for place, value in places if value is not None and (place >= width or place in nameless)
        )
        place = next(beyond, None)
        if place is not None:
            here = Cell(table.sheet, row.number, letters(place + 1), place + 1)
            problems.append(at(here, "column_nameless"))
    return problems


def _merged(sheet: Sheet, header: int) -> list[PlacedProblem]:
    return [
        at(Cell(sheet.name, merge.top, letters(merge.left), merge.left), "cells_merged", range=merge.words())
        for merge in sheet.merges
        if merge.bottom >= header
    ]


def _titled(problem: PlacedProblem, table: Table) -> PlacedProblem:
    """The same problem with the name of its column, now that it is known."""
    place = problem.column or 0
    named = next((column.title for column in table.columns.values() if column.place + 1 == place), None)
    here = Cell(table.sheet, problem.line, named or letters(place) or None, place or None)
    made = at if problem.severity == "error" else notice
    return made(here, problem.code, **problem.params)
