"""Which item of a file is which of the work, where only the words can tell."""

from __future__ import annotations

import heapq
import re
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher

LIKE = 0.75
_CANDIDATES = 3
_COMPARED = 300  # words of a text: the cost of a comparison grows with their square


def likely_same(
    before: Mapping[str, str], after: Mapping[str, str], lost: tuple[Sequence[str], Sequence[str]]
) -> dict[str, str]:
    """Code in the file → code in the work, for pairs of `lost` (of the work, of the file) with nearly one text."""
    words = {code: _words(before[code]) for code in lost[0] if before[code].strip()}
    sets = {code: frozenset(said) for code, said in words.items()}
    pairs = []
    for code in lost[1]:
        mine = _words(after[code])
        known = frozenset(mine)
        shared = [(_shared(known, own), other) for other, own in sets.items()] if mine else []
        near = heapq.nlargest(_CANDIDATES, shared, key=lambda pair: pair[0])
        pairs += [(_ratio(mine, words[other]), code, other) for _share, other in near]
    found: dict[str, str] = {}
    taken: set[str] = set()
    for ratio, code, other in sorted(pairs, key=lambda pair: -pair[0]):
        if ratio >= LIKE and code not in found and other not in taken:
            found[code] = other
            taken.add(other)
    return found


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold().replace("ё", "е"))[:_COMPARED]


def _shared(one: frozenset[str], other: frozenset[str]) -> float:
    both = len(one & other)
    return both / max(1, len(one) + len(other) - both)


def _ratio(one: list[str], other: list[str]) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()
