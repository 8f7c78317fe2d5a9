"""Paragraphs of a DOCX → lines of plain text, with the numbers that Word itself would show."""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Iterator
from typing import Any, NamedTuple

from instruments.formats.archive import refuse_doctype, unpack
from instruments.formats.arrived import FileRefused
from instruments.formats.encodings import within
from instruments.formats.limits import MOST_LINES

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_RUSSIAN = "абвгдежзиклмнопрстуфхцчшщэюя"


class WordText(NamedTuple):
    """`ignored`: kinds of things that hold words or pictures and were not read."""

    text: str
    ignored: tuple[str, ...]


def text_of_docx(content: bytes) -> WordText:
    """The document's paragraphs, one a line; a paragraph that is bold as a whole stands in «**».

    Raises
    ------
    FileRefused
        `macro_workbook`, `workbook_broken`, `archive_too_big`, `xml_doctype_not_allowed`, `too_many_lines`.
    """
    parts = unpack(within(content), lambda name: name.endswith((".xml", ".rels")))
    if any(name.endswith("vbaProject.bin") for name in parts):
        raise FileRefused("macro_workbook")
    for part in parts.values():
        refuse_doctype(part)
    import docx  # noqa: PLC0415 - heavy: lxml
    from docx.opc.exceptions import PackageNotFoundError  # noqa: PLC0415

    try:
        document = docx.Document(io.BytesIO(content))
        numbers = _Numbers(document)
        lines = [_line(paragraph, numbers) for paragraph in document.paragraphs]
    except (PackageNotFoundError, KeyError, ValueError, AttributeError, SyntaxError) as wrong:
        raise FileRefused("workbook_broken") from wrong
    if len(lines) > MOST_LINES:
        raise FileRefused("too_many_lines", lines=len(lines), most=MOST_LINES)
    return WordText("\n".join(lines), tuple(_ignored(document)))


def _line(paragraph: Any, numbers: _Numbers) -> str:
    words = paragraph.text.strip()
    label = numbers.label(paragraph) if words else ""
    runs = [run for run in paragraph.runs if run.text.strip()]
    bold = bool(runs) and all(run.bold for run in runs)
    line = f"{label} {words}".strip()
    return f"**{line}**" if bold and "\n" not in line else line


def _ignored(document: Any) -> Iterator[str]:
    body = document.element.body
    for tag, name in (
        ("tbl", "таблицы"),
        ("drawing", "рисунки"),
        ("pict", "рисунки"),
        ("object", "вложенные объекты"),
    ):
        if next(body.iter(f"{_W}{tag}"), None) is not None:
            yield name


class _Numbers:
    """Counters of the automatic lists, level by level."""

    def __init__(self, document: Any) -> None:
        self._counts: dict[tuple[str, int], int] = defaultdict(int)
        self._levels: dict[tuple[str, int], tuple[str, str, int]] = {}
        try:
            root = document.part.numbering_part.element
        except (KeyError, NotImplementedError):  # a document without lists has no such part
            return
        abstract = {one.get(f"{_W}abstractNumId"): one for one in root.iter(f"{_W}abstractNum")}
        for num in root.iter(f"{_W}num"):
            reference = num.find(f"{_W}abstractNumId")
            source = abstract.get(reference.get(f"{_W}val")) if reference is not None else None
            for level in source.iter(f"{_W}lvl") if source is not None else ():
                self._levels[num.get(f"{_W}numId"), int(level.get(f"{_W}ilvl", "0"))] = _level(level)

    def label(self, paragraph: Any) -> str:
        """«1.» or «А)», as Word shows it; "" for a paragraph without a number."""
        place = _place(paragraph)
        if place is None or place not in self._levels:
            return ""
        name, level = place
        kind, pattern, start = self._levels[place]
        self._counts[place] = self._counts[place] + 1 if place in self._counts else start
        for deeper in [one for one in self._counts if one[0] == name and one[1] > level]:
            del self._counts[deeper]
        number = _numeral(kind, self._counts[place])
        return pattern.replace(f"%{level + 1}", number) if number and f"%{level + 1}" in pattern else ""


def _place(paragraph: Any) -> tuple[str, int] | None:
    """List and level of the paragraph: its own, else of its style."""
    for owner in (paragraph._p, paragraph.style.element if paragraph.style is not None else None):  # noqa: SLF001  nothing public tells it
        found = owner.find(f"{_W}pPr/{_W}numPr") if owner is not None else None
        if found is not None:
            num, level = found.find(f"{_W}numId"), found.find(f"{_W}ilvl")
            if num is not None:
                return num.get(f"{_W}val"), int(level.get(f"{_W}val")) if level is not None else 0
    return None


def _level(level: Any) -> tuple[str, str, int]:
    def said(name: str, otherwise: str) -> str:
        found = level.find(f"{_W}{name}")
        return otherwise if found is None else found.get(f"{_W}val", otherwise)

    return said("numFmt", "decimal"), said("lvlText", "%1."), int(said("start", "1"))


def _numeral(kind: str, number: int) -> str:
    letters = {
        "lowerLetter": _LATIN,
        "upperLetter": _LATIN.upper(),
        "russianLower": _RUSSIAN,
        "russianUpper": _RUSSIAN.upper(),
    }
    if kind in letters:
        return letters[kind][(number - 1) % len(letters[kind])]
    return str(number) if kind in ("decimal", "decimalZero") else ""
