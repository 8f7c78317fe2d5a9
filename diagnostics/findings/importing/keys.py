"""The key of an outside work: for each item its right answer, competence, greatest points and name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from diagnostics.findings.importing.problems import ImportRefused, Problem, in_order
from diagnostics.findings.importing.table import Names, Table, read_number, read_table

ITEM, ANSWER, COMPETENCE, MAXIMUM, TITLE = "item", "key", "competence", "maximum", "title"
LONGEST_TITLE = 60
_NAMES: Names = {
    ITEM: frozenset({"item", "задание", "код задания", "номер задания"}),
    ANSWER: frozenset({"key", "ключ", "верный ответ", "правильный ответ", "ответ"}),
    COMPETENCE: frozenset({"competence", "block", "компетенция", "код компетенции", "блок", "код блока"}),
    MAXIMUM: frozenset({"maximum", "points", "максимум", "баллы", "балл", "максимальный балл"}),
    TITLE: frozenset({"title", "название", "короткое название", "тема"}),
}


@dataclass(frozen=True, slots=True)
class KeyRow:
    """`answer` empty: the cells of the item are points."""

    answer: str
    competence: str
    maximum: float
    title: str


def read_key(content: bytes, competences: frozenset[str]) -> dict[str, KeyRow]:
    """Item → its entry, in the order of the file.

    Raises
    ------
    ImportRefused
        Every mistake: no such competence, an item twice, a maximum that is no number above 0.
    """
    table = read_table(content, _NAMES, (ITEM, COMPETENCE))
    found: dict[str, KeyRow] = {}
    problems = list(table.problems)
    for number, cells in table.rows:
        item = table.cell(cells, ITEM)
        row, wrong = _row(table, number, cells, competences)
        problems += wrong
        if not item or item in found:
            problems.append(Problem(number, ITEM, "item_twice" if item else "item_empty", item))
        elif row is not None:
            found[item] = row
    if problems:
        raise ImportRefused(in_order(problems), "key_has_problems")
    return found


def one_block(items: Sequence[str], block: str) -> dict[str, KeyRow]:
    """The key of a work without one: every item is right or wrong and belongs to the block."""
    return {item: KeyRow("", block, 1.0, item) for item in items}


def _row(
    table: Table, number: int, cells: Sequence[str], competences: frozenset[str]
) -> tuple[KeyRow | None, list[Problem]]:
    texts: Mapping[str, str] = {name: table.cell(cells, name) for name in _NAMES}
    maximum = read_number(texts[MAXIMUM]) if texts[MAXIMUM] else 1.0
    wrong = []
    if texts[COMPETENCE] not in competences:
        wrong.append(Problem(number, COMPETENCE, "competence_unknown", texts[COMPETENCE]))
    if not maximum:
        wrong.append(Problem(number, MAXIMUM, "maximum_zero", texts[MAXIMUM]))
    if wrong or not maximum:
        return None, wrong
    title = (texts[TITLE] or texts[ITEM])[:LONGEST_TITLE]
    return KeyRow(texts[ANSWER], texts[COMPETENCE], maximum, title), []
