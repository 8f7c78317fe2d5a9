"""A book → the plain data of an instrument and its scoring, with the cell of every value."""

from __future__ import annotations

from collections.abc import Mapping

from instruments.formats.arrived import (
    NOWHERE,
    SCORING,
    Cell,
    FileRefused,
    Gathered,
    Origin,
    Read,
    at,
    notice,
)
from instruments.formats.assembling import assemble
from instruments.formats.workbook.asides import read_asides
from instruments.formats.workbook.extras import read_extras
from instruments.formats.workbook.grid import Book, Sheet
from instruments.formats.workbook.headings import Table, sheet_code, understood
from instruments.formats.workbook.parts import read_parts
from instruments.formats.workbook.questions import read_questions
from instruments.formats.workbook.sections import read_sections
from instruments.formats.workbook.settings import read_settings
from instruments.formats.workbook.sheets import (
    CASE_COLUMNS,
    CRITICAL_COLUMNS,
    EXTRA_COLUMNS,
    MATRIX_COLUMNS,
    PART_COLUMNS,
    QUESTION_COLUMNS,
    QUESTIONS,
    RUBRIC_COLUMNS,
    SECTION_COLUMNS,
    SETTINGS,
    TABLE_COLUMNS,
)
from instruments.framework import Framework


def read_book(book: Book, origin: Origin, frameworks: Mapping[str, Framework], name: str) -> Read:
    """Documents of the book; `name` of the file is the title where the book says none.

    Raises
    ------
    FileRefused
        `sheet_missing`, `header_missing` of «Вопросы»: there is nothing to read.
    """
    gathered = Gathered({"kind": "instrument"}, None, problems=list(book.problems))
    sheets = _named(book, gathered)
    if "questions" not in sheets:
        raise FileRefused("sheet_missing", sheet=QUESTIONS.ru)
    settings = read_settings(sheets.get("settings"), gathered, frameworks, name)
    if settings.table is None and origin.kind != "csv":
        gathered.problems.append(notice(NOWHERE, "sheet_missing_settings", sheet=SETTINGS.ru))
    questions = understood(sheets["questions"], QUESTION_COLUMNS, "text", gathered.problems)
    if questions is None:
        raise FileRefused("header_missing", Cell(sheets["questions"].name))
    tables = {code: _table(sheets, code, gathered) for code in _COLUMNS}
    parts = read_parts(tables["parts"], gathered)
    items = read_questions(questions, parts, gathered, settings.framework)
    read_sections(tables["sections"], items, gathered)
    read_asides(questions, tables, gathered, settings.framework)
    read_extras(tables["extras"], gathered)
    if not gathered.scoring or not (gathered.scoring["items"] or _says_keys(gathered)):
        gathered.scoring = None
    return assemble(gathered, frameworks, origin)


def _says_keys(gathered: Gathered) -> bool:
    """Whether the file has anything to say of keys; a questionnaire need not have any."""
    return any(
        document == SCORING and field in ("framework", "blocks") for document, field, _ in gathered.held
    )


def _named(book: Book, gathered: Gathered) -> dict[str, Sheet]:
    """Sheets by our name. The only sheet of a file is the questions', however it is called."""
    filled = [sheet for sheet in book.sheets if sheet.rows]
    if not filled:
        raise FileRefused("document_empty")
    if len(filled) == 1 and sheet_code(filled[0].name) is None:
        return {"questions": filled[0]}
    found: dict[str, Sheet] = {}
    for sheet in filled:
        code = sheet_code(sheet.name)
        if code is None:
            gathered.problems.append(notice(Cell(sheet.name), "sheet_unknown", sheet=sheet.name[:64]))
        elif code in found:
            gathered.problems.append(at(Cell(sheet.name), "sheet_doubled", sheet=sheet.name[:64]))
        else:
            found[code] = sheet
    return found


_COLUMNS = {
    "parts": (PART_COLUMNS, "item"),
    "sections": (SECTION_COLUMNS, "code"),
    "tables": (TABLE_COLUMNS, "item"),
    "rubrics": (RUBRIC_COLUMNS, "item"),
    "cases": (CASE_COLUMNS, "code"),
    "matrices": (MATRIX_COLUMNS, "code"),
    "critical": (CRITICAL_COLUMNS, "item"),
    "extras": (EXTRA_COLUMNS, "field"),
}


def _table(sheets: Mapping[str, Sheet], code: str, gathered: Gathered) -> Table | None:
    if code not in sheets:
        return None
    columns, needed = _COLUMNS[code]
    return understood(sheets[code], columns, needed, gathered.problems)
