"""Small works made in a line, for tables of cases about one question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from instruments.document import Instrument
from instruments.scoring import Scoring

LETTERS = "abcdefgh"


def single(text: str, *options: str, code: str = "Q1") -> dict[str, Any]:
    choices = [{"code": LETTERS[n], "text": {"ru": one}} for n, one in enumerate(options)]
    return {"code": code, "type": "single", "title": {"ru": code}, "text": {"ru": text}, "options": choices}


def likert(text: str, *marks: str, code: str = "Q1", values: Sequence[int] = ()) -> dict[str, Any]:
    scale = [
        {"value": value, "text": {"ru": mark}}
        for value, mark in zip(values or range(1, len(marks) + 1), marks, strict=True)
    ]
    return {"code": code, "type": "likert", "title": {"ru": code}, "text": {"ru": text}, "scale": scale}


def words_asked(text: str, kind: str = "text", code: str = "Q1", **more: Any) -> dict[str, Any]:
    return {"code": code, "type": kind, "title": {"ru": code}, "text": {"ru": text}, **more}


def work(*items: Mapping[str, Any], **more: Any) -> Instrument:
    """All items in one form of an hour; `more` replaces fields of the work."""
    section = {"code": "S", "title": {"ru": "Раздел"}, "items": [item["code"] for item in items]}
    standing = {
        "kind": "instrument", "code": "work", "title": {"ru": "Работа"}, "purpose": {"ru": "Цель"},
        "instructions": {"ru": "Читайте"}, "audience": "teacher", "minutes": 60, "languages": ["ru"],
        "passport": {"authors": "Ориентир", "licence": "CC0", "year": 2026},
        "forms": [{"code": "A", "title": {"ru": "Вариант А"}, "sections": [section]}],
        "items": list(items),
    }  # fmt: skip
    return Instrument.model_validate(standing | more)


def keyed(keys: Mapping[str, Any]) -> Scoring:
    items = {code: {"competences": {"METH.1": 1}, "key": key} for code, key in keys.items()}
    return Scoring.model_validate(
        {
            "kind": "scoring",
            "code": "work",
            "instrument": "work",
            "framework": "dpo",
            "preset": "levels3",
            "items": items,
        }
    )
