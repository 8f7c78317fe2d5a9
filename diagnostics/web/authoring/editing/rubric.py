"""Criteria of a long answer, each with its levels: «2 — названы обе причины», one level a line."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from diagnostics.web.authoring.editing.around import Around
from diagnostics.web.authoring.editing.controls import Shown, Value
from diagnostics.web.authoring.editing.entry import Entry, Json
from diagnostics.web.authoring.editing.lists import REMOVE
from diagnostics.web.authoring.editing.reader import Reader, put
from instruments.texts import SOURCE_LANGUAGE


@dataclass(frozen=True, slots=True)
class Rubric(Value):
    """The points of the item follow from the best levels: nobody adds them up by hand."""

    kind: ClassVar[str] = "rubric"

    def show(self, entry: Entry, around: Around) -> Shown:
        criteria = _criteria(entry)
        rows = [self._row(one, around) for one in criteria]
        taken = {one["code"] for one in criteria}
        fresh = next(f"k{number}" for number in range(1, len(rows) + 2) if f"k{number}" not in taken)
        return Shown(self.kind, self.name, self.label, self.hint, [*rows, self._row({"code": fresh}, around)])

    def read(self, reader: Reader, entry: Entry, around: Around) -> None:
        if not reader.has("criteria"):
            return
        before = {one["code"]: one for one in _criteria(entry)}
        criteria = []
        for code in reader.codes("criteria"):
            made = self._read_row(reader, code, before.get(code), around)
            if made is not None and reader.form.get(REMOVE) != f"criteria.{code}":
                criteria.append(made)
        put(entry.key, "key", {"criteria": criteria} if criteria else None)
        total = _total(criteria)
        if criteria and total != entry.key.get("points", 1):
            entry.key["points"] = total

    @staticmethod
    def _row(one: Json, around: Around) -> tuple[str, list[tuple[str, str]], list[tuple[str, str]]]:
        title, levels = one.get("title") or {}, one.get("levels") or ()
        return (
            one["code"],
            [(language, title.get(language, "")) for language in around.languages],
            [(language, _lines(levels, language)) for language in around.languages],
        )

    @staticmethod
    def _read_row(reader: Reader, code: str, before: Json | None, around: Around) -> Json | None:
        path = f"criteria.{code}"
        standing = before or {"code": code}
        title = reader.texts(f"{path}.title", standing.get("title"))
        levels = _read_levels(reader.words(f"{path}.levels.{SOURCE_LANGUAGE}"), standing.get("levels") or ())
        for language in around.languages:
            if language != SOURCE_LANGUAGE and reader.has(f"{path}.levels.{language}"):
                _translate(levels, language, reader.words(f"{path}.levels.{language}"))
        if before is None and not title and not levels:
            return None
        return {**standing, "title": title or {SOURCE_LANGUAGE: ""}, "levels": levels}


def _criteria(entry: Entry) -> list[Json]:
    key = entry.key.get("key")
    return list(key.get("criteria") or ()) if isinstance(key, dict) else []


def _lines(levels: Iterable[Json], language: str) -> str:
    told = [(one.get("points", 0), (one.get("text") or {}).get(language, "")) for one in levels]
    return "\n".join(f"{points} — {text}" for points, text in told if text or language == SOURCE_LANGUAGE)


def _read_levels(words: str, before: Iterable[Json]) -> list[Json]:
    others = {one.get("points"): one.get("text") or {} for one in before}
    return [
        {"points": points, "text": {**others.get(points, {}), SOURCE_LANGUAGE: text}}
        for points, text in _told(words)
    ]


def _translate(levels: list[Json], language: str, words: str) -> None:
    """The lines of another language go to the levels with the same points."""
    told = dict(_told(words))
    for level in levels:
        put(level["text"], language, told.get(level["points"]))


def _told(words: str) -> Iterator[tuple[Any, str]]:
    """Points and words of each line; a line without points takes its place's number."""
    for place, line in enumerate(line for line in words.split("\n") if line.strip()):
        head, dash, tail = line.partition("—") if "—" in line else line.partition("-")
        number = head.strip().replace(",", ".")
        is_told = bool(dash) and number.replace(".", "", 1).isdecimal()
        points: Any = (float(number) if "." in number else int(number)) if is_told else place
        yield points, tail.strip() if is_told else line.strip()


def _total(criteria: Iterable[Json]) -> Any:
    best = [max((level["points"] for level in one["levels"]), default=0) for one in criteria]
    total = math.fsum(best)
    return int(total) if total.is_integer() else total
