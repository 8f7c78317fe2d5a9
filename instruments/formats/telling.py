"""What a merge would change, in the words of the workbook: «Ключ: было „Б“, стало „В“»."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Protocol

from instruments.formats.values import written
from instruments.formats.vocabulary import (
    AUDIENCES,
    COGNITIVE,
    EFFECTS,
    FORMS_PURPOSES,
    ORDERS,
    PARTS,
    SHUFFLES,
)
from instruments.formats.words import ADDED, CHANGED, REMOVED
from instruments.formats.workbook.cells import Named
from instruments.formats.workbook.critical import written_share
from instruments.formats.workbook.extras import BETWEEN, leaves, plain_value
from instruments.formats.workbook.grid import Value
from instruments.formats.workbook.headings import WORDING
from instruments.formats.workbook.itemcells import ItemCells
from instruments.formats.workbook.settings import SETTING_ROWS
from instruments.formats.workbook.sheets import OWN_TEXT, QUESTION_COLUMNS, TABLE_COLUMNS
from instruments.texts import SOURCE_LANGUAGE
from instruments.words import Translate, unchanged

_ASIDE = {"items", "kind", "stimuli", "matrices", "critical"}
_COLUMN_NAMES = {heading.field: heading.ru for heading in TABLE_COLUMNS}
_NAMES = {heading.field: heading.ru for heading in QUESTION_COLUMNS}
_FORMS = {"forms": "Варианты и разделы"}
_FORM_FIELDS = {
    "items": "задания", "title": "название", "text": "вступление", "order": "порядок", "code": "код",
    "shuffle": "случайный порядок", "show_if": "показать, если", "purpose": "назначение", "instructions": "указания",
    "minutes": "минут",
}  # fmt: skip
_MEMBER_FIELDS = {
    "title": "название", "text": "текст", "opt_out": "затрудняюсь ответить", "scale": "отметка", "alt": "что на рисунке",
    "image": "рисунок", "code": "код",
}  # fmt: skip
_CLOSED = {
    "order": ORDERS, "shuffle": SHUFFLES, "forms_purpose": FORMS_PURPOSES, "audience": AUDIENCES,
    "cognitive": COGNITIVE,
}  # fmt: skip
_ORDER = "Порядок"
_RUBRIC = "Рубрика"
_PICTURE = ("data", "media_type", "width", "height")  # of an image: bytes, not words


@dataclass(frozen=True, slots=True)
class Detail:
    """One value: what it is called, what stands, what the file says; None where there is none."""

    name: str
    before: str | None
    after: str | None

    def words(self, translate: Translate = unchanged) -> str:
        pattern = ADDED if self.before is None else REMOVED if self.after is None else CHANGED
        return translate(pattern) % {"name": self.name, "before": self.before, "after": self.after}


class Sided(Protocol):
    @property
    def item(self) -> Mapping[str, Any]: ...
    @property
    def entry(self) -> Mapping[str, Any] | None: ...


def item_details(
    before: Sided, after: Sided, forms: Mapping[str, str] = MappingProxyType({})
) -> Iterator[Detail]:
    """Differences of one item and its entry, value by value; none where both are the same.

    `forms`: what people call the forms that have words of their own.
    """
    if before.item == after.item and before.entry == after.entry:
        return
    found = list(differences(_said(before, forms), _said(after, forms)))
    yield from found or [Detail(_NAMES["code"], str(before.item.get("code")), str(after.item.get("code")))]


def work_details(
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    keys: Mapping[str, Any],
    keys_after: Mapping[str, Any],
) -> Iterator[Detail]:
    """Differences of settings and forms; items, and what they share, aside."""
    yield from differences(_flat(before, "instrument"), _flat(after, "instrument"))
    yield from differences(_flat(keys, "scoring"), _flat(keys_after, "scoring"))


def differences(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[Detail]:
    """Name by name."""
    for name in dict.fromkeys((*before, *after)):
        if before.get(name) != after.get(name):
            yield Detail(name, before.get(name), after.get(name))


def member_words(field: str, member: Mapping[str, Any] | None) -> dict[str, str]:
    """What a case, a matrix or a critical item says, by name; the bytes of a picture are only there or not."""
    if member is None:
        return {}
    if field == "critical":
        return {"правило": rule_words(member)}
    said = {}
    for path, value in leaves(dict(member)):
        steps = path.split(BETWEEN)
        if steps[0] == "image" and steps[-1] in _PICTURE:
            said[_MEMBER_FIELDS["image"]] = f"{member['image']['width']} × {member['image']['height']}"
        elif steps[-1] not in ("code", "value"):
            said[_member_name(steps)] = value if isinstance(value, str) else plain_value(value)
    return said


def _member_name(steps: list[str]) -> str:
    """«scale > [1] > text > en» → «отметка 1 (en)»."""
    language = steps.pop() if len(steps) > 1 and steps[-1] not in _MEMBER_FIELDS else ""
    if steps[0] == "scale":
        return _suffixed(f"отметка {steps[1].strip('[]')}", language)
    return _suffixed(_MEMBER_FIELDS.get(steps[-1], steps[-1]), language)


def rule_words(rule: Mapping[str, Any]) -> str:
    """«меньше 60 % баллов: METH не больше уровня medium»."""
    words = f"меньше {written_share(rule['below'])} баллов: "
    if rule["effect"] == "zero_parent":
        return f"{words}{EFFECTS.said('zero_parent')} {rule['node']}"
    return f"{words}{rule['node']} {EFFECTS.said('cap_level')} {rule.get('level', '—')}"


def _said(side: Sided, forms: Mapping[str, str]) -> dict[str, str]:
    entry = None if side.entry is None else copy.deepcopy(dict(side.entry))
    cells = ItemCells(copy.deepcopy(dict(side.item)), entry, None, SOURCE_LANGUAGE, None, forms)
    said = {_named(field, language): _shown(value) for (field, language), value in cells.cells.items()}
    for part, rows in cells.parts.items():
        said[f"{_ORDER}: {PARTS.said(part)}"] = ", ".join(_shown(row.code) for row in rows)
        for row in rows:
            for language, text in row.texts.items():
                said[_suffixed(f"{PARTS.said(part)} {row.code}", language)] = text
            for language, text in row.mistakes.items():
                said[_suffixed(f"Ошибка {row.code}", language)] = text
    said |= _table_words(cells.tables) | _rubric_words(cells.rubric)
    for rest in (cells.item, cells.entry):
        said |= {path: plain_value(value) for path, value in leaves(rest) if rest}
    return said


def _table_words(rows: list[Named]) -> dict[str, str]:
    """«Столбец all: единица»."""
    said: dict[str, str] = {}
    orders: dict[str, list[str]] = {}
    for row in rows:
        part, code = str(row["part", ""]), str(row["code", ""])
        orders.setdefault(part, []).append(code)
        for (field, language), value in row.items():
            if field not in ("item", "part", "code") and value is not None:
                name = _COLUMN_NAMES.get(field, field).lower()
                said[_suffixed(f"{part.capitalize()} {code}: {name}", language)] = _shown(value)
    return said | {f"{_ORDER}: {part}": ", ".join(codes) for part, codes in orders.items()}


def _rubric_words(rows: list[Named]) -> dict[str, str]:
    """«Рубрика, критерий cause, баллы 1: …»; the levels as a whole tell their order."""
    said: dict[str, str] = {}
    levels: dict[str, list[str]] = {}
    for row in rows:
        name = f"{_RUBRIC}, критерий {row['code', '']}"
        points = _shown(row["points", ""]) if row.get(("points", "")) is not None else ""
        levels.setdefault(f"{name}: баллы", []).append(points)
        for (field, language), value in row.items():
            if field == "title":
                said[_suffixed(f"{name}: название", language)] = str(value)
            elif field == "text":
                said[_suffixed(f"{name}, за {points}", language)] = str(value)
    return said | {name: ", ".join(filter(None, points)) for name, points in levels.items()}


def _flat(document: Mapping[str, Any], name: str) -> dict[str, str]:
    titles = {
        row.field.replace(".", BETWEEN): row.ru for row in SETTING_ROWS if row.document == name
    } | _FORMS
    plain = {field: value for field, value in document.items() if field not in _ASIDE}
    said = {}
    for path, value in leaves(plain):
        known = next(
            (title for title in titles if path == title or path.startswith(f"{title}{BETWEEN}")), None
        )
        said[_titled(path, known, titles[known]) if known else path] = _value_words(path, value)
    return said


def _value_words(path: str, value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    words = _CLOSED.get(path.rpartition(BETWEEN)[2])
    return words.said(value) if words and isinstance(value, str) else plain_value(value)


def _titled(path: str, known: str, title: str) -> str:
    """«forms > [A] > sections > [METH] > items» → «Вариант A, раздел METH: задания»."""
    steps = [step for step in path.split(BETWEEN) if step != "sections"]
    if known != "forms":
        return f"{title}{path.removeprefix(known)}"
    places = [step.strip("[]") for step in steps[1:] if step.startswith("[")]
    named = ", ".join(f"{word} {place}" for word, place in zip(("вариант", "раздел"), places, strict=False))
    fields = " > ".join(_FORM_FIELDS.get(step, step) for step in steps[1:] if not step.startswith("["))
    return f"{named[:1].upper()}{named[1:]}: {fields}"


def _named(field: str, language: str) -> str:
    if field.startswith(WORDING):
        return _suffixed(f"{OWN_TEXT[0]}: {field.removeprefix(WORDING)}", language)
    return _suffixed(_NAMES.get(field, field), language)


def _suffixed(name: str, language: str) -> str:
    return f"{name} ({language})" if language not in ("", SOURCE_LANGUAGE) else name


def _shown(value: Value) -> str:
    return written(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else str(value)
