"""What a merge would change, in the words of the workbook: «Ключ: было „Б“, стало „В“»."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from instruments.formats.values import written
from instruments.formats.vocabulary import PARTS
from instruments.formats.words import ADDED, CHANGED, REMOVED
from instruments.formats.workbook.extras import BETWEEN, leaves, plain_value
from instruments.formats.workbook.grid import Value
from instruments.formats.workbook.itemcells import ItemCells
from instruments.formats.workbook.settings import SETTING_ROWS
from instruments.formats.workbook.sheets import QUESTION_COLUMNS
from instruments.texts import SOURCE_LANGUAGE
from instruments.words import Translate, unchanged

_NAMES = {heading.field: heading.ru for heading in QUESTION_COLUMNS}
_FORMS = {"forms": "Варианты и разделы"}
_FORM_FIELDS = {
    "items": "задания",
    "title": "название",
    "text": "вступление",
    "order": "порядок",
    "code": "код",
}
_ORDER = "Порядок"


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


def item_details(before: Sided, after: Sided) -> Iterator[Detail]:
    """Differences of one item and its entry, value by value; none where both are the same."""
    if before.item == after.item and before.entry == after.entry:
        return
    found = list(_differences(_said(before), _said(after)))
    yield from found or [Detail(_NAMES["code"], str(before.item.get("code")), str(after.item.get("code")))]


def work_details(
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    keys: Mapping[str, Any],
    keys_after: Mapping[str, Any],
) -> Iterator[Detail]:
    """Differences of settings and forms; items aside."""
    yield from _differences(_flat(before, "instrument"), _flat(after, "instrument"))
    yield from _differences(_flat(keys, "scoring"), _flat(keys_after, "scoring"))


def _differences(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[Detail]:
    for name in dict.fromkeys((*before, *after)):
        if before.get(name) != after.get(name):
            yield Detail(name, before.get(name), after.get(name))


def _said(side: Sided) -> dict[str, str]:
    entry = None if side.entry is None else copy.deepcopy(dict(side.entry))
    cells = ItemCells(copy.deepcopy(dict(side.item)), entry, None, SOURCE_LANGUAGE, None)
    said = {_named(field, language): _shown(value) for (field, language), value in cells.cells.items()}
    for part, rows in cells.parts.items():
        said[f"{_ORDER}: {PARTS.said(part)}"] = ", ".join(_shown(row.code) for row in rows)
        for row in rows:
            for language, text in row.texts.items():
                said[_suffixed(f"{PARTS.said(part)} {row.code}", language)] = text
            for language, text in row.mistakes.items():
                said[_suffixed(f"Ошибка {row.code}", language)] = text
    for rest in (cells.item, cells.entry):
        said |= {path: plain_value(value) for path, value in leaves(rest) if rest}
    return said


def _flat(document: Mapping[str, Any], name: str) -> dict[str, str]:
    titles = {
        row.field.replace(".", BETWEEN): row.ru for row in SETTING_ROWS if row.document == name
    } | _FORMS
    plain = {field: value for field, value in document.items() if field not in ("items", "kind")}
    said = {}
    for path, value in leaves(plain):
        known = next(
            (title for title in titles if path == title or path.startswith(f"{title}{BETWEEN}")), None
        )
        shown = ", ".join(map(str, value)) if isinstance(value, list) else plain_value(value)
        said[_titled(path, known, titles[known]) if known else path] = shown
    return said


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
    return _suffixed(_NAMES.get(field, field), language)


def _suffixed(name: str, language: str) -> str:
    return f"{name} ({language})" if language not in ("", SOURCE_LANGUAGE) else name


def _shown(value: Value) -> str:
    return written(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else str(value)
