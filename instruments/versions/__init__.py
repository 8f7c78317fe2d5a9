"""When are two documents the same, what does a difference mean, and how is it told to people?"""

from __future__ import annotations

from instruments.versions.classes import (
    ORDER,
    Change,
    Difference,
    anchors,
    canonical_json,
    change_between,
    content_hash,
    differences,
)
from instruments.versions.effect import asked_alike, keyed_anew
from instruments.versions.semantic import Edit, Group, semantic
from instruments.versions.telling import Side
from instruments.versions.wording import Kind, Piece, shortened, word_diff

__all__ = [
    "ORDER", "Change", "Difference", "Edit", "Group", "Kind", "Piece", "Side", "anchors", "asked_alike", "canonical_json",
    "change_between", "content_hash", "differences", "keyed_anew", "semantic", "shortened", "word_diff",
]  # fmt: skip
