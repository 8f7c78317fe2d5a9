"""A file of results → entries with row numbers: item answers (wide) or block points (long)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from diagnostics.campaigns.models import WaveKind
from diagnostics.campaigns.roster import columns as roster
from diagnostics.campaigns.roster.names import Name, read_full_name
from diagnostics.findings.importing.keys import KeyRow
from diagnostics.findings.importing.problems import Problem, in_order
from diagnostics.findings.importing.table import Names, Table, is_missing, read_number, read_table, read_wave

PERSON, WAVE, SCHOOL, BLOCK, POINTS, MAXIMUM, ITEMS = (
    "person", "wave", "school", "block", "points", "maximum", "items",
)  # fmt: skip
_WHO: Names = {
    PERSON: frozenset({*roster.SYNONYMS[roster.FULL_NAME], "person", "участник", "респондент"}),
    WAVE: frozenset({"wave", "волна", "этап", "диагностика", "замер", "срез"}),
    SCHOOL: frozenset({*roster.SYNONYMS[roster.SCHOOL], *roster.SYNONYMS[roster.SCHOOL_CODE]}),
}
_POINTS: Names = {
    **_WHO,
    BLOCK: frozenset({"block", "блок", "код блока", "компетенция", "код компетенции"}),
    POINTS: frozenset({"points", "баллы", "балл", "набрано", "сумма баллов"}),
    MAXIMUM: frozenset({"maximum", "максимум", "макс", "максимальный балл", "из", "всего баллов"}),
    ITEMS: frozenset({"items", "заданий", "число заданий", "количество заданий"}),
}
_NUMBERING = frozenset({"n", "no", "n п п", "п п", "пп", "номер", "id"})


@dataclass(frozen=True, slots=True)
class Who:
    """A person of the file in one of its waves, as written."""

    row: int
    wave: WaveKind
    name: Name
    school: str

    @property
    def key(self) -> tuple[str, str]:
        """The same for rows that name one person."""
        return self.name.sort_name, roster.plain(self.school)


@dataclass(frozen=True, slots=True)
class BlockPoints:
    """`items` 0: unknown."""

    row: int
    points: float
    maximum: float
    items: int


@dataclass(frozen=True, slots=True)
class Entry:
    """All results of one person in one wave: points by item (None = not reached), or points by block."""

    who: Who
    items: Mapping[str, float | None] = field(default_factory=dict)
    blocks: Mapping[str, BlockPoints] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Parsed:
    """`maxima`: item → greatest points, in the order of columns; empty for block points."""

    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...]
    rows: int
    maxima: Mapping[str, float] = field(default_factory=dict)
    empty_cells: int = 0


def read_items(content: bytes, key: Mapping[str, KeyRow] | None) -> Parsed:
    """Item answers: a row is a person in a wave, a column is an item. Without a key cells are points.

    ImportRefused when the file is no such table.
    """
    table = read_table(content, _WHO, (PERSON, WAVE))
    columns = {title: place for title, place in table.others.items() if roster.plain(title) not in _NUMBERING}
    problems = [*table.problems, *_header_problems(columns, key)]
    known = {title: place for title, place in columns.items() if key is None or title in key}
    entries: list[Entry] = []
    for number, cells in table.rows:
        who = _who(table, number, cells, problems)
        values, wrong = _values(number, cells, known, key)
        problems += wrong
        if who is not None:
            entries.append(Entry(who, items=values))
    entries = list(_once(entries, problems))
    empty = sum(value is None for entry in entries for value in entry.items.values())
    maxima = {title: key[title].maximum for title in known} if key else _observed(entries, known, problems)
    return Parsed(tuple(entries), in_order(problems), len(table.rows), maxima, empty)


def read_blocks(content: bytes) -> Parsed:
    """Block points: a row is a person, a wave, a block, points and their maximum."""
    table = read_table(content, _POINTS, (PERSON, WAVE, BLOCK, POINTS, MAXIMUM))
    problems = list(table.problems)
    people: dict[tuple[tuple[str, str], WaveKind], Who] = {}
    blocks: dict[tuple[tuple[str, str], WaveKind], dict[str, BlockPoints]] = defaultdict(dict)
    for number, cells in table.rows:
        who = _who(table, number, cells, problems)
        block, found = table.cell(cells, BLOCK), _block_points(table, number, cells, problems)
        if who is None or found is None:
            continue
        place = (who.key, who.wave)
        people.setdefault(place, who)
        if block in blocks[place]:
            first = {"first": blocks[place][block].row}
            problems.append(Problem(number, BLOCK, "block_twice", block, first))
        else:
            blocks[place][block] = found
    entries = tuple(Entry(who, blocks=blocks[place]) for place, who in people.items())
    return Parsed(entries, in_order(problems), len(table.rows))


def _header_problems(columns: Mapping[str, int], key: Mapping[str, KeyRow] | None) -> Iterator[Problem]:
    if not columns:
        yield Problem(0, "", "no_items")
    if key is not None:
        yield from (Problem(0, title, "item_unknown", title) for title in columns if title not in key)
        yield from (Problem(0, item, "item_column_missing", item) for item in key if item not in columns)


def _who(table: Table, number: int, cells: Sequence[str], problems: list[Problem]) -> Who | None:
    text, wave = table.cell(cells, PERSON), read_wave(table.cell(cells, WAVE))
    name = read_full_name(text) if text else "name_incomplete"
    if isinstance(name, str):
        problems.append(Problem(number, PERSON, name, text[:80]))
    if wave is None:
        problems.append(Problem(number, WAVE, "wave_unknown", table.cell(cells, WAVE)[:80]))
    if isinstance(name, str) or wave is None:
        return None
    return Who(number, wave, name, table.cell(cells, SCHOOL))


def _values(
    number: int, cells: Sequence[str], columns: Mapping[str, int], key: Mapping[str, KeyRow] | None
) -> tuple[dict[str, float | None], list[Problem]]:
    read: Callable[[str, str], float | Problem | None] = lambda item, text: _value(  # noqa: E731 - binds the row
        number, item, text, key[item] if key else None
    )
    found = {item: read(item, cells[place] if place < len(cells) else "") for item, place in columns.items()}
    wrong = [value for value in found.values() if isinstance(value, Problem)]
    return {item: value for item, value in found.items() if not isinstance(value, Problem)}, wrong


def _value(number: int, item: str, text: str, key: KeyRow | None) -> float | Problem | None:
    """Points of a cell: by the key where it has an answer, else the number itself; None = empty."""
    if is_missing(text):
        return None
    if key is not None and key.answer:
        return key.maximum if text.casefold() == key.answer.casefold() else 0.0
    points = read_number(text)
    if points is None:
        return Problem(number, item, "not_points", text[:80])
    if key is not None and points > key.maximum:
        return Problem(number, item, "above_maximum", text, {"maximum": key.maximum})
    return points


def _observed(
    entries: Sequence[Entry], columns: Mapping[str, int], problems: list[Problem]
) -> dict[str, float]:
    """Without a key an item is right or wrong: anything above 1 needs a key that says its maximum."""
    for entry in entries:
        problems += [
            Problem(entry.who.row, item, "maximum_unknown", f"{value:g}")
            for item, value in entry.items.items()
            if value is not None and value > 1
        ]
    return dict.fromkeys(columns, 1.0)


def _once(entries: Sequence[Entry], problems: list[Problem]) -> Iterator[Entry]:
    first: dict[tuple[tuple[str, str], WaveKind], int] = {}
    for entry in entries:
        place = (entry.who.key, entry.who.wave)
        if place in first:
            known = {"first": first[place]}
            problems.append(Problem(entry.who.row, PERSON, "person_twice", entry.who.name.full, known))
        else:
            first[place] = entry.who.row
            yield entry


def _block_points(
    table: Table, number: int, cells: Sequence[str], problems: list[Problem]
) -> BlockPoints | None:
    texts = {name: table.cell(cells, name) for name in (POINTS, MAXIMUM, ITEMS)}
    points, maximum = read_number(texts[POINTS]), read_number(texts[MAXIMUM])
    items = read_number(texts[ITEMS]) if texts[ITEMS] else 0.0
    read = ((POINTS, points), (MAXIMUM, maximum), (ITEMS, items))
    wrong = [Problem(number, name, "not_points", texts[name][:80]) for name, value in read if value is None]
    if maximum == 0:
        wrong.append(Problem(number, MAXIMUM, "maximum_zero", texts[MAXIMUM]))
    elif points is not None and maximum is not None and points > maximum:
        wrong.append(Problem(number, POINTS, "above_maximum", texts[POINTS], {"maximum": maximum}))
    problems += wrong
    if wrong or points is None or maximum is None or items is None:
        return None
    return BlockPoints(number, points, maximum, int(items))
