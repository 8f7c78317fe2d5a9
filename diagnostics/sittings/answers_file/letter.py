"""Bytes of a file of answers → a letter: strict about everything but the answers, which the save itself reads."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from diagnostics.sittings.answers_file.errors import FileRefused
from diagnostics.sittings.answers_file.sealing import opened

FORMAT, VERSION = "orientir-answers", 1
LONGEST = 1024 * 1024  # bytes
DEEPEST = 12
MOST_EVENTS = 500
ID_LENGTH = 14
LONGEST_PROOF = 200


@dataclass(frozen=True, slots=True)
class Sent:
    """One event as the player would have sent it, with the proof of who gave it («» where there is none)."""

    proof: str
    event: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Letter:
    sitting_id: str
    made_at: datetime  # by the device's clock: shown, never trusted
    events: tuple[Sent, ...]


def read_letter(content: bytes, secrets: Sequence[str]) -> Letter:
    """`secrets`: the installation's, the present one first.

    Raises
    ------
    FileRefused
        `answers_file_large`, `answers_file_format`, `answers_file_version`, and as `opened`.
    """
    outer = _envelope(content)
    if "sealed" in outer:
        if set(outer) != {"format", "version", "sealed"} or not isinstance(outer["sealed"], dict):
            raise FileRefused("answers_file_format")
        outer = _envelope(opened(outer["sealed"], secrets))
    if set(outer) != {"format", "version", "sitting", "made_at", "events"}:
        raise FileRefused("answers_file_format")
    return Letter(_id(outer["sitting"]), _moment(outer["made_at"]), _events(outer["events"]))


def _envelope(content: bytes) -> dict[str, Any]:
    if len(content) > LONGEST:
        raise FileRefused("answers_file_large")
    try:
        found = json.loads(content.decode(), object_pairs_hook=_unique, parse_constant=_refuse)
    except (ValueError, RecursionError) as wrong:
        raise FileRefused("answers_file_format") from wrong
    if not isinstance(found, dict) or found.get("format") != FORMAT or _depth(found) > DEEPEST:
        raise FileRefused("answers_file_format")
    if found.get("version") != VERSION or isinstance(found["version"], bool):
        raise FileRefused("answers_file_version")
    return found


def _events(rows: object) -> tuple[Sent, ...]:
    if not isinstance(rows, list) or not 1 <= len(rows) <= MOST_EVENTS:
        raise FileRefused("answers_file_format")
    found = []
    for row in rows:
        if not isinstance(row, dict):
            raise FileRefused("answers_file_format")
        event = dict(row)
        proof = event.pop("proof", "")
        is_one = isinstance(proof, str) and proof.isascii()
        found.append(Sent(proof[:LONGEST_PROOF] if is_one else "", event))
    return tuple(found)


def _id(value: object) -> str:
    if not isinstance(value, str) or len(value) != ID_LENGTH or not value.isascii() or not value.isalnum():
        raise FileRefused("answers_file_format")
    return value


def _moment(value: object) -> datetime:
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise FileRefused("answers_file_format")
    return moment


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice")
    return found


def _refuse(constant: str) -> None:
    raise ValueError(constant)


def _depth(value: object) -> int:
    """Of the nesting, counted without going down by recursion."""
    deepest, level = 0, [value]
    while level:
        deepest += 1
        if deepest > DEEPEST:
            break
        level = [
            below
            for one in level
            for below in (one.values() if isinstance(one, dict) else one if isinstance(one, list) else ())
        ]
    return deepest
