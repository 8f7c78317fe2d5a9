"""A zip made by strangers: unpacked within limits, by counting what really comes out."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from xml.etree.ElementTree import Element, iterparse

from instruments.formats.arrived import FileRefused
from instruments.formats.limits import MOST_PARTS, MOST_UNPACKED

_PIECE = 1 << 20


def unpack(raw: bytes, wanted: Callable[[str], bool]) -> dict[str, bytes]:
    """Parts of the archive by name; those not wanted are named with empty bytes.

    Raises
    ------
    FileRefused
        `workbook_broken`, `archive_too_big`.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            parts = [part for part in archive.infolist() if not part.is_dir()]
            if len(parts) > MOST_PARTS:
                raise FileRefused("archive_too_big", most=MOST_UNPACKED >> 20)
            return _contents(archive, parts, wanted)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        RuntimeError,
        NotImplementedError,
        ValueError,
        OSError,
    ) as wrong:
        raise FileRefused("workbook_broken") from wrong  # RuntimeError: encrypted


def _contents(
    archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo], wanted: Callable[[str], bool]
) -> dict[str, bytes]:
    left, found = MOST_UNPACKED, {}
    for part in parts:
        found[part.filename] = content = _content(archive, part, left) if wanted(part.filename) else b""
        left -= len(content)
    return found


def _content(archive: zipfile.ZipFile, part: zipfile.ZipInfo, left: int) -> bytes:
    pieces, size = [], 0
    with archive.open(part) as stream:
        while piece := stream.read(_PIECE):
            size += len(piece)
            if size > left:
                raise FileRefused("archive_too_big", most=MOST_UNPACKED >> 20)
            pieces.append(piece)
    return b"".join(pieces)


def elements(xml: bytes, name: str) -> Iterator[Element]:
    """Elements of this local name, whole, one after another; each is emptied when the next one is asked for.

    The parser of the standard library is ten times as fast as one that looks at every declaration in Python. What
    that one would refuse is refused before: without a DOCTYPE there are no entities to grow.

    Raises
    ------
    FileRefused
        `xml_doctype_not_allowed`.
    ParseError
    """
    refuse_doctype(xml)
    for _, element in iterparse(io.BytesIO(xml), ("end",)):  # noqa: S314  no DOCTYPE, so no entities
        if element.tag.rpartition("}")[2] == name:
            yield element
            element.clear()


def refuse_doctype(xml: bytes) -> None:
    """An office file never declares entities; UTF-16 would hide them, and office files are UTF-8.

    Raises
    ------
    FileRefused
        `xml_doctype_not_allowed`.
    """
    if b"<!DOCTYPE" in xml or b"<!ENTITY" in xml or xml[:2] in (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<"):
        raise FileRefused("xml_doctype_not_allowed")
