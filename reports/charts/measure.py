"""Widths of words in PT Sans, so that a label is laid out before any browser sees it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Protocol

import fontpkg

FAMILY = "PT Sans"
_MISSING = 0.6  # of the size: a sign that the face does not hold


class _Face(Protocol):
    charWidths: dict[int, float]  # noqa: N815 - reportlab's name; per 1000 of the size
    charToGlyph: dict[int, int]  # noqa: N815


@lru_cache(maxsize=2)
def _face(*, bold: bool) -> _Face:
    from reportlab.pdfbase.ttfonts import TTFontFile  # noqa: PLC0415 - heavy, only where one draws

    face: _Face = TTFontFile(str(fontpkg.path(FAMILY, weight=700 if bold else 400)))
    return face


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Width in the units of `size`."""
    widths = _face(bold=bold).charWidths
    return sum(widths.get(ord(sign), _MISSING * 1000) for sign in text) * size / 1000


def wrap(text: str, width: float, size: float, *, bold: bool = False) -> tuple[str, ...]:
    """Lines no wider than `width`; breaks at plain spaces, in a longer word after a hyphen, else it stays whole."""
    lines: list[str] = []
    for word in text.split(" "):
        whole = text_width(word, size, bold=bold) <= width
        for index, piece in enumerate((word,) if whole else re.findall(r"[^-]*-|[^-]+", word)):
            joined = f"{lines[-1]}{'' if index else ' '}{piece}" if lines else piece
            if lines and text_width(joined, size, bold=bold) <= width:
                lines[-1] = joined
            else:
                lines.append(piece)
    return tuple(lines)


def balanced(text: str, width: float, size: float, *, bold: bool = False) -> tuple[str, ...]:
    """As few lines as `wrap` needs, of the most even length."""
    lines = wrap(text, width, size, bold=bold)
    low, high = width / 2, width
    while len(lines) > 1 and high - low > 1:
        middle = (low + high) / 2
        tried = wrap(text, middle, size, bold=bold)
        if len(tried) == len(lines) and all(text_width(line, size, bold=bold) <= middle for line in tried):
            lines, high = tried, middle
        else:
            low = middle
    return lines


def shorten(text: str, width: float, size: float, *, bold: bool = False) -> str:
    """The text, cut with an ellipsis (after a whole word where one is left) when it is too wide."""
    if text_width(text, size, bold=bold) <= width:
        return text
    while text and text_width(f"{text}…", size, bold=bold) > width:
        text = text[:-1]
    whole = text.rpartition(" ")[0]
    return f"{whole if len(whole) > len(text) / 2 else text}…"


def drawable(sign: str) -> bool:
    """Whether the regular face holds this sign."""
    return ord(sign) in _face(bold=False).charToGlyph
