"""When are two documents the same? Canonical bytes, a content hash, and what a difference means.

The verdict is deliberately strict: a program cannot know that other words ask the same thing, so any
change of words that people answer is breaking. A person may still *declare* two versions equivalent.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Mapping
from enum import IntEnum
from typing import Any, NamedTuple, TypeAlias

from pydantic import BaseModel

from instruments.document import Instrument, Item, is_question
from instruments.scoring import Scoring
from instruments.texts import SOURCE_LANGUAGE

Document: TypeAlias = BaseModel | Mapping[str, Any]

ORDER = "#order"


class Change(IntEnum):
    """Ordered: a document changed as much as its worst difference."""

    NONE = 0
    COSMETIC = 1  # nobody who answers or is scored could notice
    EQUIVALENT = 2  # another order or other words around the questions: results stay comparable
    BREAKING = 3  # another question, key or competence: results are not comparable


class Difference(NamedTuple):
    path: tuple[str, ...]
    change: Change


def canonical_json(document: Document) -> bytes:
    """UTF-8 JSON: sorted keys, no blanks, NFC.

    Fields left at their defaults are left out, so a field that a later release adds changes no hash.
    """
    return json.dumps(
        _plain(document), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    ).encode()


def content_hash(document: Document) -> str:
    """SHA-256 of the canonical bytes, as 64 hexadecimal digits."""
    return hashlib.sha256(canonical_json(document)).hexdigest()


def differences(old: Instrument | Scoring, new: Instrument | Scoring) -> list[Difference]:
    """All differences of two documents of one kind, by path of codes."""
    return compare(leaves_of(old), leaves_of(new))


def leaves_of(document: Instrument | Scoring) -> Leaves:
    """The document flat: path of codes → value; the order of a list is a leaf of its own."""
    return _leaves(_laid_out(_plain(document)))


def change_between(
    old: Instrument, new: Instrument, old_scoring: Scoring | None = None, new_scoring: Scoring | None = None
) -> Change:
    """The worst difference; a scoring on one side only is breaking."""
    found = [difference.change for difference in differences(old, new)]
    if old_scoring is not None and new_scoring is not None:
        found += [difference.change for difference in differences(old_scoring, new_scoring)]
    elif old_scoring is not new_scoring:
        found.append(Change.BREAKING)
    return max(found, default=Change.NONE)


def anchors(first: Instrument, first_form: str, second: Instrument, second_form: str) -> tuple[str, ...]:
    """Codes of questions that both forms ask in the same way: same code, nothing breaking between them."""
    others = {item.code: item for item in second.form_items(second_form)}
    return tuple(
        item.code
        for item in first.form_items(first_form)
        if is_question(item)
        and item.code in others
        and asks_the_same((item, first), (others[item.code], second))
    )


def asks_the_same(first: tuple[Item, Instrument], second: tuple[Item, Instrument]) -> bool:
    """Whether an answer to one is an answer to the other: nothing breaking between the items and their cases."""
    # the form's own wording stands in `text` by now; the wordings of other forms are not asked here
    before, after = (
        {
            "items": [{**_plain(item), "wording": {}}],
            "stimuli": [_plain(case)] if (case := work.stimulus_of(item)) else [],
        }
        for item, work in (first, second)
    )
    return all(found.change < Change.BREAKING for found in compare(_leaves(before), _leaves(after)))


# The beginning of a path decides, "*" is any code; what no row names is breaking unless only blanks changed.
_MEANINGS: tuple[tuple[tuple[str, ...], Change], ...] = (
    (("title",), Change.COSMETIC),
    (("purpose",), Change.COSMETIC),
    (("passport",), Change.COSMETIC),
    (("languages",), Change.COSMETIC),
    (("forms", ORDER), Change.COSMETIC),
    (("forms", "*", "title"), Change.COSMETIC),
    (("forms", "*", "purpose"), Change.COSMETIC),
    (("items", ORDER), Change.COSMETIC),
    (("items", "*", "title"), Change.COSMETIC),
    (("items", "*", "rationale"), Change.COSMETIC),
    (("items", "*", "mistakes"), Change.COSMETIC),
    (("stimuli", ORDER), Change.COSMETIC),
    (("stimuli", "*", "title"), Change.COSMETIC),
    (("matrices", ORDER), Change.COSMETIC),
    (("items", "*", "cognitive"), Change.COSMETIC),
    (("minutes",), Change.EQUIVALENT),
    (("order",), Change.EQUIVALENT),
    (("shuffle",), Change.EQUIVALENT),
    (("instructions",), Change.EQUIVALENT),
    (("forms", "*", "minutes"), Change.EQUIVALENT),
    (("forms", "*", "instructions"), Change.EQUIVALENT),
    (("blocks",), Change.EQUIVALENT),
    (("anchors",), Change.EQUIVALENT),
    (("forms", "*", "sections", "*", "show_if"), Change.BREAKING),
    (("forms", "*", "sections"), Change.EQUIVALENT),
    (("items", "*", "hint"), Change.EQUIVALENT),
    (("items", "*", "options", ORDER), Change.EQUIVALENT),
)

Leaves: TypeAlias = dict[tuple[str, ...], object]


def compare(before: Leaves, after: Leaves) -> list[Difference]:
    """Leaves that differ, each with what that means."""
    changed = (path for path in {**before, **after} if before.get(path) != after.get(path))
    return [Difference(path, _meaning(path, before, after)) for path in sorted(changed)]


def _meaning(path: tuple[str, ...], before: Leaves, after: Leaves) -> Change:
    for pattern, change in _MEANINGS:
        if len(path) >= len(pattern) and all(
            part in ("*", own) for part, own in zip(pattern, path, strict=False)
        ):
            return change
    old, new = before.get(path), after.get(path)
    if isinstance(old, str) and isinstance(new, str) and old.split() == new.split():
        return Change.COSMETIC
    translated = old is None and (*path[:-1], SOURCE_LANGUAGE) in before
    return Change.COSMETIC if translated else Change.BREAKING


def _plain(document: Document) -> dict[str, Any]:
    plain = (
        document.model_dump(mode="json", exclude_defaults=True)
        if isinstance(document, BaseModel)
        else document
    )
    normal: dict[str, Any] = _normal(plain)
    return normal


def _normal(value: Any) -> Any:
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, Mapping):
        return {_normal(key): _normal(part) for key, part in value.items()}
    return [_normal(part) for part in value] if isinstance(value, (list, tuple)) else value


def _laid_out(plain: dict[str, Any]) -> dict[str, Any]:
    """The questions of a form beside its sections: moving a question to another section keeps the form."""
    forms = [
        {**form, "asks": sorted(code for section in form["sections"] for code in section["items"])}
        for form in plain.get("forms", [])
    ]
    return {**plain, "forms": forms}


def _leaves(value: Any, path: tuple[str, ...] = ()) -> Leaves:
    """Flat view of a document. Members of lists are found by code, and their order is a leaf of its own."""
    if isinstance(value, dict):
        parts = {str(key): part for key, part in value.items()}
    elif isinstance(value, list):
        names = [_name(part) for part in value]
        parts = dict(zip(names, value, strict=True)) | {ORDER: " ".join(names)}
    else:
        return {path: value}
    return {leaf: found for key, part in parts.items() for leaf, found in _leaves(part, (*path, key)).items()}


def _name(part: Any) -> str:
    if not isinstance(part, dict):
        return str(part)
    return str(next((part[name] for name in ("code", "value", "points") if name in part), None))
