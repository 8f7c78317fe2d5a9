"""The control of a picture inside a document: a file in, made small enough for a slow line, and words about it."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from diagnostics.web.authoring.editing.around import Around
from diagnostics.web.authoring.editing.controls import Shown, Value
from diagnostics.web.authoring.editing.entry import Entry
from diagnostics.web.authoring.editing.reader import Reader, put
from instruments.pictures import MOST_BYTES, facts_of, picture_of

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_PIXELS = 40_000_000  # of a file that is opened at all: a photo of a good telephone
WIDTHS = (1200, 960, 720, 540, 400, 280)  # px; a page of a question is 360 to 720 wide
QUALITIES = (82, 64, 46)


@dataclass(frozen=True, slots=True)
class PictureFile(Value):
    """A new file takes the place of the standing picture; its words stay."""

    kind: ClassVar[str] = "picture"

    def show(self, entry: Entry, around: Around) -> Shown:
        value = entry.item.get(self.name)
        alt = (value or {}).get("alt") or {}
        more = {"alt": [(language, alt.get(language, "")) for language in around.languages]}
        return Shown(self.kind, self.name, self.label, self.hint, value, more=more)

    def read(self, reader: Reader, entry: Entry, around: Around) -> None:  # noqa: ARG002  one signature for all controls
        standing = entry.item.get(self.name)
        content = reader.files.get(f"{self.name}.file")
        if content:
            small = shrunk(content)
            if small is None:
                reader.refused[self.name] = "picture_unsound"
                return
            standing = picture_of(small).model_dump(mode="json", exclude_none=True)
        elif reader.form.get(f"{self.name}.gone"):
            standing = None
        if standing is not None and reader.asks_texts(f"{self.name}.alt"):
            before = (entry.item.get(self.name) or {}).get("alt")
            standing = dict(standing)
            put(standing, "alt", reader.texts(f"{self.name}.alt", before))
        put(entry.item, self.name, standing)


def shrunk(content: bytes) -> bytes | None:
    """A drawing that is small enough stays; a photo is made anew, without what a camera wrote into it.

    None for what is no picture, or none that can be made small.
    """
    facts = facts_of(content)
    if facts is None or facts.width * facts.height > MOST_PIXELS:
        return None
    plain = _opened(content)
    if plain is None or (facts.media_type == "image/png" and len(content) <= MOST_BYTES):
        return None if plain is None else content
    sizes = (_jpeg(plain, width, quality) for width in WIDTHS for quality in QUALITIES)
    return next((one for one in sizes if len(one) <= MOST_BYTES), None)


def _opened(content: bytes) -> Image | None:
    """The picture the right way up on white, or a transparent drawing would turn black."""
    from PIL import Image, ImageOps, UnidentifiedImageError  # noqa: PLC0415  only an author with a picture needs it

    try:
        with Image.open(io.BytesIO(content), formats=("PNG", "JPEG")) as opened:
            upright = ImageOps.exif_transpose(opened)
            if upright.mode not in ("RGBA", "LA", "P"):
                return upright.convert("RGB")
            shown = upright.convert("RGBA")
            return Image.alpha_composite(Image.new("RGBA", shown.size, "white"), shown).convert("RGB")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):  # what Pillow raises for broken files
        return None


def _jpeg(image: Image, width: int, quality: int) -> bytes:
    small = image.copy()
    small.thumbnail((width, width))
    stream = io.BytesIO()
    small.save(stream, "JPEG", quality=quality, optimize=True)
    return stream.getvalue()
