"""Pictures to send as answers."""

from __future__ import annotations

import io
from typing import Any

from PIL import Image


def photo(size: tuple[int, int] = (300, 200), *, exif: Image.Exif | None = None, kind: str = "JPEG") -> bytes:
    made = io.BytesIO()
    more: dict[str, Any] = {"exif": exif} if exif else {}
    Image.new("RGB", size, "#0b4f9e").save(made, kind, **more)
    return made.getvalue()


def photo_with_place() -> bytes:
    """One that tells the camera and the coordinates."""
    exif = Image.Exif()
    exif[0x010F] = "Camera of somebody"
    exif.get_ifd(0x8825)[2] = (55.0, 45.0, 7.0)
    return photo(exif=exif)
