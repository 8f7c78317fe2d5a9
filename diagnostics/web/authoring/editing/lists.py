"""Controls of lists: options with the right ones and the mistakes behind the others, marks of a scale, columns.

Every row carries its code in a hidden field, the blank row at the end the next free one: posted twice, it is
still one row. A row whose words were deleted stays (the check tells it); a blank row without words is none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import count
from string import ascii_lowercase
from typing import Any, ClassVar

from diagnostics.web.authoring.editing.around import Around
from diagnostics.web.authoring.editing.controls import Shown, Value
from diagnostics.web.authoring.editing.entry import Entry, Json
from diagnostics.web.authoring.editing.reader import Reader, put, put_number

FEWEST = 4  # rows that a new list offers at once
REMOVE = "remove"  # name of the button that takes a row out: «options.b»
UP = "up"  # name of the button that moves a row before the one above it

NameCodes = Callable[[], Iterable[str]]


def letters() -> Iterable[str]:
    yield from ascii_lowercase
    for number in count(1):
        yield from (f"{letter}{number}" for letter in ascii_lowercase)


def numbered(prefix: str) -> NameCodes:
    return lambda: (f"{prefix}{number}" for number in count(1))


def free_codes(taken: Iterable[str], codes: NameCodes, wanted: int) -> list[str]:
    used = set(taken)
    found: list[str] = []
    for code in codes():
        if len(found) >= wanted:
            break
        if code not in used:
            found.append(code)
    return found


def moved_up(rows: list[Json], code: str) -> list[Json]:
    place = next((number for number, row in enumerate(rows) if row["code"] == code), 0)
    return rows if place == 0 else [*rows[: place - 1], rows[place], rows[place - 1], *rows[place + 1 :]]


@dataclass(frozen=True, slots=True)
class Row:
    code: str
    texts: tuple[tuple[str, str], ...]
    is_new: bool = False
    right: bool = False
    mistake: tuple[tuple[str, str], ...] = ()
    fields: tuple[tuple[str, str, Any], ...] = ()  # (name, words, value) of what else a row holds
    words: tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...] = ()  # as `fields`, of texts


@dataclass(frozen=True, slots=True)
class Rows(Value):
    """A tuple of {code, text}. `right`: how many may be marked right; `mistakes`: of those that are not."""

    right: str = ""  # "" | one | many
    codes: NameCodes = letters
    field: str = "text"  # what the words of a row are called in the document
    numbers: tuple[tuple[str, str], ...] = ()  # further fields of a row: name, label
    words: tuple[tuple[str, str], ...] = ()  # further texts of a row: name, label
    fewest: int = FEWEST
    kind: ClassVar[str] = "row_list"

    def show(self, entry: Entry, around: Around) -> Shown:
        rows = list(self.of(entry).get(self.name) or ())
        fresh = free_codes((row["code"] for row in rows), self.codes, max(1, self.fewest - len(rows)))
        shown = [self._row(row, entry, around) for row in rows]
        shown += [self._row({"code": code}, entry, around, is_new=True) for code in fresh]
        more = {"right": self.right, "mistakes": bool(self.right), "given": len(rows)}
        return Shown(self.kind, self.name, self.label, self.hint, shown, more=more)

    def read(self, reader: Reader, entry: Entry, around: Around) -> None:  # noqa: ARG002  one signature for all controls
        if not reader.has(self.name):
            return
        before = {row["code"]: row for row in self.of(entry).get(self.name) or ()}
        removed = reader.form.get(REMOVE, "")
        rows = []
        for code in reader.codes(self.name):
            made = self._read_row(reader, code, before.get(code))
            if made is not None and removed != f"{self.name}.{code}":
                rows.append(made)
        if rows or self.name in self.of(entry):
            up = reader.form.get(UP, "").removeprefix(f"{self.name}.")
            self.of(entry)[self.name] = moved_up(rows, up)
        if self.right:
            self._read_key(reader, entry, [row["code"] for row in rows])

    def _row(self, row: Json, entry: Entry, around: Around, *, is_new: bool = False) -> Row:
        code, key = row["code"], entry.key.get("key")
        mistake = (entry.key.get("mistakes") or {}).get(code) or {}
        return Row(
            code,
            _texts(row, self.field, around),
            is_new,
            right=bool(self.right) and (key == code if isinstance(key, str) else code in (key or ())),
            mistake=tuple((one, mistake.get(one, "")) for one in around.languages) if self.right else (),
            fields=tuple((name, label, row.get(name)) for name, label in self.numbers),
            words=tuple((name, label, _texts(row, name, around)) for name, label in self.words),
        )

    def _read_row(self, reader: Reader, code: str, before: Json | None) -> Json | None:
        path = f"{self.name}.{code}"
        texts = reader.texts(path, (before or {}).get(self.field))
        if before is None and not texts:
            return None
        row = {**(before or {"code": code}), self.field: texts or {"ru": ""}}
        for name, _label in self.numbers:
            if reader.has(f"{path}.{name}"):
                put_number(row, name, reader.number(f"{path}.{name}"))
        for name, _label in self.words:
            put(row, name, reader.texts(f"{path}.{name}", row.get(name)))
        return row

    def _read_key(self, reader: Reader, entry: Entry, codes: list[str]) -> None:
        name = f"{self.name}.right"
        marked = [code for code in codes if code in reader.form.getlist(name)]
        put(entry.key, "key", marked if self.right == "many" else next(iter(marked), None))
        before = entry.key.get("mistakes") or {}
        told = {
            code: reader.texts(f"{self.name}.{code}.mistake", before.get(code))
            for code in codes
            if code not in marked
        }
        put(entry.key, "mistakes", {code: texts for code, texts in told.items() if texts})


@dataclass(frozen=True, slots=True)
class Scale(Value):
    """A tuple of {value, text}: the value of a mark is typed, since answers store it."""

    default: tuple[Json, ...] = ()  # marks that the model has where the author gives none
    fewest: int = FEWEST
    kind: ClassVar[str] = "scale"

    def show(self, entry: Entry, around: Around) -> Shown:
        points = list(self.of(entry).get(self.name) or self.default)
        values = [point["value"] for point in points if isinstance(point["value"], int)]
        rows = [
            (str(place), point["value"], _texts(point, "text", around)) for place, point in enumerate(points)
        ]
        fresh = max(values, default=0)
        for step in range(max(1, self.fewest - len(points))):
            rows.append((str(len(rows)), fresh + step + 1, _texts({}, "text", around)))
        return Shown(self.kind, self.name, self.label, self.hint, rows, more={"given": len(points)})

    def read(self, reader: Reader, entry: Entry, around: Around) -> None:  # noqa: ARG002  one signature for all controls
        if not reader.has(self.name):
            return
        standing = list(self.of(entry).get(self.name) or self.default)
        removed, points = reader.form.get(REMOVE, ""), []
        for place in reader.codes(self.name):
            before = standing[int(place)] if place.isdecimal() and int(place) < len(standing) else None
            texts = reader.texts(f"{self.name}.{place}", (before or {}).get("text"))
            if (before is None and not texts) or removed == f"{self.name}.{place}":
                continue
            points.append({"value": reader.number(f"{self.name}.{place}.value"), "text": texts or {"ru": ""}})
        if points == list(self.default):
            points = []
        put(self.of(entry), self.name, points)
        if not points and not self.default:
            self.of(entry)[self.name] = []


def _texts(part: Json, field: str, around: Around) -> tuple[tuple[str, str], ...]:
    return tuple((one, (part.get(field) or {}).get(one, "")) for one in around.languages)
