"""What stands around an item: names of competences, other items for a rule, cases and matrices to choose from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flask_babel import gettext as _

from diagnostics.web.authoring.editing.entry import Documents, Json
from instruments.framework import Framework
from instruments.texts import SOURCE_LANGUAGE, say

Pairs = tuple[tuple[str, str], ...]  # value → words
LONGEST = 80  # a title may have 60, and one that has more is told so
UNCOUNTED = frozenset({"info", "consent"})  # words to read and to agree with: no questions


@dataclass(frozen=True)
class Around:
    documents: Documents
    framework: Framework | None
    language: str = SOURCE_LANGUAGE

    @property
    def languages(self) -> tuple[str, ...]:
        return self.documents.languages

    @cached_property
    def nodes(self) -> Pairs:
        """Competences by name, in the order of the framework; what is nobody's child stands for itself."""
        if self.framework is None:
            return ()
        titles = {node.code: say(node.title, self.language) for node in self.framework.nodes}
        return tuple((code, titles[code]) for code in self.framework.in_order())

    @property
    def areas(self) -> tuple[tuple[str, Pairs], ...]:
        """Competences under the name of their topmost one, which stands among them."""
        if self.framework is None:
            return ()
        above = {node.code: node.parent for node in self.framework.nodes}
        titles, found = dict(self.nodes), dict[str, list[tuple[str, str]]]()
        for code, words in self.nodes:
            top, seen = code, {code}
            while (parent := above.get(top)) and parent in titles and parent not in seen:
                seen.add(top := parent)
            found.setdefault(top, []).append((code, words))
        return tuple((titles[top], tuple(pairs)) for top, pairs in found.items())

    @property
    def levels(self) -> Pairs:
        """Levels of the scale that the work reports by, the best one first."""
        scales = self.framework.scales if self.framework else {}
        preset = scales.get(str(self.documents.scoring.get("preset")))
        rising = sorted(preset.levels, key=lambda level: -level.lower) if preset else ()
        return tuple((level.code, say(level.title, self.language)) for level in rising)

    @property
    def blocks(self) -> Pairs:
        """Competences that the work reports."""
        named = dict(self.nodes)
        return tuple((code, named.get(code, code)) for code in self.documents.scoring.get("blocks") or ())

    @cached_property
    def numbers(self) -> dict[str, int]:
        """Number of each question in the first form that asks it; words to read have none."""
        kinds = {item["code"]: item["type"] for item in self.documents.items}
        found: dict[str, int] = {}
        for form in self.documents.forms:
            number = 0
            for section in form.get("sections", []):
                for code in section.get("items", []):
                    if kinds.get(code, "info") not in UNCOUNTED:
                        number += 1
                        found.setdefault(code, number)
        return found

    def label(self, item: Json) -> str:
        """«7. Ошибка в задании» — as lists and sentences call an item."""
        number = self.numbers.get(item["code"])
        name = shortened(
            say(item.get("title"), self.language) or say(item.get("text"), self.language), LONGEST
        )
        name = name or str(item["code"])
        return f"{number}. {name}" if number else name

    def labels(self, besides: str = "") -> Pairs:
        """Items that a rule may ask about."""
        return tuple(
            (item["code"], self.label(item))
            for item in self.documents.items
            if item["type"] != "info" and item["code"] != besides
        )

    def values_of(self, code: str) -> Pairs:
        """What can be chosen in an item: value → words; nothing where the answer is typed."""
        item = next((one for one in self.documents.items if one["code"] == code), {})
        return tuple(self._values(item))

    def stimuli(self) -> Pairs:
        return _named(self.documents.instrument.get("stimuli", []), "title", self.language)

    def matrices(self) -> Pairs:
        return _named(self.documents.instrument.get("matrices", []), "text", self.language)

    def _values(self, item: Json) -> Iterator[tuple[str, str]]:
        for option in item.get("options") or item.get("levels") or ():
            yield option["code"], say(option.get("text"), self.language) or option["code"]
        for point in item.get("scale") or ():
            yield str(point["value"]), say(point.get("text"), self.language) or str(point["value"])


def shortened(text: str, most: int = 60) -> str:
    """The beginning of a text, cut between words."""
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    return line[: most - 1].rsplit(" ", 1)[0].rstrip(" ,.:;—–") + "…"


def _named(parts: list[Any], field: str, language: str) -> Pairs:
    return tuple(
        (part["code"], shortened(say(part.get(field), language)) or _("без названия")) for part in parts
    )
