"""Bytes of a text file → text, with the encoding that it was in."""

from __future__ import annotations

import re

from instruments.formats.arrived import Cell, FileRefused
from instruments.formats.limits import MOST_FILE_BYTES

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_SAMPLE = 2_000


def within(raw: bytes) -> bytes:
    """The same bytes, if they are no more than a file may have.

    Raises
    ------
    FileRefused
        `file_too_big`, `document_empty`.
    """
    if len(raw) > MOST_FILE_BYTES:
        raise FileRefused("file_too_big", most=MOST_FILE_BYTES // 1024)
    if not raw.strip():
        raise FileRefused("document_empty")
    return raw


def decoded(raw: bytes, sheet: str = "") -> tuple[str, str]:
    """Text and the name of its encoding: UTF-8, UTF-16 or Windows-1251.

    Raises
    ------
    FileRefused
        `encoding_unknown`; `bad_character` with its line.
    """
    text, encoding = _decoded(raw)
    found = _CONTROL.search(text)
    if found:
        before = text[: found.start()]
        line = before.count("\n") + (before.count("\r") if "\n" not in before else 0) + 1
        position = found.start() - max(before.rfind("\n"), before.rfind("\r"))
        raise FileRefused("bad_character", Cell(sheet, line), position=position)
    return text, encoding


def _decoded(raw: bytes) -> tuple[str, str]:
    candidates = ("utf-16",) if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else _candidates(raw)
    for encoding in candidates:
        try:
            return raw.decode(encoding), "UTF-8" if encoding == "utf-8-sig" else encoding.upper().replace(
                "CP1251", "Windows-1251"
            )
        except UnicodeDecodeError:
            continue
    raise FileRefused("encoding_unknown")


def _candidates(raw: bytes) -> tuple[str, ...]:
    """UTF-16 without its mark shows as every second byte of plain signs being zero."""
    sample = raw[:_SAMPLE]
    if sample[1::2].count(0) > len(sample) // 10 > 0:
        return ("utf-16-le",)
    if sample[::2].count(0) > len(sample) // 10 > 0:
        return ("utf-16-be",)
    return ("utf-8-sig", "cp1251")
