"""A work of a case, rows with one scale, tables of numbers and files, ready to be answered."""

from __future__ import annotations

import io

from PIL import Image

B1 = {"cell|pc|all": "12", "cell|laptop|all": "30", "cell|laptop|works": "28"}


def photo(size: tuple[int, int] = (300, 200), *, exif: Image.Exif | None = None, kind: str = "JPEG") -> bytes:
    made = io.BytesIO()
    Image.new("RGB", size, "#0b4f9e").save(made, kind, **({"exif": exif} if exif else {}))
    return made.getvalue()
