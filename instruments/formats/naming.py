"""Codes and short names for items that a person left without."""

from __future__ import annotations

import re
from collections.abc import Iterable

from instruments.checking.instruments import LONGEST_TITLE

_NUMBERED = "Q{:02d}"


class Namer:
    """Gives codes that nobody else has; `codes` and `titles` are what was given and made."""

    def __init__(self, taken: Iterable[str]) -> None:
        self._taken = {code for code in taken if code}
        self._next = 1
        self.codes: list[str] = []
        self.titles: list[str] = []

    def code(self) -> str:
        """The next free code."""
        while (code := _NUMBERED.format(self._next)) in self._taken:
            self._next += 1
        self._taken.add(code)
        self.codes.append(code)
        return code

    def title(self, code: str, text: str) -> str:
        """Short name made of the item's text."""
        self.titles.append(code)
        return title_from(text)


def title_from(text: str) -> str:
    """The first sentence, cut at a word within the longest title; the same for the same text."""
    first = re.split(r"(?<=[.?!])\s|\n", text.strip(), maxsplit=1)[0]
    if len(first) <= LONGEST_TITLE:
        return first
    cut = first[: LONGEST_TITLE - 1].rpartition(" ")[0] or first[: LONGEST_TITLE - 1]
    return cut.rstrip(" ,;:—–-") + "…"
