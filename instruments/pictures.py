"""A small picture inside a document: it is frozen, hashed and carried with the text that it belongs to."""

from __future__ import annotations

import base64
import binascii
import struct
from typing import Annotated, Literal, NamedTuple, TypeAlias

from pydantic import Field

from instruments.texts import Frozen, Texts

MOST_BYTES = 40 * 1024  # what a page on a slow line can carry
_LONGEST_CODE = 4 * (MOST_BYTES // 3 + 1)
_PNG = b"\x89PNG\r\n\x1a\n"
_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}  # of JPEG: those that tell the size

MediaType: TypeAlias = Literal["image/png", "image/jpeg"]
Pixels: TypeAlias = Annotated[int, Field(ge=1, le=10_000)]


class Picture(Frozen):
    """`data`: the file in base64, at most 40 KB. `alt`: what it shows, in words; nothing is published without."""

    media_type: MediaType
    data: Annotated[str, Field(max_length=_LONGEST_CODE)]
    width: Pixels
    height: Pixels
    alt: Texts | None = None

    @property
    def content(self) -> bytes:
        """The bytes of the file; ValueError where the letters are not base64."""
        return base64.b64decode(self.data, validate=True)


class Facts(NamedTuple):
    media_type: MediaType
    width: int
    height: int


def picture_of(content: bytes, alt: Texts | None = None) -> Picture:
    """A picture for a document; ValueError for what is neither PNG nor JPEG, or more than 40 KB."""
    found = facts_of(content)
    if found is None or len(content) > MOST_BYTES:
        message = "a PNG or JPEG of at most 40 KB is needed"
        raise ValueError(message)
    return Picture(
        media_type=found.media_type,
        data=base64.b64encode(content).decode(),
        width=found.width,
        height=found.height,
        alt=alt,
    )


def is_sound(picture: Picture) -> bool:
    """Whether the data are what the picture says of itself."""
    try:
        found = facts_of(picture.content)
    except (ValueError, binascii.Error):
        return False
    return found == (picture.media_type, picture.width, picture.height)


def facts_of(content: bytes) -> Facts | None:
    """What the bytes say; None where they are neither PNG nor JPEG."""
    if content.startswith(_PNG) and content[12:16] == b"IHDR" and len(content) >= 24:  # noqa: PLR2004  end of the size
        return Facts("image/png", *struct.unpack(">II", content[16:24]))
    return _jpeg(content) if content.startswith(b"\xff\xd8\xff") else None


def _jpeg(content: bytes) -> Facts | None:
    """Markers are walked through until one tells the size."""
    at = 2
    while at + 9 <= len(content) and content[at] == 0xFF:  # noqa: PLR2004  marker with length and size
        marker, length = content[at + 1], struct.unpack(">H", content[at + 2 : at + 4])[0]
        if marker in _FRAMES:
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return Facts("image/jpeg", width, height)
        at += 2 + length
    return None
