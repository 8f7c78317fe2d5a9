"""What a person sends as a file, made safe to keep: told by its bytes, never by its name or by the browser.

A picture is drawn anew, so that neither its place and camera (EXIF) nor anything hidden behind its last pixel
is kept. A document is kept as it is and only ever given out as an attachment.
"""

from __future__ import annotations

import io
import re
import threading
import zipfile
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from diagnostics.errors import DomainError
from diagnostics.files.actions import clean_name

IMAGE, DOCUMENT = "image", "document"
MOST_PIXELS = 50_000_000  # cameras of today; a decoded picture of this size takes 150 MB
LONGEST_SIDE = 2560  # enough to read a page of handwriting
_QUALITY = 85

#: media type → the endings under which people know it; the first one is given where the name has none.
ENDINGS: Mapping[str, tuple[str, ...]] = {
    "image/jpeg": (".jpg", ".jpeg", ".jpe", ".jfif"),
    "image/png": (".png",),
    "image/webp": (".webp",),
    "application/pdf": (".pdf",),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": (".docx",),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": (".xlsx",),
    "application/vnd.oasis.opendocument.text": (".odt",),
    "application/vnd.oasis.opendocument.spreadsheet": (".ods",),
}
_TOLD_BY = {ending: media_type for media_type, endings in ENDINGS.items() for ending in endings}
#: Names that open a device on Windows, whatever their ending.
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)$", re.IGNORECASE)
_OFFICE = {"word/document.xml": ".docx", "xl/workbook.xml": ".xlsx"}
_one_at_a_time = threading.Lock()  # ten large pictures decoded at once would be a gigabyte


class UnsafeFile(DomainError):  # noqa: N818 - reads as the answer it gives
    """`file_empty`, `type_mismatch`, `too_many_pixels`, `picture_broken`: nothing of it is kept."""


class TooLarge(DomainError):  # noqa: N818 - reads as the answer it gives
    """`file_too_heavy`; `most` in megabytes."""

    status = 413


@dataclass(frozen=True, slots=True)
class Received:
    """Ready to be stored."""

    name: str
    media_type: str
    content: bytes

    @property
    def is_image(self) -> bool:
        return self.media_type.startswith("image/")


def receive(name: str, content: bytes, *, kinds: Collection[str], most_bytes: int) -> Received:
    """The file as it may be kept. `kinds`: `image`, `document` or both. Slow for a large picture.

    Raises
    ------
    UnsafeFile
        Empty, of another kind than asked or than its name says, broken, or a picture of too many pixels.
    TooLarge
        More than `most_bytes` before anything is done with it.
    """
    if not content:
        raise UnsafeFile("file_empty")
    if len(content) > most_bytes:
        raise TooLarge("file_too_heavy", most=most_bytes // 1024**2)
    media_type = sniffed(content)
    kind = IMAGE if media_type and media_type.startswith("image/") else DOCUMENT
    if media_type is None or kind not in kinds:
        raise UnsafeFile("type_mismatch")
    if _TOLD_BY.get(PurePosixPath(name).suffix.lower(), media_type) != media_type:
        raise UnsafeFile("type_mismatch")
    if kind == IMAGE:
        media_type, content = _drawn_anew(content)
    return Received(_named(name, media_type), media_type, content)


def sniffed(content: bytes) -> str | None:
    """Media type by the bytes; None for everything that is not accepted (HTML, SVG, GIF, scripts, …)."""
    if content.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return "image/webp"
    if content.startswith(b"%PDF-"):
        return "application/pdf"
    return _office(content) if content.startswith(b"PK\x03\x04") else None


def _office(content: bytes) -> str | None:
    """A document of an office; one with macros is none."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
            declared = archive.read("mimetype").decode() if "mimetype" in names else ""
    except (zipfile.BadZipFile, ValueError, NotImplementedError, RuntimeError, OSError):
        return None
    if any(PurePosixPath(one).name.lower() == "vbaproject.bin" or one.startswith("Basic/") for one in names):
        return None
    if declared in ENDINGS:
        return declared
    ending = next((ending for part, ending in _OFFICE.items() if part in names), None)
    return next((media for media, endings in ENDINGS.items() if ending in endings), None)


def _drawn_anew(content: bytes) -> tuple[str, bytes]:
    """Only the pixels, upright and no larger than needed: PNG stays PNG, the rest becomes JPEG."""
    from PIL import Image, ImageOps, UnidentifiedImageError  # noqa: PLC0415 - loaded by the first picture

    try:
        with _one_at_a_time, Image.open(io.BytesIO(content), formats=("JPEG", "PNG", "WEBP")) as opened:
            width, height = opened.size
            if width * height > MOST_PIXELS:
                raise UnsafeFile("too_many_pixels", most=MOST_PIXELS // 1_000_000)
            is_png = opened.format == "PNG"
            opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # a JPEG is decoded small at once
            upright = ImageOps.exif_transpose(opened)
            upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            clean = upright.convert("RGBA" if is_png and upright.has_transparency_data else "RGB")
            clean.info.clear()
            made = io.BytesIO()
            clean.save(made, "PNG" if is_png else "JPEG", **({} if is_png else {"quality": _QUALITY}))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise UnsafeFile("too_many_pixels", most=MOST_PIXELS // 1_000_000) from bomb
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as broken:
        raise UnsafeFile("picture_broken") from broken
    return ("image/png" if is_png else "image/jpeg"), made.getvalue()


def _named(name: str, media_type: str) -> str:
    """The last part of the name, cleaned, with an ending of what it is; no spreadsheet takes it for a formula."""
    clean = clean_name(re.split(r"[\\/]", name)[-1]).lstrip("=+-@") or IMAGE
    path = PurePosixPath(clean)
    is_told = path.suffix.lower() in ENDINGS[media_type]
    stem, ending = (path.stem, path.suffix) if is_told else (clean, ENDINGS[media_type][0])
    return f"{'_' if _DEVICES.match(stem.split('.')[0]) else ''}{stem[:100]}{ending}"
