"""Text that the embedded face can draw and a cell can hold."""

from __future__ import annotations

import logging
import re
import unicodedata
from functools import lru_cache

from reports.charts.measure import drawable, text_width

log = logging.getLogger(__name__)
_SUBSTITUTE = "?"
_ALWAYS = frozenset("\n\t")
_WIDEST = 1.2  # of the size: no letter is wider
_OFFICE = frozenset("\n\t\r")
_PLAIN = str.maketrans({"\u202f": "\u00a0", "\u2009": "\u00a0", "\u200b": None, "\u00ad": None})


def printable(text: str) -> str:
    """The text without signs that would come out as boxes; each loss is logged once."""
    clean = unicodedata.normalize("NFC", text).translate(_PLAIN)
    if clean.isascii() and clean.isprintable():
        return clean
    return "".join(sign if sign in _ALWAYS or drawable(sign) else _lost(sign) for sign in clean)


@lru_cache(maxsize=4096)
def _lost(sign: str) -> str:
    if unicodedata.category(sign) in {"Cf", "Cc", "Mn", "Me"}:
        return ""  # joiners, controls, loose accents: nothing a reader would miss
    log.warning("glyph_missing U+%04X", ord(sign))
    return _SUBSTITUTE


def breakable(text: str, width: float, size: float) -> str:
    """Words wider than `width` get a break inside: the engine itself never splits a word."""
    if len(text) * size * _WIDEST <= width:
        return text
    return " ".join(_split(word, width, size) for word in text.split(" "))


def _split(word: str, width: float, size: float) -> str:
    """First at hyphens, then wherever the width ends."""
    if text_width(word, size) <= width:
        return word
    return " ".join(_packed(part, width, size) for part in re.findall(r"[^-]*-|[^-]+", word))


def _packed(word: str, width: float, size: float) -> str:
    pieces: list[str] = [""]
    for sign in word:
        if pieces[-1] and text_width(pieces[-1] + sign, size) > width:
            pieces.append("")
        pieces[-1] += sign
    return " ".join(pieces)


def cell_safe(text: str) -> str:
    """Text without the controls that XML of office files forbids; line ends and tabs stay."""
    return "".join(sign for sign in text if sign in _OFFICE or unicodedata.category(sign) not in {"Cc", "Cs"})
