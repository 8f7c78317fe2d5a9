"""Where items stand: add, copy, take out and move them. Every function gives new documents.

`spot`: a form and a section by code. An item may stand in several forms; taken out of the last one, it is gone
from the work with its key.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable
from itertools import count
from typing import NamedTuple

from diagnostics.web.authoring.editing.entry import Documents, Entry, Json
from diagnostics.web.authoring.editing.types import FORMS

_CODE = re.compile(r"(?P<prefix>.*?)(?P<number>\d+)")
LONGEST_PREFIX = 50
ROW = "row"


class Spot(NamedTuple):
    form: str
    section: str


class Placed(NamedTuple):
    documents: Documents
    code: str


def kinds(documents: Documents) -> tuple[str, ...]:
    """Types that an item of this work may have: rows only where there is a matrix to stand in."""
    has_matrix = bool(documents.instrument.get("matrices"))
    return tuple(kind for kind in FORMS if kind != ROW or has_matrix)


def spot_of(documents: Documents, code: str, form: str = "") -> Spot | None:
    """Where the item stands: in the form that is asked for, else in the first one that has it."""
    spots = [
        Spot(one["code"], section["code"])
        for one, section in documents.sections()
        if code in section.get("items", [])
    ]
    return next((spot for spot in spots if spot.form == form), next(iter(spots), None))


def add(documents: Documents, kind: str, spot: Spot, after: str = "") -> Placed:
    """A new item of the type, empty, behind the item `after` or at the end of the section. KeyError: no such spot."""
    code = _free_code(documents, after or _last_of(documents, spot))
    item: Json = {
        "code": code,
        "type": kind,
        "title": {"ru": ""},
        "text": {"ru": ""},
        **needed(kind, documents),
    }
    key: Json = {} if not FORMS[kind].worth else {"points": 1}
    return _placed(documents, Entry(item, key), spot, after)


def duplicate(documents: Documents, code: str, spot: Spot) -> Placed:
    """A copy right behind the item, with its key; it is no common item of the forms. KeyError: no such item."""
    found = documents.entry(code)
    twin = _free_code(documents, code)
    item = {**copy.deepcopy(found.item), "code": twin}
    return _placed(documents, Entry(item, copy.deepcopy(found.key)), spot, code)


def remove(documents: Documents, code: str, form: str = "") -> Documents:
    """Out of one form, or out of all where none is named. KeyError: no such item."""
    documents.entry(code)
    made = documents.copied()
    for one, section in made.sections():
        if form in ("", one["code"]) and code in section.get("items", []):
            section["items"].remove(code)
    if not any(code in section.get("items", []) for _form, section in made.sections()):
        _forget(made, code)
    return made


def move(documents: Documents, code: str, spot: Spot, step: int) -> Documents:
    """One place up (−1) or down (+1); at the edge of a section into the next one of the form."""
    made = documents.copied()
    sections = _sections(made, spot.form)
    here = next(place for place, one in enumerate(sections) if one["code"] == spot.section)
    items: list[str] = sections[here]["items"]
    at = items.index(code)
    if 0 <= at + step < len(items):
        items.insert(at + step, items.pop(at))
    elif 0 <= here + step < len(sections):
        items.remove(code)
        others = sections[here + step].setdefault("items", [])
        others.insert(0 if step > 0 else len(others), code)
    return made


def move_section(documents: Documents, spot: Spot, step: int) -> Documents:
    """One place up (−1) or down (+1) in its form; at the edge it stays. KeyError: no such section."""
    made = documents.copied()
    sections = _sections(made, spot.form)
    at = sections.index(_section(made, spot))
    if 0 <= at + step < len(sections):
        sections.insert(at + step, sections.pop(at))
    return made


def can_move(documents: Documents, code: str, spot: Spot, step: int) -> bool:
    sections = _sections(documents, spot.form)
    here = next(place for place, one in enumerate(sections) if one["code"] == spot.section)
    items = sections[here].get("items", [])
    return 0 <= items.index(code) + step < len(items) or 0 <= here + step < len(sections)


def include(documents: Documents, code: str, form: str) -> Documents:
    """Put an item of another form into this one, at the end of its first section. KeyError: no such form."""
    made = documents.copied()
    sections = _sections(made, form)
    if not any(code in section.get("items", []) for section in sections):
        sections[0].setdefault("items", []).append(code)
    return made


def new_code(taken: Iterable[str], prefix: str) -> str:
    """The next free one: «S1», «S2» …"""
    used = set(taken)
    return next(code for code in (f"{prefix}{number}" for number in count(1)) if code not in used)


def _placed(documents: Documents, entry: Entry, spot: Spot, after: str) -> Placed:
    made = documents.with_entry(entry)
    items = _section(made, spot).setdefault("items", [])
    items.insert(items.index(after) + 1 if after in items else len(items), entry.code)
    return Placed(made, entry.code)


def _forget(made: Documents, code: str) -> None:
    made.instrument["items"] = [item for item in made.items if item["code"] != code]
    made.scoring.get("items", {}).pop(code, None)
    made.scoring.get("importance", {}).pop(code, None)
    made.mark_anchor(code, wanted=False)


def _free_code(documents: Documents, near: str) -> str:
    """The next number after the neighbour's, with its prefix: M12 → M13."""
    taken = {item["code"] for item in documents.items}
    found = _CODE.fullmatch(near)
    if found is None:
        return new_code(taken, f"{near[:LONGEST_PREFIX]}-" if near else "Q")
    width, start = len(found["number"]), int(found["number"])
    return next(
        code
        for code in (f"{found['prefix']}{number:0{width}}" for number in count(start + 1))
        if code not in taken
    )


def _last_of(documents: Documents, spot: Spot) -> str:
    items = _section(documents, spot).get("items", [])
    return items[-1] if items else next((item["code"] for item in reversed(documents.items)), "")


def needed(kind: str, documents: Documents) -> Json:
    """Fields without which the type's model is no model; what a person has to say stays empty."""
    matrices = documents.instrument.get("matrices", [])
    empty: dict[str, Json] = {
        "single": {"options": []},
        "multiple": {"options": []},
        "matching": {"prompts": [], "options": []},
        "ordering": {"options": []},
        "likert": {"scale": []},
        "level": {"levels": []},
        "observation": {"scale": []},
        "row": {"matrix": matrices[0]["code"] if matrices else "MATRIX"},
        "table": {"columns": []},
    }
    return empty.get(kind, {})


def _sections(documents: Documents, form: str) -> list[Json]:
    for one in documents.forms:
        if one["code"] == form:
            found: list[Json] = one.get("sections", [])
            return found
    raise KeyError(form)


def _section(documents: Documents, spot: Spot) -> Json:
    for section in _sections(documents, spot.form):
        if section["code"] == spot.section:
            return section
    raise KeyError(spot.section)
