"""Instrument and scoring → a book. What has no column goes to «Прочее», so that nothing is lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeAlias

from instruments.document import Instrument
from instruments.formats.arrived import INSTRUMENT, SCORING
from instruments.formats.workbook.cases import case_rows
from instruments.formats.workbook.cells import Named
from instruments.formats.workbook.critical import critical_rows, level_titles
from instruments.formats.workbook.extras import DOCUMENTS, leaves, pieces, plain_value
from instruments.formats.workbook.grid import Book, Row, Sheet
from instruments.formats.workbook.headings import WORDING, own_text, titled
from instruments.formats.workbook.itemcells import ItemCells, PartRow
from instruments.formats.workbook.matrices import matrix_rows
from instruments.formats.workbook.placing import Placing, section_rows
from instruments.formats.workbook.settingcells import setting_rows
from instruments.formats.workbook.sheets import (
    CASE_COLUMNS,
    CASES,
    COMPETENCE_COLUMNS,
    COMPETENCES,
    CRITICAL,
    CRITICAL_COLUMNS,
    EXTRA_COLUMNS,
    EXTRAS,
    INLINE,
    MATRICES,
    MATRIX_COLUMNS,
    PART_COLUMNS,
    PARTS_SHEET,
    QUESTION_COLUMNS,
    QUESTIONS,
    RUBRIC_COLUMNS,
    RUBRICS,
    SECTION_COLUMNS,
    SECTIONS,
    SETTINGS,
    TABLE_COLUMNS,
    TABLES,
    Heading,
    SheetName,
)
from instruments.formats.workbook.wordings import header_names
from instruments.framework import Framework
from instruments.scoring import Scoring
from instruments.texts import SOURCE_LANGUAGE

Extra: TypeAlias = tuple[str, str, str, Any]  # document, item, path, value

_ALWAYS = {"code", "type", "section", "title", "text", "key", "points", "competences", "rationale"}
_FEWEST_INLINE = 4
_SHARED = ("scale", "levels")
_LONGEST_OWNERS = 20_000


@dataclass(slots=True)
class Written:
    """A book, the headings of its sheets and the titles of its levels: what its maker needs for widths and lists."""

    book: Book
    headings: dict[str, list[tuple[Heading, str]]] = field(default_factory=dict)
    levels: list[str] = field(default_factory=list)


def written_book(
    instrument: Instrument,
    scoring: Scoring | None,
    framework: Framework | None,
    words: str = SOURCE_LANGUAGE,
    columns: frozenset[str] = frozenset(),
) -> Written:
    """Sheets in the language `words`; reads back to equal documents. `columns` stand in «Вопросы» even if empty."""
    document: dict[str, Any] = instrument.model_dump(mode="json", exclude_defaults=True)
    keys: dict[str, Any] = {} if scoring is None else scoring.model_dump(mode="json", exclude_defaults=True)
    extras: list[Extra] = []
    items, entries = document.pop("items"), keys.pop("items", {})
    importance = keys.pop("importance", {})
    placing = Placing(instrument)
    forms = header_names(document["forms"])
    made = []
    for item in items:
        entry = entries.pop(item["code"], None)
        cells = ItemCells(item, entry, framework, words, importance.pop(item["code"], None), forms)
        cells.put("section", "", placing.section(cells.code))
        cells.put("form", "", placing.forms(cells.code))
        extras += ((INSTRUMENT, cells.code, path, value) for path, value in leaves(cells.item) if cells.item)
        extras += ((SCORING, cells.code, path, value) for path, value in leaves(cells.entry) if cells.entry)
        made.append(cells)
    asides = _asides(document, keys, made, framework, words)
    sections = section_rows(document, placing, words)
    settings = setting_rows(document, keys, with_keys=scoring is not None, words=words)
    keys |= {name: rest for name, rest in (("items", entries), ("importance", importance)) if rest}
    for name, rest in ((INSTRUMENT, document), (SCORING, keys)):
        rest.pop("kind", None)
        extras += ((name, "", path, value) for path, value in leaves(rest) if rest)
    done = _laid_out(made, asides, sections, settings, extras, framework, words, columns)
    done.levels = list(level_titles(framework, scoring.preset, words).values()) if scoring else []
    return done


class _Aside(NamedTuple):
    """A sheet that is there only where it has rows."""

    name: SheetName
    known: Sequence[Heading]
    rows: list[Named]
    always: set[str]


def _asides(
    document: dict[str, Any],
    keys: dict[str, Any],
    made: list[ItemCells],
    framework: Framework | None,
    words: str,
) -> list[_Aside]:
    """The sheets beside the questions; what they hold is taken out of `document` and `keys`."""
    return [
        _Aside(CASES, CASE_COLUMNS, case_rows(document), {"code", "title", "text"}),
        _Aside(MATRICES, MATRIX_COLUMNS, matrix_rows(document, words), {"code", "text", "value", "mark"}),
        _Aside(
            TABLES,
            TABLE_COLUMNS,
            [row for one in made for row in one.tables],
            {"item", "part", "code", "title"},
        ),
        _Aside(
            RUBRICS,
            RUBRIC_COLUMNS,
            [row for one in made for row in one.rubric],
            {"item", "code", "points", "text"},
        ),
        _Aside(
            CRITICAL,
            CRITICAL_COLUMNS,
            critical_rows(keys, framework, words),
            {heading.field for heading in CRITICAL_COLUMNS},
        ),
    ]


def _laid_out(
    made: list[ItemCells], asides: list[_Aside], sections: list[Named], settings: list[Row], extras: list[Extra],
    framework: Framework | None, words: str, columns: frozenset[str],
) -> Written:  # fmt: skip
    done = Written(Book([]))
    own = dict.fromkeys(
        field.removeprefix(WORDING) for one in made for field, _ in one.cells if field.startswith(WORDING)
    )
    _table(
        done,
        QUESTIONS.said(words),
        (*QUESTION_COLUMNS, *map(own_text, own)),
        [cells.cells for cells in made],
        _ALWAYS | columns,
        words,
    )
    parts = _part_cells(made, words)
    if parts:
        _table(done, PARTS_SHEET.said(words), PART_COLUMNS, parts, {"item", "part", "code", "text"}, words)
    for aside in asides:
        if aside.rows:
            _table(done, aside.name.said(words), aside.known, aside.rows, aside.always, words)
    if framework is not None:
        _table(
            done,
            COMPETENCES.said(words),
            COMPETENCE_COLUMNS,
            _competences(framework),
            {"code", "title"},
            words,
        )
    header = Row(1, ("Настройка", "Значение") if words == SOURCE_LANGUAGE else ("Setting", "Value"))
    done.book.sheets.append(Sheet(SETTINGS.said(words), [header, *settings]))
    _table(done, SECTIONS.said(words), SECTION_COLUMNS, sections, {"form", "code", "title", "items"}, words)
    if extras:
        rows: list[Named] = [
            {
                ("document", ""): DOCUMENTS[document],
                ("item", ""): item or None,
                ("field", ""): path,
                ("value", ""): plain_value(value),
            }
            for document, item, whole, long in extras
            for path, value in pieces(whole, long)
        ]
        _table(done, EXTRAS.said(words), EXTRA_COLUMNS, rows, {"document", "item", "field", "value"}, words)
    return done


def _table(
    done: Written, name: str, known: Sequence[Heading], rows: Sequence[Named], always: set[str], words: str
) -> None:
    """The sheet with the columns that are always there and those that some row uses."""
    used = {place for row in rows for place, value in row.items() if value is not None}
    columns = [(heading, language) for heading in known for language in _languages(heading, used, always)]
    header = Row(1, tuple(titled(heading, language, words) for heading, language in columns))
    lines = [
        Row(number, tuple(row.get((heading.field, language)) for heading, language in columns))
        for number, row in enumerate(rows, 2)
    ]
    done.book.sheets.append(Sheet(name, [header, *lines]))
    done.headings[name] = columns


def _languages(heading: Heading, used: set[tuple[str, str]], always: set[str]) -> list[str]:
    languages = {language for field, language in used if field == heading.field}
    if heading.field in always or heading in INLINE[:_FEWEST_INLINE]:
        languages.add(SOURCE_LANGUAGE if heading.kind == "texts" else "")
    return sorted(languages, key=lambda language: (language != SOURCE_LANGUAGE, language))


def _part_cells(made: list[ItemCells], words: str) -> list[Named]:
    """Rows of «Варианты»; a scale that several items share stands once, under all their codes."""
    lists: dict[tuple[object, ...], list[str]] = {}
    for cells in made:
        for name, rows in cells.parts.items():
            shared = name in _SHARED
            key = (name, tuple(map(_frozen, rows)), "" if shared else cells.code)
            lists.setdefault(key, []).append(cells.code)
    by_key: dict[tuple[object, ...], list[PartRow]] = {
        (name, tuple(map(_frozen, rows)), "" if name in _SHARED else cells.code): rows
        for cells in made
        for name, rows in cells.parts.items()
    }
    return [
        {("item", ""): ", ".join(owners), **row.cells(words)}
        for key, codes in lists.items()
        for owners in _portions(codes)
        for row in by_key[key]
    ]


def _portions(codes: list[str]) -> list[list[str]]:
    """Owners that fit into one cell."""
    most = max(1, _LONGEST_OWNERS // 66)
    return [codes[start : start + most] for start in range(0, len(codes), most)]


def _frozen(row: PartRow) -> object:
    return tuple(sorted((place, str(value)) for place, value in row.cells(SOURCE_LANGUAGE).items()))


def _competences(framework: Framework) -> list[Named]:
    rows: list[Named] = []
    for node in map(framework.node, framework.in_order()):
        titles: Named = {("title", language): text for language, text in node.title.items()}
        rows.append({("code", ""): node.code, ("parent", ""): node.parent, **titles})
    return rows
