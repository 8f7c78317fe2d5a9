"""Paragraphs of a DOCX → lines of plain text, with the numbers that Word itself would show."""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Iterator
from typing import Any, NamedTuple

from instruments.formats.archive import refuse_doctype, unpack
from instruments.formats.arrived import FileRefused
from instruments.formats.encodings import within
from instruments.formats.limits import MOST_LINES, MOST_TAGS, MOST_UNPACKED

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LEVELS = 9  # of a list, as many as Word has
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_RUSSIAN = "абвгдежзиклмнопрстуфхцчшщэюя"
_TAG = b"<"  # by name: bytes within a call of this name stop the gathering of texts to translate


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
    parts = unpack(within(content), lambda _name: True)  # pictures too: the library reads them all
    if any(name.endswith("vbaProject.bin") for name in parts) or b"macroEnabled" in parts.get(
        "[Content_Types].xml", b""
    ):
        raise FileRefused("macro_workbook")
    for name, part in parts.items():
        if name.endswith((".xml", ".rels")):
            refuse_doctype(part)
    if sum(part.count(_TAG) for part in parts.values()) > MOST_TAGS:
        raise FileRefused("archive_too_big", most=MOST_UNPACKED >> 20)
    import docx  # noqa: PLC0415 - heavy: lxml
    from docx.opc.exceptions import PackageNotFoundError  # noqa: PLC0415

    try:
        document = docx.Document(io.BytesIO(content))
        paragraphs = document.paragraphs
        if len(paragraphs) > MOST_LINES:
            raise FileRefused("too_many_lines", lines=len(paragraphs), most=MOST_LINES)
        numbers = _Numbers(document)
        lines = [_line(paragraph, numbers) for paragraph in paragraphs]
    except (
        PackageNotFoundError, KeyError, ValueError, TypeError, AttributeError, SyntaxError, RecursionError,
    ) as wrong:  # fmt: skip
        raise FileRefused("workbook_broken") from wrong
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
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        self._lists: dict[str, dict[int, tuple[str, str, int]]] = {}
        self._styles = {
            one.get(f"{_W}styleId"): one.find(f"{_W}pPr/{_W}numPr")
            for one in document.styles.element.iterchildren(f"{_W}style")
        }
        try:
            root = document.part.numbering_part.element
        except (KeyError, NotImplementedError):  # a document without lists has no such part
            return
        levels = {one.get(f"{_W}abstractNumId"): _levels(one) for one in root.iter(f"{_W}abstractNum")}
        for num in root.iter(f"{_W}num"):
            reference = num.find(f"{_W}abstractNumId")
            if reference is not None:
                self._lists[num.get(f"{_W}numId")] = levels.get(reference.get(f"{_W}val"), {})

    def label(self, paragraph: Any) -> str:
        """«1.» or «А)», as Word shows it; "" for a paragraph without a number."""
        name, level = self._place(paragraph)
        found = self._lists.get(name, {}).get(level)
        if found is None:
            return ""
        kind, pattern, start = found
        counts = self._counts[name]
        counts[level] = counts[level] + 1 if level in counts else start
        for deeper in range(level + 1, _LEVELS):
            counts.pop(deeper, None)
        number = _numeral(kind, counts[level])
        return pattern.replace(f"%{level + 1}", number) if number and f"%{level + 1}" in pattern else ""

    def _place(self, paragraph: Any) -> tuple[str, int]:
        """List and level of the paragraph: its own, else of its style; «» where it stands in none."""
        own = paragraph._p.find(f"{_W}pPr/{_W}numPr")  # noqa: SLF001  nothing public tells it
        found = own if own is not None else self._styles.get(paragraph._p.style)  # noqa: SLF001  by its id: names are looked up slowly
        num, level = (None, None) if found is None else (found.find(f"{_W}numId"), found.find(f"{_W}ilvl"))
        return (
            "" if num is None else num.get(f"{_W}val", ""),
            0 if level is None else int(level.get(f"{_W}val", "0")),
        )


def _levels(abstract: Any) -> dict[int, tuple[str, str, int]]:
    found = ((int(one.get(f"{_W}ilvl", "0")), one) for one in abstract.iterchildren(f"{_W}lvl"))
    return {place: _level(one) for place, one in found if 0 <= place < _LEVELS}


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
