"""The sheet «Прочее»: whatever has no column of its own, one plain value a row, so that nothing is lost.

A path names fields from the outside in; a member of a list stands in brackets, by its code where it has one:
«wording > parent > ru», «stimuli > [case1] > title > ru».
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from typing import Any

from instruments.checking.common import label
from instruments.formats.arrived import ENTRY, INSTRUMENT, ITEM, SCORING, SECTION, Gathered, at, notice
from instruments.formats.jsontext import parse_json
from instruments.formats.limits import MOST_LEVELS
from instruments.formats.values import flag_of
from instruments.formats.workbook.grid import Row, Value, text_of
from instruments.formats.workbook.headings import Table
from instruments.problems import DocumentError

BETWEEN = " > "
DOCUMENTS = {INSTRUMENT: "работа", SCORING: "ключи"}
_LABEL = "#label"  # of a member under way: no field of a document begins so
_LONGEST_WHOLE = 18
_PIECE = 30_000  # a cell of Excel holds 32,767 characters
_PIECED = re.compile(r"(?P<step>.+) #(?P<number>\d{1,4})")
_MOST_MEMBERS = 500  # of one list: each row looks through them
_PLAIN_NUMBER = re.compile(r"-?\d+(?:[.,]\d+)?(?:[eE][+-]?\d+)?")


def read_extras(table: Table | None, gathered: Gathered) -> None:
    if table is None:
        return
    codes = {word: code for code, word in DOCUMENTS.items()} | {code: code for code in DOCUMENTS}
    for row in table.rows:
        said = {field: text_of(table.value(row, field)) for field in ("document", "item", "field")}
        document = codes.get(said["document"].casefold() or DOCUMENTS[INSTRUMENT], "")
        path = [step.strip() for step in said["field"].split(BETWEEN.strip()) if step.strip()]
        target = _target(gathered, document, said["item"]) if document and path else None
        cell = table.cell(row, "field")
        if document == INSTRUMENT and not said["item"] and _is_of_gone_case(gathered, path):
            gathered.problems.append(notice(cell, "case_gone", case=path[1].strip("[]")[:64]))
            continue
        if target is None or len(path) > MOST_LEVELS or not _set(target, path, _value(table, row)):
            gathered.problems.append(at(cell, "extra_wrong", field=said["field"][:64]))
            continue
        where = ".".join(step.strip("[]") for step in path)
        gathered.mark(
            document,
            f"items.{said['item']}.{where}" if said["item"] else where,
            table.cell(row, "value"),
        )
    gathered.held |= {(part, "*", "") for part in (INSTRUMENT, SCORING, ITEM, ENTRY, SECTION)}
    for data in (gathered.instrument, gathered.scoring):
        _unlabel(data)


def _is_of_gone_case(gathered: Gathered, path: list[str]) -> bool:
    """Whether the row is about a case whose row on «Кейсы» a person took away."""
    if len(path) < 2 or path[0] != "stimuli" or (INSTRUMENT, "stimuli", "") not in gathered.held:  # noqa: PLR2004  the list and its member
        return False
    cases: Any = gathered.instrument.get("stimuli", [])
    return path[1].strip("[]") not in {case["code"] for case in cases}


def _unlabel(value: Any) -> None:
    if isinstance(value, dict):
        value.pop(_LABEL, None)
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        _unlabel(inner)


def _target(gathered: Gathered, document: str | None, item: str) -> dict[str, Any] | None:
    data: Any = gathered.instrument if document == INSTRUMENT else gathered.scoring
    if not item or data is None:
        return data
    if document == SCORING:
        return data["items"].setdefault(item, {}) if item in gathered.rows else None
    return next((entry for entry in data["items"] if entry["code"] == item), None)


def _value(table: Table, row: Row) -> Any:
    return read_value(table.value(row, "value"))


def read_value(raw: Value) -> Any:
    """What `plain_value` wrote."""
    if not isinstance(raw, str):
        return int(raw) if isinstance(raw, float) and raw.is_integer() else raw
    said = raw.strip()
    if said[:1] in ('"', "[", "{"):
        try:
            return parse_json(said).data
        except DocumentError:
            return said
    if _PLAIN_NUMBER.fullmatch(said):
        number = float(said.replace(",", "."))
        if not math.isfinite(number):
            return said
        return int(said) if len(said) <= _LONGEST_WHOLE and re.fullmatch(r"-?\d+", said) else number
    flag = flag_of(said) if said in ("да", "нет") else None
    return said if flag is None else flag


def plain_value(value: Any) -> str:
    """A text as it is where it reads back as itself, else as JSON."""
    if isinstance(value, bool):
        return "да" if value else "нет"
    if isinstance(value, str) and value == value.strip() and value and read_value(value) == value:
        return value
    return json.dumps(value, ensure_ascii=False)


def pieces(path: str, value: Any) -> Iterator[tuple[str, Any]]:
    """The value as it is, or a text too long for a cell in pieces: «… > data #1», «… > data #2»."""
    if not isinstance(value, str) or len(value) <= _PIECE:
        yield path, value
        return
    for number, begin in enumerate(range(0, len(value), _PIECE), 1):
        yield f"{path} #{number}", value[begin : begin + _PIECE]


def leaves(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, Any]]:
    """Path and value of every plain value inside; empty mappings and lists are values too."""
    if isinstance(value, dict) and value:
        for name, inner in value.items():
            yield from leaves(inner, (*path, name))
    elif isinstance(value, list) and value and any(isinstance(member, (dict, list)) for member in value):
        names = [label(member, place) for place, member in enumerate(value, 1)]
        unique = (
            names if len(set(names)) == len(names) else [f"#{place}" for place in range(1, len(names) + 1)]
        )
        for name, member in zip(unique, value, strict=True):
            yield from leaves(member, (*path, f"[{name}]"))
    else:
        yield BETWEEN.join(path), value


def _set(target: Any, path: list[str], value: Any) -> bool:
    """Put the value at the path, making what is on the way. False where something else stands there."""
    for place, step in enumerate(path):
        last = place == len(path) - 1
        following: Any = [] if not last and path[place + 1].startswith("[") else {}
        if step.startswith("["):
            if not isinstance(target, list):
                return False
            member = _member(target, step.strip("[]"))
            if member is None:
                if len(target) >= _MOST_MEMBERS:
                    return False
                member = value if last else following
                target.append(member)
                if isinstance(member, dict) and not last:
                    member[_LABEL] = step.strip("[]")
            target = member
        elif not isinstance(target, dict):
            return False
        elif last:
            pieced = _PIECED.fullmatch(step)
            before = target.get(pieced["step"], "") if pieced and pieced["number"] != "1" else ""
            target[pieced["step"] if pieced else step] = f"{before}{value}" if pieced else value
        else:
            target = target.setdefault(step, following)
    return True


def _member(members: list[Any], name: str) -> Any:
    for member in members:
        if isinstance(member, dict) and (
            str(member.get("code", member.get("value"))) == name or member.get(_LABEL) == name
        ):
            return member
    return None
