"""Instrument and scoring → plain text that reads back; what text cannot carry is told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from instruments.bundled import bundled
from instruments.document import Instrument
from instruments.formats.arrived import Work
from instruments.formats.keycells import guessed_type, written_key
from instruments.formats.plaintext.lines import is_special
from instruments.formats.plaintext.reading import read_text
from instruments.formats.uncarried import Left, uncarried
from instruments.formats.values import LETTERS, written
from instruments.formats.vocabulary import TYPES
from instruments.formats.workbook.itemcells import ItemCells
from instruments.formats.workbook.settingcells import setting_rows
from instruments.formats.workbook.sheets import INLINE, QUESTION_COLUMNS
from instruments.framework import Framework
from instruments.scoring import Scoring
from instruments.texts import SOURCE_LANGUAGE

_MARKS = {heading.field: heading.ru.upper() for heading in QUESTION_COLUMNS if heading not in INLINE} | {
    "key": "ОТВЕТ"
}
_OWN_LINES = {"code", "type", "text", "key", "section", "form"}
_LISTS = ("options", "scale", "levels")


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
    place = 0
    for section, codes in _sections(document, list(items)):
        blocks.append(f"РАЗДЕЛ: {section}" if section else "")
        for code in codes:
            place += 1
            blocks.append("\n".join(_block(place, items[code], keys, framework)))
    text = "\n\n".join(block for block in blocks if block) + "\n"
    return WrittenText(text, uncarried(Work(instrument, scoring), read_text(text, known)))


def _sections(document: Mapping[str, Any], items: list[str]) -> Iterator[tuple[str, list[str]]]:
    """Sections of the first form, then the items that it does not hold."""
    forms, done = document["forms"], set()
    for section in forms[0]["sections"] if forms else []:
        codes = [code for code in section["items"] if code in items and code not in done]
        done |= set(codes)
        yield f"{section['code']} {section['title'].get(SOURCE_LANGUAGE, '')}".strip(), codes
    yield "", [code for code in items if code not in done]


def _settings(document: dict[str, Any], keys: dict[str, Any], *, with_keys: bool) -> Iterator[str]:
    rows = setting_rows(dict(document), {**keys}, with_keys=with_keys, words=SOURCE_LANGUAGE)
    for _, (name, value) in rows:
        if value is not None:
            title, bracket, language = str(name).partition(" (")
            yield f"{title.upper()}{bracket}{language}: {_folded(_shown(value))}"


def _block(
    place: int, item: Mapping[str, Any], keys: Mapping[str, Any], framework: Framework | None
) -> Iterator[str]:
    code, kind = item["code"], item["type"]
    entry = keys.get("items", {}).get(code)
    cells = ItemCells(dict(item), entry, framework, SOURCE_LANGUAGE, keys.get("importance", {}).get(code))
    yield f"{place}. {_folded(item['text'].get(SOURCE_LANGUAGE, ''))}"
    prompts = item.get("prompts", [])
    yield from (f"{number}) {_folded(_words(member))}" for number, member in enumerate(prompts, 1))
    options: list[dict[str, Any]] = next((item[name] for name in _LISTS if item.get(name)), [])
    letters = {str(member.get("code")): letter for member, letter in zip(options, LETTERS, strict=False)}
    yield from (
        f"{letter}) {_folded(_words(member))}" for member, letter in zip(options, LETTERS, strict=False)
    )
    key = (entry or {}).get("key")
    numbers = {str(member.get("code")): str(number) for number, member in enumerate(prompts, 1)}
    said = written_key(kind, key, letters, numbers) if key is not None else None
    yield f"КОД: {code}"
    if kind != ("matching" if prompts and options else guessed_type(said or "", len(options))):
        yield f"ТИП: {TYPES.said(kind)}"
    if said:
        yield f"ОТВЕТ: {_folded(said)}"
    yield from _marks(cells)
    for option, texts in (entry or {}).get("mistakes", {}).items():
        yield from (
            f"ОШИБКА {letters.get(option, option)}{_language(language)}: {_folded(text)}"
            for language, text in texts.items()
        )


def _marks(cells: ItemCells) -> Iterator[str]:
    for (field, language), value in cells.cells.items():
        if field not in _OWN_LINES and field in _MARKS and value is not None:
            yield f"{_MARKS[field]}{_language(language)}: {_folded(_shown(value))}"


def _language(language: str) -> str:
    return f" ({language})" if language not in ("", SOURCE_LANGUAGE) else ""


def _words(member: Mapping[str, Any]) -> str:
    return str((member.get("text") or {}).get(SOURCE_LANGUAGE, ""))


def _shown(value: str | float | bool) -> str:  # noqa: FBT001  a value of a cell, not a switch
    return str(value) if isinstance(value, (str, bool)) else written(value)


def _folded(text: str) -> str:
    r"""Lines below the first begin with «\» where they would be taken for something else."""
    first, *rest = text.split("\n")
    return "\n".join([first, *(f"\\{line}" if is_special(line) else line for line in rest)])
