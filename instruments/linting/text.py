"""Russian texts as rules look at them: plain form, words, sentences, what stands outside of quotation marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:-[^\W\d_]+)*")
_QUOTED = re.compile(r"«[^«»]*»|\"[^\"\n]*\"|“[^“”]*”|„[^„“”]*[“”]")
_BLANKS = re.compile(r"\s+")
_SAME = (("ё", "е"), ("—", "-"), ("–", "-"), ("−", "-"), ("‑", "-"), ("\u00ad", ""))
# a full stop ends a sentence where a new one begins; «т. е.» and «5 кл.» do not
_END = re.compile(r"(?<=[^\W\d_]{2})\.(?=\s+[«\"(]?[А-ЯЁA-Z\d]|\s*$)|[!?…]+|;|\n+")
_DECIMAL = re.compile(r"(?<=\d),(?=\d)")
SHOWN = 70
REMEMBERED = 2048  # an author changes one text of a hundred between two looks


@lru_cache(maxsize=REMEMBERED)
def plain(text: str) -> str:
    """Letter for letter comparable: case, ё, kinds of dashes and blanks, a final stop do not count."""
    return " ".join(_DECIMAL.sub(".", _lowered(text)).split()).strip(" .;")


@lru_cache(maxsize=REMEMBERED)
def words(text: str) -> tuple[str, ...]:
    """Words and numbers in lower case, ё as е."""
    return tuple(_WORD.findall(_lowered(text)))


def sentences(text: str) -> Iterator[str]:
    """Sentences that have words."""
    return (part.strip() for part in _END.split(text) if _WORD.search(part))


def outside_quotes(text: str) -> str:
    """The text with an empty pair of marks in the place of each quotation: what others say asks nothing of the reader."""
    before, after = "", text
    while before != after:
        before, after = after, _QUOTED.sub(" “” ", after) if "«" in after or '"' in after else after
    return after


def _lowered(text: str) -> str:
    low = text.casefold()
    for one, other in _SAME:
        low = low.replace(one, other)
    return low


def clipped(text: str, most: int = SHOWN) -> str:
    """The beginning of a long text, for a sentence about it."""
    short = _BLANKS.sub(" ", text).strip()
    return short if len(short) <= most else f"{short[: most - 1].rstrip()}…"
