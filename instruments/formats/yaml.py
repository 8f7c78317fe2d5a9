"""Our own documents in YAML or JSON: read with every mistake placed, written so that they read back."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from instruments.formats.jsontext import parse_json
from instruments.formats.limits import MOST_BYTES, Source
from instruments.formats.shapes import Document, shape
from instruments.formats.yamltext import parse_yaml
from instruments.formats.yamlwriting import yaml_of
from instruments.problems import DocumentError, error

__all__ = [
    "Document", "DocumentError", "plain_document", "read_document", "write_document", "write_plain",
]  # fmt: skip


def read_document(source: bytes | Path) -> Document:
    """Read an instrument, a scoring or a framework from bytes or a file.

    DocumentError tells a mistake of the file, or every mistake of the shape; OSError as the file gives it.
    What the document *says* is judged by `instruments.checking`.
    """
    return shape(_plain(_text(_bytes(source))))


def plain_document(source: bytes) -> Any:
    """The data of a file before anybody judges its shape: a draft may be broken. DocumentError of its syntax."""
    return _plain(_text(_bytes(source))).data


def write_document(document: Document) -> str:
    """YAML text that reads back to an equal document; fields at their defaults are left out."""
    return write_plain(document.model_dump(mode="json", exclude_defaults=True))


def write_plain(data: Mapping[str, Any]) -> str:
    """The same of plain data, whole or broken."""
    return yaml_of(data)


def _bytes(source: bytes | Path) -> bytes:
    if isinstance(source, bytes):
        raw = source
    else:
        with source.open("rb") as file:
            raw = file.read(MOST_BYTES + 1)
    if len(raw) > MOST_BYTES:
        raise DocumentError([error("", "file_too_big", most=MOST_BYTES // 1024)])
    return raw


def _text(raw: bytes) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise DocumentError([error("", "not_utf8", byte=wrong.start + 1)]) from wrong


def _plain(text: str) -> Source:
    if not text.strip():
        raise DocumentError([error("", "document_empty")])
    return parse_json(text) if text.lstrip().startswith("{") else parse_yaml(text)
