"""Which leaves of a document one edit tells together, and what kind of words it is told in."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from instruments.versions.classes import ORDER

#: Parts of a work that a difference belongs to by code; all else is the work as a whole.
PARTS = ("items", "stimuli", "matrices")


class Told(StrEnum):
    TEXT = "text"  # word by word
    VALUE = "value"  # before and after
    MEMBERS = "members"  # what came, what went, what moved
    RULE = "rule"  # a condition, in words
    KEY = "key"
    HIDDEN = "hidden"  # a code that only repeats its place


class Place(NamedTuple):
    """`path`: the beginning that the leaves of the edit share, below their owner."""

    document: str
    path: tuple[str, ...]
    field: str
    told: Told
    name: str = ""
    language: str = ""


_CHOICES = ("options", "prompts", "levels")
# the first row that fits the beginning of a path; «*» is any name
_OF_PARTS: tuple[tuple[tuple[str, ...], Told], ...] = (
    *(((field, "*"), Told.TEXT) for field in ("text", "title", "hint", "rationale", "unit")),
    *(((field, ORDER), Told.MEMBERS) for field in (*_CHOICES, "scale", "columns", "rows")),
    *(((field, "*", "code"), Told.HIDDEN) for field in (*_CHOICES, "columns", "rows")),
    (("scale", "*", "value"), Told.HIDDEN),
    *(((field, "*", "text", "*"), Told.TEXT) for field in (*_CHOICES, "scale")),
    *(((field, "*", "title", "*"), Told.TEXT) for field in ("columns", "rows")),
    *(((field, "*", "*"), Told.TEXT) for field in ("mistakes", "wording", "columns")),
    (("opt_out", "*"), Told.TEXT),
    (("image", "alt", "*"), Told.TEXT),
    (("show_if",), Told.RULE),
    (("key",), Told.KEY),
    (("competences",), Told.MEMBERS),
    (("code",), Told.HIDDEN),
    (("*",), Told.VALUE),
)
_OF_WORK: tuple[tuple[tuple[str, ...], Told], ...] = (
    *(((field, "*"), Told.TEXT) for field in ("title", "purpose", "instructions")),
    *((("forms", "*", field, "*"), Told.TEXT) for field in ("title", "purpose", "instructions")),
    (("forms", "*", "minutes"), Told.VALUE),
    *((("forms", "*", "sections", "*", field, "*"), Told.TEXT) for field in ("title", "text")),
    (("forms", "*", "sections", "*", "show_if"), Told.RULE),
    *((("forms", "*", "sections", "*", field), Told.VALUE) for field in ("order", "shuffle")),
    *(((field, ORDER), Told.MEMBERS) for field in ("forms", *PARTS)),
    (("forms", "*"), Told.MEMBERS),
    *(((field,), Told.MEMBERS) for field in ("anchors", "blocks", "languages")),
    (("*",), Told.VALUE),
)


def owner_of(path: tuple[str, ...]) -> tuple[str, str]:
    """Part and code; ("", "") for the work as a whole."""
    owned = len(path) > 1 and path[0] in PARTS and path[1] != ORDER
    return (path[0], path[1]) if owned else ("", "")


def place_of(document: str, path: tuple[str, ...]) -> Place:
    """The edit that tells this leaf."""
    owner = owner_of(path)
    own = path[2:] if owner[0] else path
    pattern, told = next(
        row for row in (_OF_PARTS if owner[0] else _OF_WORK) if _fits(row[0], own or ("code",))
    )
    beginning = own[: len(pattern)]
    if beginning[-1:] == (ORDER,):
        return Place(document, beginning, f"{beginning[0]}_order", Told.MEMBERS)
    if beginning[:1] == ("forms",):
        return _of_form(document, beginning, told)
    name = beginning[1] if len(beginning) > 2 and beginning[0] != "image" else ""  # noqa: PLR2004
    language = beginning[-1] if told is Told.TEXT else ""
    return Place(document, beginning, beginning[0] if beginning else "", told, name, language)


def _of_form(document: str, path: tuple[str, ...], told: Told) -> Place:
    field = "asks" if told is Told.MEMBERS else path[4] if "sections" in path else path[2]
    field = f"section_{field}" if "sections" in path else field
    name = path[3] if "sections" in path else path[1]
    return Place(document, path, field, told, name, path[-1] if told is Told.TEXT else "")


def _fits(pattern: tuple[str, ...], path: tuple[str, ...]) -> bool:
    return len(path) >= len(pattern) and all(
        part in ("*", own) for part, own in zip(pattern, path, strict=False)
    )
