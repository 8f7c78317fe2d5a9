"""A sheet with a header found by its words, in any order, and cells read strictly."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from diagnostics.campaigns.models import WaveKind
from diagnostics.campaigns.roster.columns import plain
from diagnostics.campaigns.roster.mistakes import FileRefused
from diagnostics.campaigns.roster.sheets import Sheet, read_sheets
from diagnostics.findings.importing.problems import ImportRefused, Problem

Names = Mapping[str, frozenset[str]]

WAVES: dict[str, WaveKind] = {
    word: kind
    for kind, words in {
        WaveKind.ENTRY: ("entry", "вход", "входная", "входная диагностика", "1", "до"),
        WaveKind.INTERIM: ("interim", "промежуточная", "промежуточная диагностика"),
        WaveKind.EXIT: ("exit", "выход", "итоговая", "итоговая диагностика", "2", "после"),
    }.items()
    for word in words
}
MISSING = frozenset({"", "na", "n/a", "-", "–", "—", "нет данных"})
_NUMBER = re.compile(r"\d{1,6}([.,]\d{1,6})?\Z")


@dataclass(frozen=True, slots=True)
class Table:
    """`columns`: field → place; `others`: title → place of columns with other titles; rows that fit the header."""

    rows: tuple[tuple[int, tuple[str, ...]], ...]
    columns: Mapping[str, int]
    others: Mapping[str, int]
    problems: tuple[Problem, ...]  # rows longer than the header

    def cell(self, cells: Sequence[str], field: str) -> str:
        place = self.columns.get(field)
        return cells[place] if place is not None and place < len(cells) else ""


def read_table(content: bytes, names: Names, needed: Sequence[str]) -> Table:
    """The first sheet whose first rows hold a header with all needed columns.

    Raises
    ------
    ImportRefused
        One problem: the file is no table, a column is missing (each named) or doubled, no rows.
    """
    try:
        sheets = read_sheets(content)
    except FileRefused as refused:
        raise ImportRefused([Problem(0, "", refused.code, parameters=refused.parameters)]) from refused
    refusals: list[ImportRefused] = []
    for sheet in sheets:
        try:
            return _table(sheet, names, needed)
        except ImportRefused as refused:
            refusals.append(refused)
    raise refusals[0]


def _table(sheet: Sheet, names: Names, needed: Sequence[str]) -> Table:
    number, header = sheet.rows[0]
    found = [next((field for field, words in names.items() if plain(cell) in words), "") for cell in header]
    titles = [cell for cell in header if cell]
    doubled = [title for title, times in Counter(map(plain, titles)).items() if times > 1]
    doubled += [field for field, times in Counter(filter(None, found)).items() if times > 1]
    missing = [field for field in needed if field not in found]
    problems = [Problem(number, name, "column_twice") for name in doubled]
    problems += [Problem(number, field, "column_missing") for field in missing]
    if not problems and len(sheet.rows) == 1:
        problems.append(Problem(0, "", "file_empty"))
    if problems:
        raise ImportRefused(problems)
    columns = {field: place for place, field in enumerate(found) if field}
    others = {
        cell: place
        for place, (cell, field) in enumerate(zip(header, found, strict=True))
        if cell and not field
    }
    long = [(row, cells) for row, cells in sheet.rows[1:] if any(cells[len(header) :])]
    wrong = tuple(Problem(row, "", "row_too_long", cells[len(header)][:80]) for row, cells in long)
    numbers = {row for row, _ in long}
    return Table(tuple(one for one in sheet.rows[1:] if one[0] not in numbers), columns, others, wrong)


def read_number(text: str) -> float | None:
    """A number of points with a comma or a point; None for anything else, a minus included."""
    return float(text.replace(",", ".")) if _NUMBER.match(text) else None


def is_missing(text: str) -> bool:
    return text.casefold() in MISSING


def read_wave(text: str) -> WaveKind | None:
    return WAVES.get(plain(text))
