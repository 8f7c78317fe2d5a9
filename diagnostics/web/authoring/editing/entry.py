"""One item as an author edits it: plain JSON, because what is typed may not be a document yet.

A draft's documents stay sound: an entry is put into them only when `instruments.formats.shapes` takes the
result. Until then the page shows the entry as typed, with what is wrong beside each field.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

Json: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Entry:
    """`item` of the instrument, `key` of the scoring ({} where nothing is scored), and whether all forms share it."""

    item: Json
    key: Json
    anchor: bool = False

    @property
    def code(self) -> str:
        return str(self.item["code"])

    @property
    def type(self) -> str:
        return str(self.item["type"])

    def copied(self) -> Entry:
        """A copy that may be written into."""
        return Entry(copy.deepcopy(self.item), copy.deepcopy(self.key), self.anchor)

    def upon(self, before: Entry, now: Entry) -> Entry:
        """What this entry changed of `before`, put into `now`: field by field."""
        anchor = now.anchor if self.anchor == before.anchor else self.anchor
        return Entry(_upon(self.item, before.item, now.item), _upon(self.key, before.key, now.key), anchor)


def _upon(mine: Json, before: Json, now: Json) -> Json:
    made = copy.deepcopy(now)
    for name in {**before, **mine}:
        if mine.get(name) != before.get(name):
            made.pop(name, None)
            if name in mine:
                made[name] = mine[name]
    return made


@dataclass(frozen=True, slots=True)
class Documents:
    """The two documents of a draft as plain JSON; never changed in place."""

    instrument: Json
    scoring: Json

    @property
    def languages(self) -> tuple[str, ...]:
        return tuple(self.instrument.get("languages", ("ru",)))

    @property
    def items(self) -> list[Json]:
        found: list[Json] = self.instrument.get("items", [])
        return found

    @property
    def forms(self) -> list[Json]:
        found: list[Json] = self.instrument.get("forms", [])
        return found

    @property
    def keys(self) -> Mapping[str, Json]:
        found: Mapping[str, Json] = self.scoring.get("items", {})
        return found

    @property
    def anchors(self) -> list[str]:
        return list(self.scoring.get("anchors", []))

    def has(self, code: str) -> bool:
        return any(item["code"] == code for item in self.items)

    def entry(self, code: str) -> Entry:
        """KeyError when there is no such item."""
        for item in self.items:
            if item["code"] == code:
                return Entry(item, self.keys.get(code, {}), code in self.anchors)
        raise KeyError(code)

    def sections(self) -> Iterator[tuple[Json, Json]]:
        for form in self.forms:
            for section in form.get("sections", []):
                yield form, section

    def copied(self) -> Documents:
        return Documents(copy.deepcopy(self.instrument), copy.deepcopy(self.scoring))

    def with_entry(self, entry: Entry) -> Documents:
        """The documents with the entry in the place of the item of its code, or as a new item at the end."""
        made = self.copied()
        places = [place for place, item in enumerate(made.items) if item["code"] == entry.code]
        if places:
            made.items[places[0]] = entry.item
        else:
            made.instrument.setdefault("items", []).append(entry.item)
        keys = made.scoring.setdefault("items", {})
        if entry.key:
            keys[entry.code] = entry.key
        else:
            keys.pop(entry.code, None)
        made.mark_anchor(entry.code, wanted=entry.anchor)
        return made

    def mark_anchor(self, code: str, *, wanted: bool) -> None:
        """On a copy only; an item that is marked already keeps its place in the list."""
        if wanted == (code in self.anchors):
            return
        marked = [*self.anchors, code] if wanted else [one for one in self.anchors if one != code]
        self.scoring.pop("anchors", None)
        if marked:
            self.scoring["anchors"] = marked
