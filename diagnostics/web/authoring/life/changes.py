"""What differs between two versions, place by place, in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from diagnostics.web.authoring.life.words import FIELDS, OTHER_FIELD
from instruments.drafting.merging import AFTER, BEFORE, Patch, patch_between
from instruments.drafting.parts import ORDER
from instruments.texts import say

WHOLE = ""


@dataclass(frozen=True, slots=True)
class Place:
    """One question, competence, or (code empty) the headings. kind: new | gone | changed."""

    code: str
    title: str
    kind: str
    fields: tuple[str, ...]


def places_between(old: Mapping[str, Any], new: Mapping[str, Any], language: str) -> list[Place]:
    """Bodies of drafts or of frozen versions: {instrument, scoring} or {framework}."""
    return places_of(patch_between(old, new), language)


def places_of(patch: Patch, language: str) -> list[Place]:
    """The changed places, headings first, then in the order of the document."""
    found: dict[str, _Gathered] = {}
    for path, sides in patch.items():
        code = _code(path)
        entry = found.setdefault(code, _Gathered())
        entry.take(path, sides, language)
    places = [_place(code, entry) for code, entry in found.items() if entry.fields or entry.kind != "changed"]
    return sorted(places, key=lambda one: one.code != WHOLE)


class _Gathered:
    def __init__(self) -> None:
        self.title = ""
        self.kind = "changed"
        self.fields: dict[str, None] = {}

    def take(self, path: str, sides: Mapping[str, Any], language: str) -> None:
        names = path.split("/")
        whole = names[:-1] in (["instrument", "items"], ["framework", "nodes"])
        before, after = sides.get(BEFORE), sides.get(AFTER)
        standing = after if after is not None else before
        if whole and isinstance(standing, Mapping) and isinstance(standing.get("title"), Mapping):
            self.title = say(standing["title"], language)
        if whole and (before is None or after is None):
            self.kind = "new" if before is None else "gone"
        elif isinstance(before, Mapping) and isinstance(after, Mapping) and _code(path):
            changed = (name for name in {**before, **after} if before.get(name) != after.get(name))
            self.fields |= dict.fromkeys(_field(name) for name in changed)
        elif not path.endswith(ORDER) or "items" not in names:
            self.fields[_field(_name(path, names))] = None


def _place(code: str, entry: _Gathered) -> Place:
    fields = tuple(entry.fields) if entry.kind == "changed" else ()
    return Place(code, entry.title, entry.kind, fields)


def _code(path: str) -> str:
    """Code of the question or of the competence that a part speaks of; nothing for headings."""
    names = path.split("/")
    if len(names) > 2 and names[1] in ("items", "nodes") and names[2] != ORDER:  # noqa: PLR2004
        return names[2].replace("~1", "/").replace("~0", "~")
    return WHOLE


def _name(path: str, names: list[str]) -> str:
    """The field that a path ends in; "" where a document stands as a whole."""
    if _code(path) and len(names) > 3:  # noqa: PLR2004  document/items/code/field
        return names[2]
    return names[1] if len(names) > 1 else ""


def _field(name: str) -> str:
    return _(FIELDS.get(name, OTHER_FIELD))
