"""What the work says of itself → rows of «Настройки»."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from instruments.formats.arrived import SCORING
from instruments.formats.vocabulary import AUDIENCES, FORMS_PURPOSES, ORDERS, SHUFFLES
from instruments.formats.workbook.cells import are_plain, is_plain
from instruments.formats.workbook.grid import Row, Value
from instruments.formats.workbook.settings import SETTING_ROWS, Setting
from instruments.texts import SOURCE_LANGUAGE

CLOSED = {"order": ORDERS, "forms_purpose": FORMS_PURPOSES, "audience": AUDIENCES, "shuffle": SHUFFLES}
_DEFAULTS = {"order": "free", "shuffle": "none", "forms_purpose": "parallel"}


def setting_rows(document: dict[str, Any], keys: dict[str, Any], *, with_keys: bool, words: str) -> list[Row]:
    """Rows below the header; what they carry is taken out of the documents."""
    if keys.get("instrument") == document.get("code"):
        keys.pop("instrument", None)
    rows: list[tuple[Value, ...]] = []
    for setting in SETTING_ROWS:
        if setting.document == SCORING and not with_keys:
            continue
        source = keys if setting.document == SCORING else document
        rows += _rows(setting, source, words)
    return [Row(number, row) for number, row in enumerate(rows, 2)]


def _rows(setting: Setting, source: dict[str, Any], words: str) -> list[tuple[Value, ...]]:
    name, _, inner = setting.field.partition(".")
    target: Any = source.get(name, {}) if inner else source
    field, said = inner or name, setting.said(words)
    if setting.kind == "texts":
        if are_plain(target.get(field)):
            return _text_rows(said, target.pop(field))
        # An empty title would be filled from the name of the file: «Прочее» then says it exactly.
        return _text_rows(said, target[field]) if field == "title" and target.get(field) else [(said, None)]
    value = _cell(setting, target.get(field, _DEFAULTS.get(field)), words)
    if value is not None or (setting.kind == "text" and target.get(field) == ""):
        target.pop(field, None)
    if inner and not target:
        source.pop(name, None)
    return [(said, value)]


def _text_rows(said: str, texts: Mapping[str, str]) -> list[tuple[Value, ...]]:
    ordered = sorted(texts, key=lambda language: (language != SOURCE_LANGUAGE, language))
    return [(said if one == SOURCE_LANGUAGE else f"{said} ({one})", texts[one].strip()) for one in ordered]


def _cell(setting: Setting, value: Any, words: str) -> Value:
    if setting.kind in CLOSED and isinstance(value, str):
        return CLOSED[setting.kind].said(value, words)
    if isinstance(value, list):
        between = "\n" if setting.kind == "lines" else ", "
        plain = all(is_plain(member) and "\n" not in member for member in value)
        return between.join(value) if value and plain else None
    if isinstance(value, (int, float)):
        return value
    return value if is_plain(value) else None
