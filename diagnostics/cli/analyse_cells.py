"""Text of one cell → a number, or points by the key."""

from __future__ import annotations

import re
from dataclasses import dataclass

MISSING = frozenset({"", "na", "n/a", "nan", "null"})
NUMBER = re.compile(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)([eE][+-]?\d{1,3})?\Z")


class Numbers(dict[str, float]):
    """Text of a cell → number; a text that was seen before costs one look-up."""

    def __missing__(self, text: str) -> float:
        bare = text.strip()
        if bare.lower() in MISSING:
            value = float("nan")
        elif NUMBER.match(bare):
            value = float(bare.replace(",", "."))
        else:
            raise ValueError(bare)
        self[text] = value
        return value


class Keyed(dict[str, float]):
    """Text of a cell → points: right or wrong by the key."""

    def __init__(self, key: str, points: float) -> None:
        super().__init__()
        self.key, self.points = plain(key), points

    def __missing__(self, text: str) -> float:
        missing = text.strip().lower() in MISSING
        value = float("nan") if missing else self.points if plain(text) == self.key else 0.0
        self[text] = value
        return value


def plain(text: str) -> str:
    """Answers are compared without case and spaces, numbers as numbers (2 = 2,0)."""
    bare = text.strip().casefold()
    return f"{float(bare.replace(',', '.')):g}" if NUMBER.match(bare) else bare


@dataclass(frozen=True, slots=True)
class KeyLine:
    """Right answer of an item and its points."""

    answer: str
    points: float = 1.0
