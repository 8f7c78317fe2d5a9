"""Another type for an item that stands: what fits is kept, the rest is named before it goes."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from diagnostics.web.authoring.editing.around import Around
from diagnostics.web.authoring.editing.controls import Shown
from diagnostics.web.authoring.editing.entry import Documents, Entry, Json
from diagnostics.web.authoring.editing.lists import free_codes, letters, numbered
from diagnostics.web.authoring.editing.shape import shape_problems
from diagnostics.web.authoring.editing.structure import ROW, needed
from diagnostics.web.authoring.editing.types import FORMS, KEY
from diagnostics.web.sentences.common import N_
from instruments.item_models import HOW_OFTEN
from instruments.rules import looked_at
from instruments.texts import say

COMMON = ("code", "title", "text", "hint", "wording", "stimulus", "show_if")
LISTS = ("options", "levels", "scale")
KEPT_APART = frozenset({"key", "mistakes", "anchor"})  # told by what they mean, not by a field
SCALES = frozenset({"likert", "frequency", "observation"})
CHOOSING = frozenset({"single", "multiple"})


@dataclass(frozen=True, slots=True)
class Lost:
    """A field as its form calls it, and what it shows or says where that is more than its name."""

    label: str
    shown: Shown | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Retyped:
    """`lost`: what the item says now and will not say; `asking`: items whose condition looks at it."""

    entry: Entry
    lost: tuple[Lost, ...]
    asking: tuple[str, ...]


def retyped(documents: Documents, code: str, kind: str, around: Around) -> Retyped:
    """KeyError: no such item or type."""
    before, form = documents.entry(code), FORMS[kind]
    item: Json = {name: value for name, value in before.item.items() if name in COMMON}
    item = {"code": code, "type": kind, **item, **needed(kind, documents)}
    given = _resolved(before.item, documents)
    for field in (control.name for control in form.answer):
        if field in given and field != "key":
            item[field] = copy.deepcopy(given[field])
    _carried_lists(given, item)
    key = _key(before, item) if form.worth else {}
    entry = Entry(item, key, before.anchor and bool(form.worth))
    entry = _sound(documents, entry)
    return Retyped(entry, tuple(_lost(before, entry, around)), tuple(_asking(documents, code)))


def _resolved(item: Json, documents: Documents) -> Json:
    """A row with the scale of its matrix, a scale of frequency with its usual marks: what the type stood for."""
    if item["type"] == ROW:
        matrices = {one["code"]: one for one in documents.instrument.get("matrices", [])}
        shared = matrices.get(item.get("matrix", ""), {})
        return {**item, **{name: shared[name] for name in ("scale", "opt_out") if name in shared}}
    if item["type"] == "frequency" and not item.get("scale"):
        return {**item, "scale": [point.model_dump(mode="json") for point in HOW_OFTEN]}
    return item


def _carried_lists(given: Json, item: Json) -> None:
    """Options, levels and marks of a scale are the same words in another list."""
    words = [one["text"] for one in given.get("options") or given.get("levels") or given.get("scale") or ()]
    kind = item["type"]
    if not words:
        return
    if kind in SCALES and not item.get("scale"):
        first = 0 if kind == "observation" else 1
        item["scale"] = [{"value": place, "text": text} for place, text in enumerate(words, first)]
    for name, codes in (("options", letters), ("levels", numbered("u"))):
        if name in item and not item[name]:
            named = [one["code"] for one in given.get("options") or given.get("levels") or ()]
            item[name] = [
                {"code": code, "text": text}
                for code, text in zip(named or free_codes((), codes, len(words)), words, strict=True)
            ]


def _key(before: Entry, item: Json) -> Json:
    """Worth is kept; the key where it means the same in the new type."""
    form = FORMS[item["type"]]
    fields = {control.name for control in (*form.worth, *form.answer)}
    key = {name: copy.deepcopy(value) for name, value in before.key.items() if name in fields | {"points"}}
    carry = KEYS.get((before.type, item["type"]))
    carried = carry(before.key.get("key")) if carry else None
    key.pop("key", None)
    if carried:
        key["key"] = carried
    if before.type in CHOOSING and item["type"] in CHOOSING and before.key.get("mistakes"):
        right = carried if isinstance(carried, list) else [carried]
        key["mistakes"] = {code: text for code, text in before.key["mistakes"].items() if code not in right}
    return key or ({} if FORMS[before.type].worth else {"points": 1})


def _one_as_many(key: object) -> object:
    return [key] if isinstance(key, str) else None


def _many_as_one(key: object) -> object:
    return key[0] if isinstance(key, list) and len(key) == 1 else None


def _same(key: object) -> object:
    return copy.deepcopy(key)


KEYS: Mapping[tuple[str, str], Callable[[object], object]] = {
    ("single", "multiple"): _one_as_many,
    ("multiple", "single"): _many_as_one,
    **{(kind, kind): _same for kind in FORMS},
}


def _sound(documents: Documents, entry: Entry) -> Entry:
    """Without the fields that the new type's model refuses, however they came to be there."""
    for _round in range(len(entry.item) + len(entry.key)):
        wrong = [
            problem.where.removeprefix(f"items.{entry.code}.").split(".")[0]
            for problem in shape_problems(documents.with_entry(entry))
            if problem.where.startswith(f"items.{entry.code}")
        ]
        drop = {name for name in wrong if name in entry.item or name in entry.key} - {
            "code",
            "type",
            "text",
            "title",
        }
        if not drop:
            return entry
        entry = Entry(
            {name: value for name, value in entry.item.items() if name not in drop},
            {name: value for name, value in entry.key.items() if name not in drop},
            entry.anchor,
        )
    return entry


def _lost(before: Entry, after: Entry, around: Around) -> Iterator[Lost]:
    """Fields that the old form shows filled in and the new item does not hold, under the names of the form."""
    listed = {one for name in LISTS for one in _words_in(after.item.get(name))}
    for control in FORMS[before.type].controls:
        name = control.name
        if name in KEPT_APART or (name not in before.item and name not in before.key):
            continue
        stays = name in after.item or name in after.key
        if not stays and not (name in LISTS and set(_words_in(before.item[name])) <= listed):
            yield Lost(control.label, control.show(before, around))
    if before.key.get("key") is not None and "key" not in after.key:
        yield Lost(
            next((one.label for one in FORMS[before.type].controls if one.name == "key"), KEY),
            words=_right(before),
        )
    if before.key.get("mistakes") and "mistakes" not in after.key:
        told = [say(texts, around.language) for texts in before.key["mistakes"].values()]
        yield Lost(N_("Какие ошибки стоят за вариантами"), words="\n".join(told))
    if before.anchor and not after.anchor:
        yield Lost(N_("Общее задание вариантов"))


def _right(before: Entry) -> str:
    """The right options of a choice; other keys are known by what they are called."""
    key = before.key["key"]
    right = [key] if isinstance(key, str) else key
    named = [one["text"] for one in before.item.get("options") or () if one["code"] in right]
    return "\n".join(say(texts) for texts in named)


def _words_in(rows: object) -> list[str]:
    return [str(one.get("text")) for one in rows] if isinstance(rows, list) else []


def _asking(documents: Documents, code: str) -> Iterator[str]:
    """Items whose condition looks at this one: a condition on an option that goes would be a mistake."""
    return (item["code"] for item in documents.items if code in looked_at(item.get("show_if")))
