"""The sheet «Настройки»: a name and a value a row; what the work as a whole says of itself."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from instruments.formats.arrived import INSTRUMENT, SCORING, Cell, Gathered, at, notice
from instruments.formats.values import CODE, list_of, number_of
from instruments.formats.vocabulary import AUDIENCES, FORMS_PURPOSES, ORDERS, SHUFFLES, Words, folded
from instruments.formats.workbook.grid import Sheet, text_of
from instruments.formats.workbook.sheets import SETTINGS
from instruments.framework import Framework
from instruments.texts import SOURCE_LANGUAGE

DEFAULT_FRAMEWORK, DEFAULT_PRESET = "dpo", "levels3"
DEFAULT_MINUTES = 40
YEAR = 2026


class Setting(NamedTuple):
    """`field` of the document; `kind` tells how its cell is read."""

    document: str
    field: str
    kind: str
    ru: str
    en: str
    also: tuple[str, ...] = ()

    def said(self, language: str) -> str:
        return self.ru if language == SOURCE_LANGUAGE else self.en


SETTING_ROWS = (
    Setting(INSTRUMENT, "code", "code", "Код работы", "Code", ("код",)),
    Setting(INSTRUMENT, "title", "texts", "Название", "Title"),
    Setting(INSTRUMENT, "purpose", "texts", "Назначение", "Purpose", ("цель", "для чего")),
    Setting(INSTRUMENT, "instructions", "texts", "Указания", "Instructions", ("инструкция", "указания отвечающему")),
    Setting(INSTRUMENT, "audience", "audience", "Кто отвечает", "Who answers", ("для кого", "кому", "аудитория")),
    Setting(INSTRUMENT, "minutes", "minutes", "Минут", "Minutes", ("время, минут", "время", "длительность")),
    Setting(INSTRUMENT, "languages", "languages", "Языки", "Languages", ("язык",)),
    Setting(INSTRUMENT, "order", "order", "Порядок заданий", "Order", ("порядок",)),
    Setting(INSTRUMENT, "shuffle", "shuffle", "Случайный порядок", "Random order", ("что перемешивать",)),
    Setting(INSTRUMENT, "time_limit", "minutes", "Ограничение времени, минут", "Time limit, minutes", ("ограничение времени",)),
    Setting(INSTRUMENT, "forms_purpose", "forms_purpose", "Зачем варианты", "Purpose of the forms", ("варианты работы",)),
    Setting(INSTRUMENT, "passport.authors", "text", "Авторы", "Authors", ("автор",)),
    Setting(INSTRUMENT, "passport.licence", "text", "Лицензия", "Licence"),
    Setting(INSTRUMENT, "passport.year", "year", "Год", "Year"),
    Setting(INSTRUMENT, "passport.sources", "lines", "Источники", "Sources", ("источник",)),
    Setting(SCORING, "code", "code", "Код ключей", "Code of the keys"),
    Setting(SCORING, "framework", "framework", "Модель компетенций", "Framework"),
    Setting(SCORING, "preset", "code", "Шкала уровней", "Levels"),
    Setting(SCORING, "blocks", "list", "Результат сообщается по", "Reported competences", ("блоки", "блоки отчёта")),
    Setting(SCORING, "anchors", "list", "Общие задания", "Common items", ("якоря",)),
)  # fmt: skip

_LANGUAGE = re.compile(r"(?P<name>.+?)\s*[(\[](?P<language>[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})?)[)\]]")
_LANGUAGE_CODE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})?")
LEAST_MINUTES, MOST_MINUTES = 1, 600
_LIMITS: Mapping[str, tuple[int, int]] = {"minutes": (LEAST_MINUTES, MOST_MINUTES), "year": (1900, 2200)}
_CLOSED: Mapping[str, Words] = {"order": ORDERS, "shuffle": SHUFFLES, "forms_purpose": FORMS_PURPOSES}
_TRANSLITERATION = dict(zip("абвгдезийклмнопрстуфхцыэ", "abvgdeziyklmnoprstufhcye", strict=True)) | {
    "ё": "e", "ж": "zh", "ч": "ch", "ш": "sh", "щ": "sch", "ю": "yu", "я": "ya", "ъ": "", "ь": "",
}  # fmt: skip


class Settings(NamedTuple):
    """`framework` of the competences that are named in the questions, if it is known."""

    table: Sheet | None
    framework: Framework | None


def read_settings(
    sheet: Sheet | None, gathered: Gathered, frameworks: Mapping[str, Framework], name: str
) -> Settings:
    """Fill both documents with what the sheet says, and with defaults, which are told."""
    said = _said(sheet, gathered) if sheet is not None else {}
    scoring: dict[str, Any] = {"kind": "scoring"}
    for (document, field, language), (value, cell) in said.items():
        _put(gathered, scoring, frameworks, (document, field, language), value, cell)
    complete(gathered, scoring, name, told=sheet is not None)
    gathered.scoring = scoring
    _mark_missing(gathered, sheet)
    return Settings(sheet, frameworks.get(scoring["framework"]))


def _mark_missing(gathered: Gathered, sheet: Sheet | None) -> None:
    """Where a person would write what is not said: the sheet, even where there is none yet."""
    name = SETTINGS.ru if sheet is None else sheet.name
    for row in SETTING_ROWS:
        gathered.mark(row.document, row.field, Cell(name, None, row.ru))


def complete(gathered: Gathered, scoring: dict[str, Any], name: str, *, told: bool) -> None:
    """Defaults where the file says nothing; `told` names those that a person should look at."""
    document: dict[str, Any] = gathered.instrument
    title = name or "Новая работа"
    defaults: dict[str, Any] = {
        "code": code_from(name), "title": {SOURCE_LANGUAGE: title}, "purpose": {}, "instructions": {},
        "audience": "teacher", "minutes": DEFAULT_MINUTES, "languages": [SOURCE_LANGUAGE],
    }  # fmt: skip
    missing = [field for field in defaults if field not in document]
    document.update({field: defaults[field] for field in missing})
    passport = document.setdefault("passport", {})
    passport.update({"authors": "", "licence": "", "year": YEAR} | passport)
    named = [row.ru for row in SETTING_ROWS if row.document == INSTRUMENT and row.field in missing]
    if told and named:
        gathered.problems.append(
            notice(gathered.cell(INSTRUMENT, ""), "settings_assumed", names=", ".join(named))
        )
    scoring.update(
        {
            "code": document["code"],
            "instrument": document["code"],
            "framework": DEFAULT_FRAMEWORK,
            "preset": DEFAULT_PRESET,
        }
        | scoring
    )


def code_from(name: str) -> str:
    """A code made of a title or a file name."""
    latin = "".join(_TRANSLITERATION.get(sign, sign) for sign in name.casefold())
    return re.sub(r"[^a-z0-9]+", "-", latin).strip("-")[:48] or "work"


def _said(sheet: Sheet, gathered: Gathered) -> dict[tuple[str, str, str], tuple[str, Cell]]:
    rows = {folded(word): row for row in SETTING_ROWS for word in (row.ru, row.en, *row.also)}
    said: dict[tuple[str, str, str], tuple[str, Cell]] = {}
    gathered.mark(INSTRUMENT, "", Cell(sheet.name))
    gathered.mark(SCORING, "", Cell(sheet.name))
    for line in sheet.rows:
        title, value = (*(text_of(value) for value in line.values), "", "")[:2]
        parted = _LANGUAGE.fullmatch(title)
        name, language = (parted["name"], parted["language"]) if parted else (title, SOURCE_LANGUAGE)
        setting = rows.get(folded(name))
        cell = Cell(sheet.name, line.number, title[:64] or None, 2)
        if setting is None:
            if value and folded(title) not in ("настройка", "setting"):
                gathered.problems.append(notice(cell, "setting_unknown", name=title[:64]))
            continue
        place = (setting.document, setting.field, language if setting.kind == "texts" else "")
        if place in said:
            gathered.problems.append(at(cell, "setting_doubled", name=title[:64]))
            continue
        said[place] = (value, cell)
        gathered.held.add((setting.document, setting.field.partition(".")[0], place[2]))
    return said


def _put(
    gathered: Gathered, scoring: dict[str, Any], frameworks: Mapping[str, Framework],
    place: tuple[str, str, str], said: str, cell: Cell,
) -> None:  # fmt: skip
    document, field, language = place
    gathered.mark(document, f"{field}.{language}" if language else field, cell)
    if not said:
        return
    kind = next(row.kind for row in SETTING_ROWS if (row.document, row.field) == (document, field))
    value = said if kind in ("texts", "text") else _value(kind, said, cell, gathered, frameworks)
    if value is None:
        return
    target: dict[str, Any] = gathered.instrument if document == INSTRUMENT else scoring
    *above, last = (*field.split("."), language) if language else field.split(".")
    for name in above:
        target = target.setdefault(name, {})
    target[last] = value


def _value(kind: str, said: str, cell: Cell, gathered: Gathered, frameworks: Mapping[str, Framework]) -> Any:
    if kind in ("list", "languages"):
        return _members(kind, said, cell, gathered)
    if kind == "lines":
        return [line.strip() for line in said.split("\n") if line.strip()]
    if kind in _LIMITS:
        return _number(_LIMITS[kind], said, cell, gathered)
    if kind in _CLOSED:
        code = _CLOSED[kind].code(said)
        if code is None:
            gathered.problems.append(at(cell, "word_unknown", known=_CLOSED[kind].known(), value=said[:64]))
        return code
    code = _code(kind, said, frameworks)
    if code is None:
        gathered.problems.append(at(cell, "code_wrong", value=said[:64]))
    return code


def _members(kind: str, said: str, cell: Cell, gathered: Gathered) -> list[str]:
    pattern = CODE if kind == "list" else _LANGUAGE_CODE
    members = list_of(said)
    wrong = [member for member in members if not pattern.fullmatch(member)]
    gathered.problems += (at(cell, "code_wrong", value=member[:64]) for member in wrong)
    return [member for member in members if member not in wrong]


def _number(limits: tuple[int, int], said: str, cell: Cell, gathered: Gathered) -> int | None:
    number, (least, most) = number_of(said), limits
    if not isinstance(number, int):
        gathered.problems.append(at(cell, "number_wrong", value=said[:64]))
        return None
    if not least <= number <= most:
        gathered.problems.append(at(cell, "value_out_of_range", limit=f"{least}…{most}"))
        return None
    return number


def _code(kind: str, said: str, frameworks: Mapping[str, Framework]) -> str | None:
    """A code, or the word or title that stands for one."""
    named = {folded(title): code for code, one in frameworks.items() for title in one.title.values()}
    if kind == "audience" and AUDIENCES.code(said):
        return AUDIENCES.code(said)
    if kind == "framework" and folded(said) in named:
        return named[folded(said)]
    return said if CODE.fullmatch(said) else None
