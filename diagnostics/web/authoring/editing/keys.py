"""Controls of keys that are no mark beside an option: competences, numbers, variants, pairs, order, rubric."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from diagnostics.web.authoring.editing.around import Around
from diagnostics.web.authoring.editing.controls import Lines, Shown, Value
from diagnostics.web.authoring.editing.entry import Entry, Json
from diagnostics.web.authoring.editing.reader import Reader, put, put_number

MOST_COMPETENCES = 12


@dataclass(frozen=True, slots=True)
class Competences(Value):
    """Competences by name. One alone weighs 1; of several each says its share."""

    kind: ClassVar[str] = "competences"

    def show(self, entry: Entry, around: Around) -> Shown:
        weights = entry.key.get(self.name) or {}
        rows = [(str(place), code, weight) for place, (code, weight) in enumerate(weights.items())]
        rows.append((str(len(rows)), "", None))
        known = {code for code, _words in around.nodes}
        gone = tuple((code, code) for code in weights if code not in known)
        return Shown(self.kind, self.name, self.label, self.hint, rows, choices=(*around.nodes, *gone))

    def read(self, reader: Reader, entry: Entry, around: Around) -> None:  # noqa: ARG002  one signature for all controls
        if not reader.has(self.name):
            return
        chosen: dict[str, Any] = {}
        for place in reader.codes(self.name)[:MOST_COMPETENCES]:
            code = reader.form.get(f"{self.name}.{place}", "")
            if code:
                chosen[code] = reader.number(f"{self.name}.{place}.weight")
        put(entry.key, self.name, _weighed(chosen))


def _weighed(chosen: dict[str, Any]) -> dict[str, Any]:
    """One alone weighs 1; what was left empty shares equally what the others leave over."""
    if len(chosen) == 1:
        return dict.fromkeys(chosen, 1)
    empty = [code for code, weight in chosen.items() if weight is None]
    said = sum(weight for weight in chosen.values() if isinstance(weight, (int, float)))
    share = round(max(0.0, 1 - said) / len(empty), 6) if empty else 0
    if empty and not share:  # the first one weighed 1 while it was alone
        return dict.fromkeys(chosen, round(1 / len(chosen), 6))
    return {code: share if weight is None else weight for code, weight in chosen.items()}


@dataclass(frozen=True, slots=True)
class NumberKey(Value):
    kind: ClassVar[str] = "number_key"

    def show(self, entry: Entry, around: Around) -> Shown:  # noqa: ARG002  one signature for all controls
        key = entry.key.get("key")
        return Shown(self.kind, self.name, self.label, self.hint, key if isinstance(key, dict) else {})

    def read(self, reader: Reader, entry: Entry, around: Around) -> None:  # noqa: ARG002  one signature for all controls
        if not reader.has("key.value"):
            return
        key: Json = {}
        put_number(key, "value", reader.number("key.value"))
        if key:
            put(key, "tolerance", reader.number("key.tolerance") or None)
        put(entry.key, "key", key)


@dataclass(frozen=True, slots=True)
class Variants(Lines):
    """Accepted answers, one a line."""


@dataclass(frozen=True, slots=True)
class Matches(Value):
    """For each prompt the option that is right."""

    kind: ClassVar[str] = "matches"

    def show(self, entry: Entry, around: Around) -> Shown:
        key = entry.key.get("key") if isinstance(entry.key.get("key"), dict) else {}
        prompts = [
            (one["code"], _said(one, around), (key or {}).get(one["code"], ""))
            for one in entry.item.get("prompts") or ()
        ]
        options = tuple((one["code"], _said(one, around)) for one in entry.item.get("options") or ())
        return Shown(self.kind, self.name, self.label, self.hint, prompts, choices=options)

    def read(self, reader: Reader, entry: Entry, around: Around) -> None:  # noqa: ARG002  one signature for all controls
        if not reader.has(self.name):
            return
        options = {one["code"] for one in entry.item.get("options") or ()}
        chosen = {
            one["code"]: reader.form.get(f"key.{one['code']}", "") for one in entry.item.get("prompts") or ()
        }
        put(entry.key, "key", {code: option for code, option in chosen.items() if option in options})


@dataclass(frozen=True, slots=True)
class Sequence(Value):
    """For each option its place in the right order: 1, 2, 3 …"""

    kind: ClassVar[str] = "sequence"

    def show(self, entry: Entry, around: Around) -> Shown:
        key = list(entry.key.get("key") or ())
        rows = [
            (one["code"], _said(one, around), key.index(one["code"]) + 1 if one["code"] in key else None)
            for one in entry.item.get("options") or ()
        ]
        return Shown(self.kind, self.name, self.label, self.hint, rows)

    def read(self, reader: Reader, entry: Entry, around: Around) -> None:  # noqa: ARG002  one signature for all controls
        if not reader.has(self.name):
            return
        places = [
            (number, code)
            for code in (one["code"] for one in entry.item.get("options") or ())
            if isinstance(number := reader.number(f"key.{code}"), (int, float))
        ]
        put(entry.key, "key", [code for _number, code in sorted(places, key=lambda one: one[0])])


@dataclass(frozen=True, slots=True)
class Repeat(Value):
    """How many rows the person may add; empty where the author names the rows."""

    kind: ClassVar[str] = "repeat"

    def read(self, reader: Reader, entry: Entry, around: Around) -> None:  # noqa: ARG002  one signature for all controls
        if not reader.has("repeat.most"):
            return
        most, least = reader.number("repeat.most"), reader.number("repeat.least")
        value: Json = {}
        if most is not None:
            value = {"most": most} if least is None else {"least": least, "most": most}
        put(entry.item, self.name, value)


def _said(one: Json, around: Around) -> str:
    texts = one.get("text") or {}
    return str(texts.get(around.language) or texts.get("ru") or one["code"])
