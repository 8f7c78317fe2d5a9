"""Any file that a methodologist may have → instrument and scoring; told by content first, by name second."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import PurePath

from instruments.document import Instrument
from instruments.formats.archive import unpack
from instruments.formats.arrived import NOWHERE, FileRefused, Origin, Read, placed, refused
from instruments.formats.encodings import decoded, within
from instruments.formats.plaintext import read_text
from instruments.formats.workbook import kind_of, read_workbook
from instruments.formats.yaml import read_document
from instruments.framework import Framework
from instruments.problems import DocumentError
from instruments.scoring import Scoring

_XML = {
    "<quiz": "Moodle XML",
    "LimeSurveyDocType": "LimeSurvey",
    "assessmentItem": "QTI",
    "qti-": "QTI",
    "questestinterop": "QTI",
}
_GIFT = re.compile(r"^\s*::.*?::|\{[^{}]*(?:[=~][^{}]*|#[^{}]*|T|F|TRUE|FALSE)\}", re.MULTILINE)
_YAML = re.compile(r"^\s*kind\s*:", re.MULTILINE)
_TABLE = re.compile(r"^[^\n\r]{0,400}(?:[;,\t]|^)\s*\"?(?:Текст|Text|Вопрос)\b", re.IGNORECASE)
_SAMPLE = 4_000


def read_file(name: str, content: bytes, frameworks: Mapping[str, Framework] | None = None) -> Read:
    """A workbook, a text, a Word file, a YAML or JSON document of ours.

    Never raises for what is in the file. A format that is not read yet is named: `format_later`.
    """
    origin = Origin("")
    stem = PurePath(name.replace("\\", "/")).stem
    try:
        kind = kind_of(within(content))
        if kind == "docx":
            return read_text(content, frameworks, name=stem)
        if kind != "csv":
            _refuse_xlsform(kind, content)
            return read_workbook(name, content, frameworks)
        text, _ = decoded(content.replace(b"\x0b", b"\n"))
        _refuse_foreign(text)
        if text.lstrip().startswith("{") or _YAML.search(text[:_SAMPLE]):
            return _read_ours(content)
        if name.lower().endswith((".csv", ".tsv")) or _TABLE.match(text[:_SAMPLE]):
            return read_workbook(name, content, frameworks)
        return read_text(content, frameworks, name=stem)
    except FileRefused as refusal:
        return refused(refusal, origin)


def _refuse_xlsform(kind: str, content: bytes) -> None:
    if kind == "xlsx":
        book = unpack(content, lambda name: name == "xl/workbook.xml").get("xl/workbook.xml", b"")
        if b'name="survey"' in book:
            raise FileRefused("format_later", format="XLSForm")


def _refuse_foreign(text: str) -> None:
    sample = text[:_SAMPLE]
    if sample.lstrip().startswith("<"):
        found = next((title for sign, title in _XML.items() if sign in sample), "XML")
        raise FileRefused("format_later", format=found)
    if _GIFT.search(sample) and not sample.lstrip().startswith("{"):
        raise FileRefused("format_later", format="GIFT")


def _read_ours(content: bytes) -> Read:
    origin = Origin("yaml")
    try:
        document = read_document(content)
    except DocumentError as wrong:
        return Read(None, None, tuple(placed(one, NOWHERE) for one in wrong.problems), origin=origin)
    if isinstance(document, Instrument):
        return Read(document, None, (), held=_everything(("instrument", "item", "section")), origin=origin)
    return Read(None, document if isinstance(document, Scoring) else None, (), origin=origin)


def _everything(parts: tuple[str, ...]) -> frozenset[tuple[str, str, str]]:
    """A document of ours says all that it has to say."""
    return frozenset({*((part, "*", "") for part in parts), ("instrument", "forms", "")})
