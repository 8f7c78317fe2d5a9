"""Which item of a file is which of the work, where only the words can tell."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher

LIKE = 0.75
_CANDIDATES = 3


def likely_same(
    before: Mapping[str, str], after: Mapping[str, str], lost: tuple[Sequence[str], Sequence[str]]
) -> dict[str, str]:
    """Code in the file → code in the work, for pairs of `lost` (of the work, of the file) with nearly one text."""
    words = {code: _words(before[code]) for code in lost[0] if before[code].strip()}
    pairs = []
    for code in lost[1]:
        mine = _words(after[code])
        near = sorted(words, key=lambda other: -_shared(mine, words[other]))[:_CANDIDATES] if mine else []
        pairs += [(_ratio(mine, words[other]), code, other) for other in near]
    found: dict[str, str] = {}
    for ratio, code, other in sorted(pairs, key=lambda pair: -pair[0]):
        if ratio >= LIKE and code not in found and other not in found.values():
            found[code] = other
    return found


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold().replace("ё", "е"))


def _shared(one: list[str], other: list[str]) -> float:
    first, second = set(one), set(other)
    return len(first & second) / max(1, len(first | second))


def _ratio(one: list[str], other: list[str]) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()
