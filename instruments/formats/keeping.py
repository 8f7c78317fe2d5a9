"""What a file has no room for is kept: plain data that stands, under plain data that arrives."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Mapping
from typing import Any

from instruments.checking.common import label
from instruments.formats.arrived import ENTRY, Held

_ANYTHING = "*"  # the file has a place for fields without a column
_NEVER_HELD = {"image"}  # a picture does not fit into a cell
_ENTRY_FIELDS = ("points", "key")
RUBRIC = "rubric"  # a key that has a sheet of its own
_OWN_TEXT = "wording"  # has a column for each form


class Keeper:
    def __init__(self, held: Collection[Held]) -> None:
        self._held = frozenset(held)
        self._fields = {(document, field) for document, field, _ in self._held}

    def holds(self, document: str, field: str, language: str) -> bool:
        """Whether the file could have said this; then its silence means that it is gone."""
        if field in _NEVER_HELD:
            return False
        if (document, field) in self._fields:
            return not language or (document, field, language) in self._held
        return (document, _ANYTHING) in self._fields

    def document(
        self, stands: Mapping[str, Any], comes: Mapping[str, Any], document: str, own: Collection[str]
    ) -> dict[str, Any]:
        """Fields of both; those of `own` as they stand."""
        merged = {}
        for field in dict.fromkeys((*stands, *comes)):
            if field in own:
                if field in stands:
                    merged[field] = stands[field]
            elif field == _OWN_TEXT:
                merged |= self._wording(stands.get(field, {}), comes.get(field, {}), document)
            elif field in stands and not self.holds(document, _held_name(field, stands[field]), ""):
                merged[field] = stands[field]
            elif field in comes:
                merged[field] = self._value(stands.get(field), comes[field], document, field)
        return merged

    def entry(
        self, stands: Mapping[str, Any] | None, comes: Mapping[str, Any] | None
    ) -> dict[str, Any] | None:
        """An item's entry in the scoring; None where there is none, or the file took it away."""
        if comes is None:
            gone = any(self.holds(ENTRY, field, "") for field in _ENTRY_FIELDS)
            return None if stands is None or gone else dict(stands)
        return self.document(stands or {}, comes, ENTRY, ())

    def _value(self, stands: Any, comes: Any, document: str, field: str) -> Any:
        if isinstance(comes, str) and isinstance(stands, str):
            return stands if _folded(stands) == _folded(comes) else comes
        if isinstance(comes, dict) and isinstance(stands, dict):
            return self._mapping(stands, comes, document, field)
        if isinstance(comes, list) and isinstance(stands, list):
            return self._list(stands, comes, document, field)
        return comes

    def _wording(self, stands: dict[str, Any], comes: dict[str, Any], document: str) -> dict[str, Any]:
        """Words of each form under those that arrive: a form without a column keeps its own."""
        merged: dict[str, Any] = {}
        for form in dict.fromkeys((*stands, *comes)):
            texts = self._mapping(stands.get(form, {}), comes.get(form, {}), document, f"{_OWN_TEXT}.{form}")
            merged |= {form: texts} if texts else {}
        return {_OWN_TEXT: merged} if merged else {}

    def _mapping(
        self, stands: dict[str, Any], comes: dict[str, Any], document: str, field: str
    ) -> dict[str, Any]:
        merged = {}
        texts = all(isinstance(value, str) for value in (*stands.values(), *comes.values()))
        for name in dict.fromkeys((*stands, *comes)):
            if name in comes:
                merged[name] = self._value(stands.get(name), comes[name], document, field)
            elif name in _NEVER_HELD or (texts and not self.holds(document, field, name)):
                merged[name] = stands[name]
        return merged

    def _list(self, stands: list[Any], comes: list[Any], document: str, field: str) -> list[Any]:
        known = {label(member, place): member for place, member in enumerate(stands, 1)}
        return [
            self._value(known.get(label(member, place)), member, document, field)
            if isinstance(member, dict)
            else member
            for place, member in enumerate(comes, 1)
        ]


def _held_name(field: str, value: Any) -> str:
    return RUBRIC if field == "key" and isinstance(value, dict) and "criteria" in value else field


def _folded(text: str) -> str:
    lines = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").strip().split("\n")
    return "\n".join(line.rstrip() for line in lines)
