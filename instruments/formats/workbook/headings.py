"""The sheets and their columns: what each is called in Russian and in English, and which field it holds."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Literal, NamedTuple, TypeAlias

from instruments.formats.arrived import Cell, PlacedProblem, at, notice
from instruments.formats.values import LATIN, LETTERS
from instruments.formats.vocabulary import folded
from instruments.formats.workbook.grid import Row, Sheet, Value, letters
from instruments.texts import SOURCE_LANGUAGE

Kind: TypeAlias = Literal["word", "texts", "number", "flag", "special"]


class Heading(NamedTuple):
    """`field`: of the item or of its entry in the scoring; `texts` have a column a language."""

    field: str
    ru: str
    en: str
    kind: Kind = "word"
    also: tuple[str, ...] = ()
    width: int = 14

    def said(self, language: str) -> str:
        return self.ru if language == SOURCE_LANGUAGE else self.en


class SheetName(NamedTuple):
    code: str
    ru: str
    en: str
    also: tuple[str, ...] = ()

    def said(self, language: str) -> str:
        return self.ru if language == SOURCE_LANGUAGE else self.en


QUESTIONS = SheetName("questions", "Вопросы", "Questions", ("задания",))
PARTS_SHEET = SheetName("parts", "Варианты", "Options", ("варианты ответа", "варианты ответов"))
COMPETENCES = SheetName("competences", "Компетенции", "Competences")
SETTINGS = SheetName("settings", "Настройки", "Settings")
SECTIONS = SheetName("sections", "Разделы", "Sections")
EXTRAS = SheetName("extras", "Прочее", "Other")
HELP = SheetName("help", "Как заполнять", "How to fill in")
REMARKS = SheetName("remarks", "Замечания", "Remarks")
SHEETS = (QUESTIONS, PARTS_SHEET, COMPETENCES, SETTINGS, SECTIONS, EXTRAS, HELP, REMARKS)

INLINE = tuple(
    Heading(f"option.{place}", russian, latin, "texts", width=28)
    for place, (russian, latin) in enumerate(zip(LETTERS, LATIN, strict=True))
)

QUESTION_COLUMNS = (
    Heading("code", "Код", "Code", also=("код задания", "№", "номер", "id"), width=9),
    Heading("type", "Тип", "Type", also=("вид", "вид задания", "тип задания"), width=18),
    Heading("section", "Раздел", "Section", also=("блок",), width=10),
    Heading("form", "Вариант работы", "Form", also=("форма", "вариант теста"), width=10),
    Heading("title", "Короткое имя", "Short name", "texts", ("название", "имя"), 24),
    Heading("text", "Текст", "Text", "texts", ("вопрос", "текст вопроса", "текст задания", "задание", "формулировка"), 60),
    Heading("hint", "Подсказка", "Hint", "texts", (), 24),
    *INLINE,
    Heading("key", "Ключ", "Key", "special", ("ответ", "верный ответ", "правильный ответ"), 12),
    Heading("points", "Баллы", "Points", "number", ("балл", "максимальный балл"), 8),
    Heading("competences", "Компетенция", "Competence", "special", ("компетенции", "проверяемая компетенция"), 18),
    Heading("rationale", "Пояснение", "Rationale", "texts", ("почему верно", "обоснование", "комментарий к ключу"), 40),
    Heading("reverse", "Обратный счёт", "Reversed", "flag"),
    Heading("importance", "О важности чего", "Importance of", "special"),
    Heading("choose", "Сколько выбрать", "How many to choose", "number", ("выбрать",)),
    Heading("opt_out", "Затрудняюсь ответить", "Opt out", "texts"),
    Heading("unit", "Единица", "Unit", "texts", ("единица измерения",)),
    Heading("minimum", "Не меньше", "At least", "number", ("минимум",)),
    Heading("maximum", "Не больше", "At most", "number", ("максимум",)),
    Heading("decimals", "Знаков после запятой", "Decimals", "number"),
    Heading("max_length", "Длина ответа", "Longest answer", "number", ("знаков в ответе",)),
    Heading("lines", "Строк для ответа", "Lines", "number"),
    Heading("exact", "Точное совпадение", "Exact", "flag"),
    Heading("show_if", "Показать, если", "Show if", "word", ("показать если", "условие"), 24),
    Heading("stimulus", "Случай", "Case"),
    Heading("matrix", "Матрица", "Matrix"),
)  # fmt: skip

PART_COLUMNS = (
    Heading("item", "Задание", "Item", also=("код задания", "вопрос"), width=16),
    Heading("part", "Список", "List", also=("что это",), width=14),
    Heading("code", "Код", "Code", also=("значение", "буква"), width=8),
    Heading("text", "Текст", "Text", "texts", ("текст варианта", "вариант"), 60),
    Heading("right", "Верный", "Right", "flag", ("верно", "ключ", "правильный"), 9),
    Heading("mistake", "Ошибка за этим вариантом", "Mistake behind it", "texts", ("ошибка",), 44),
    Heading("points", "Баллы", "Points", "number", (), 8),
)

SECTION_COLUMNS = (
    Heading("form", "Вариант работы", "Form", also=("форма", "вариант"), width=14),
    Heading("form_title", "Название варианта", "Title of the form", "texts", (), 24),
    Heading("code", "Раздел", "Section", also=("код раздела",), width=10),
    Heading("title", "Название раздела", "Title of the section", "texts", (), 30),
    Heading("text", "Вступление", "Introduction", "texts", (), 40),
    Heading("order", "Порядок заданий", "Order of the items"),
    Heading("items", "Задания", "Items", "special", (), 60),
)

EXTRA_COLUMNS = (
    Heading("document", "Где", "Where"),
    Heading("item", "Задание", "Item"),
    Heading("field", "Поле", "Field", width=30),
    Heading("value", "Значение", "Value", width=60),
)

COMPETENCE_COLUMNS = (
    Heading("code", "Код", "Code", width=12),
    Heading("title", "Название", "Title", "texts", (), 60),
    Heading("parent", "Входит в", "Part of", width=12),
)

_LANGUAGE = re.compile(r"(?P<name>.+?)\s*[(\[](?P<language>[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})?)[)\]]\s*\*?")
_FIRST_ROWS = 15


class Column(NamedTuple):
    heading: Heading
    language: str
    place: int  # in the row, from 0
    title: str


class Table(NamedTuple):
    """A sheet with its header understood: rows below it.

    A text is a table without a sheet; `lines` says where each value of a row stands in it.
    """

    sheet: str
    columns: Mapping[tuple[str, str], Column]
    rows: Sequence[Row]
    lines: Mapping[tuple[int, str, str], int] = MappingProxyType({})

    def cell(self, row: Row, field: str, language: str = "") -> Cell:
        if not self.sheet:
            return Cell(row=self.lines.get((row.number, field, language), row.number))
        column = self.columns.get((field, language))
        return Cell(
            self.sheet, row.number, column.title if column else None, column.place + 1 if column else None
        )

    def value(self, row: Row, field: str, language: str = "") -> Value:
        column = self.columns.get((field, language))
        return row.values[column.place] if column and column.place < len(row.values) else None

    def languages(self, field: str) -> list[str]:
        return [language for name, language in self.columns if name == field]


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
            table = Table(sheet.name, _kept(sheet.name, row, found, problems), sheet.rows[place + 1 :])
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
    return [_column(value, place, names) for place, value in enumerate(row.values)]


def _column(value: Value, place: int, names: Mapping[str, Heading]) -> Column | None:
    if not isinstance(value, str):
        return None
    parted = _LANGUAGE.fullmatch(value.strip())
    name, language = (parted["name"], parted["language"]) if parted else (value, SOURCE_LANGUAGE)
    heading = names.get(folded(name))
    if heading is None:
        return None
    if heading.kind != "texts":
        language = ""
    return Column(heading, language, place, value.strip())


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
