"""Instrument and scoring → plain text that reads back; what text cannot carry is told."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from instruments.bundled import bundled
from instruments.document import Instrument
from instruments.formats.arrived import Work
from instruments.formats.keycells import guessed_type, written_key
from instruments.formats.plaintext.partwriting import (
    folded_text,
    of_language,
    options_of,
    part_lines,
    shared_blocks,
)
from instruments.formats.plaintext.placewriting import form_blocks, is_simple
from instruments.formats.plaintext.reading import read_text
from instruments.formats.uncarried import Left, uncarried
from instruments.formats.values import LETTERS, written
from instruments.formats.vocabulary import TYPES
from instruments.formats.workbook.itemcells import ItemCells
from instruments.formats.workbook.sections import NOWHERE_ASKED
from instruments.formats.workbook.settingcells import setting_rows
from instruments.formats.workbook.sheets import INLINE, QUESTION_COLUMNS
from instruments.framework import Framework
from instruments.scoring import Scoring
from instruments.texts import SOURCE_LANGUAGE

_MARKS = {heading.field: heading.ru.upper() for heading in QUESTION_COLUMNS if heading not in INLINE} | {
    "key": "ОТВЕТ"
}
_OWN_LINES = {"code", "type", "text", "key", "section", "form"}


class WrittenText(NamedTuple):
    """`not_carried` is found by reading the text again: it cannot promise more than it holds."""

    text: str
    not_carried: tuple[Left, ...]


def write_text(
    instrument: Instrument, scoring: Scoring | None = None, frameworks: Mapping[str, Framework] | None = None
) -> WrittenText:
    """The work as a text that a person can read, edit and paste back."""
    known = bundled("framework") if frameworks is None else frameworks
    framework = known.get(scoring.framework) if scoring else None
    document: dict[str, Any] = instrument.model_dump(mode="json", exclude_defaults=True)
    keys: dict[str, Any] = {} if scoring is None else scoring.model_dump(mode="json", exclude_defaults=True)
    items = {item["code"]: item for item in document["items"]}
    blocks = ["\n".join(_settings(document, keys, with_keys=scoring is not None))]
    simple = is_simple(document)
    blocks += [] if simple else form_blocks(document["forms"])
    blocks += shared_blocks(document)
    asked = {code for form in document["forms"] for section in form["sections"] for code in section["items"]}
    place = 0
    for section, codes in _sections(document) if simple else [("", list(items))]:
        blocks.append(f"РАЗДЕЛ: {section}" if section else "")
        for code in codes:
            place += 1
            nowhere = [] if code in asked else [f"ВАРИАНТ РАБОТЫ: {NOWHERE_ASKED}"]
            blocks.append("\n".join([*_block(place, items[code], keys, framework), *nowhere]))
    text = "\n\n".join(block for block in blocks if block) + "\n"
    return WrittenText(text, uncarried(Work(instrument, scoring), read_text(text, known)))


def _sections(document: Mapping[str, Any]) -> Iterator[tuple[str, list[str]]]:
    for section in document["forms"][0]["sections"]:
        yield f"{section['code']} {section['title'][SOURCE_LANGUAGE]}", section["items"]


def _settings(document: dict[str, Any], keys: dict[str, Any], *, with_keys: bool) -> Iterator[str]:
    rows = setting_rows(dict(document), {**keys}, with_keys=with_keys, words=SOURCE_LANGUAGE)
    for _, (name, value) in rows:
        if value is not None:
            title, bracket, language = str(name).partition(" (")
            yield f"{title.upper()}{bracket}{language}: {folded_text(_shown(value))}"


def _block(
    place: int, item: Mapping[str, Any], keys: Mapping[str, Any], framework: Framework | None
) -> Iterator[str]:
    code, kind = item["code"], item["type"]
    entry = keys.get("items", {}).get(code)
    cells = ItemCells(
        copy.deepcopy(dict(item)), entry, framework, SOURCE_LANGUAGE, keys.get("importance", {}).get(code)
    )
    yield f"{place}. {folded_text(item['text'].get(SOURCE_LANGUAGE, ''))}"
    prompts = item.get("prompts", [])
    yield from (f"{number}) {folded_text(_words(member))}" for number, member in enumerate(prompts, 1))
    options = options_of(item)
    letters = {str(member.get("code")): letter for member, letter in zip(options, LETTERS, strict=False)}
    yield from (
        f"{letter}) {folded_text(_words(member))}" for member, letter in zip(options, LETTERS, strict=False)
    )
    key = (entry or {}).get("key")
    numbers = {str(member.get("code")): str(number) for number, member in enumerate(prompts, 1)}
    said = written_key(kind, key, letters, numbers) if key is not None else None
    yield f"КОД: {code}"
    if kind != ("matching" if prompts and options else guessed_type(said or "", len(options))):
        yield f"ТИП: {TYPES.said(kind)}"
    if said:
        yield f"ОТВЕТ: {folded_text(said)}"
    yield from _marks(cells)
    yield from part_lines(
        item, entry or {}, [rule for rule in keys.get("critical", []) if rule["item"] == code]
    )
    for option, texts in (entry or {}).get("mistakes", {}).items():
        yield from (
            f"ОШИБКА {letters.get(option, option)}{of_language(language)}: {folded_text(text)}"
            for language, text in texts.items()
        )


def _marks(cells: ItemCells) -> Iterator[str]:
    for (field, language), value in cells.cells.items():
        if field == "text" and language != SOURCE_LANGUAGE:
            yield f"ТЕКСТ{of_language(language)}: {folded_text(str(value))}"
        if field not in _OWN_LINES and field in _MARKS and value is not None:
            yield f"{_MARKS[field]}{of_language(language)}: {folded_text(_shown(value))}"


def _words(member: Mapping[str, Any]) -> str:
    return str((member.get("text") or {}).get(SOURCE_LANGUAGE, ""))


def _shown(value: str | float | bool) -> str:  # noqa: FBT001  a value of a cell, not a switch
    return str(value) if isinstance(value, (str, bool)) else written(value)
