"""Two texts word by word: what stayed, what was taken out, what was put in."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from enum import StrEnum
from typing import NamedTuple

_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")
#: Pairs of tokens that a comparison may look at; a longer pair of texts is told as replaced whole.
MOST_PAIRS = 4_000_000


class Kind(StrEnum):
    SAME = "same"
    GONE = "gone"
    NEW = "new"


class Piece(NamedTuple):
    kind: Kind
    text: str


def word_diff(old: str, new: str) -> tuple[Piece, ...]:
    """Pieces in reading order. Those that stayed and went, joined, are the old text; stayed and came, the new one."""
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    if len(before) * len(after) > MOST_PAIRS:
        return _pieces((Piece(Kind.GONE, old), Piece(Kind.NEW, new)))
    found: list[Piece] = []
    for _tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        gone, came = "".join(before[i1:i2]), "".join(after[j1:j2])
        found += [Piece(Kind.SAME, gone)] if gone == came else [Piece(Kind.GONE, gone), Piece(Kind.NEW, came)]
    return _pieces(_without_islands(found))


def _without_islands(pieces: list[Piece]) -> list[Piece]:
    """A blank that stayed between two changed words belongs to the change: «~~один~~ ~~два~~» reads worse."""
    joined: list[Piece] = []
    for number, piece in enumerate(pieces):
        inside = 0 < number < len(pieces) - 1
        if piece.kind is Kind.SAME and inside and piece.text.isspace():
            joined += [Piece(Kind.GONE, piece.text), Piece(Kind.NEW, piece.text)]
        else:
            joined.append(piece)
    return joined


def _pieces(parts: tuple[Piece, ...] | list[Piece]) -> tuple[Piece, ...]:
    """Neighbouring changes as one: all that went, then all that came."""
    found: list[Piece] = []
    gone = came = ""
    for kind, text in (*parts, Piece(Kind.SAME, "")):
        if kind is Kind.GONE:
            gone += text
        elif kind is Kind.NEW:
            came += text
        else:
            found += [Piece(Kind.GONE, gone), Piece(Kind.NEW, came), Piece(Kind.SAME, text)]
            gone = came = ""
    return tuple(piece for piece in found if piece.text)


def shortened(pieces: tuple[Piece, ...], around: int = 90) -> tuple[Piece, ...]:
    """Long runs that stayed, cut down to their ends near the changes: who compares has read the rest."""
    found = []
    for number, (kind, text) in enumerate(pieces):
        head = text[:around].rsplit(" ", 1)[0] if number else ""
        tail = text[-around:].split(" ", 1)[-1] if number < len(pieces) - 1 else ""
        is_long = kind is Kind.SAME and len(text) > 3 * around
        found.append(Piece(kind, f"{head} … {tail}" if is_long else text))
    return tuple(found)
