"""Plain data gathered from a file → frozen documents; what cannot be read is left out and told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from instruments.checking import check_instrument, check_scoring
from instruments.checking.common import label
from instruments.document import Instrument
from instruments.formats.arrived import (
    INSTRUMENT,
    SCORING,
    Gathered,
    Origin,
    PlacedProblem,
    Read,
    at,
    in_order,
    placed,
)
from instruments.formats.limits import Source
from instruments.formats.shapes import Document, shape
from instruments.formats.vocabulary import TYPES
from instruments.framework import Framework
from instruments.problems import DocumentError, Problem
from instruments.scoring import Scoring

_ROUNDS = 4  # fields that do not belong, then items that stay wrong, then what named those items
_SHARED = {"stimuli", "matrices", "critical"}
Shaped = TypeVar("Shaped", Instrument, Scoring)


def assemble(gathered: Gathered, frameworks: Mapping[str, Framework], origin: Origin) -> Read:
    """Both documents of the gathered data and all their mistakes, each at its cell."""
    left_out: list[str] = []
    instrument = _shaped(gathered, INSTRUMENT, Instrument, left_out)
    scoring = _shaped(gathered, SCORING, Scoring, left_out) if gathered.scoring is not None else None
    problems = [*gathered.problems, *_checked(gathered, instrument, scoring, frameworks)]
    return Read(
        instrument, scoring, in_order(problems), gathered.rows, frozenset(gathered.given), frozenset(gathered.held),
        tuple(left_out), origin,
    )  # fmt: skip


def _shaped(gathered: Gathered, document: str, model: type[Shaped], left_out: list[str]) -> Shaped | None:
    data: Any = getattr(gathered, document)
    for _ in range(_ROUNDS):
        try:
            made: Document = shape(Source(data, {}))
        except DocumentError as wrong:
            gathered.problems += (_placed(gathered, document, one) for one in wrong.problems)
            if not _mended(gathered, document, wrong.problems, left_out):
                return None
        else:
            return made if isinstance(made, model) else None
    return None


def _placed(gathered: Gathered, document: str, problem: Problem) -> PlacedProblem:
    """The problem at its cell; a field that the item's type does not have is said in words."""
    cell, item = gathered.cell(document, problem.where), _item_of(gathered, problem.where)
    kinds = [str(entry.get("type")) for entry in _items(gathered) if entry.get("code") == item]
    if problem.code == "field_unknown" and document == INSTRUMENT and kinds:
        return at(cell, "field_not_for_type", problem.where, type=TYPES.said(kinds[0]))
    return placed(problem, cell)


def _mended(gathered: Gathered, document: str, problems: tuple[Problem, ...], left_out: list[str]) -> bool:
    """Take the wrong parts out of the plain data; False when nothing could be taken out."""
    done = False
    for problem in problems:
        item = _item_of(gathered, problem.where)
        if item is None:
            done = _member_dropped(gathered, document, problem.where) or done
            continue
        if problem.code == "field_unknown" and _dropped(gathered, document, item, problem):
            done = True
        else:
            done = _left_out(gathered, document, item, left_out) or done
    return done


def _member_dropped(gathered: Gathered, document: str, where: str) -> bool:
    """Take a wrong case or matrix out: the rest of the work is sound without it."""
    data: Any = getattr(gathered, document)
    name, _, rest = where.partition(".")
    members = data.get(name)
    if name not in _SHARED or not isinstance(members, list):
        return False
    kept = [one for place, one in enumerate(members, 1) if not f"{rest}.".startswith(f"{label(one, place)}.")]
    data[name] = kept
    return len(kept) < len(members)


def _item_of(gathered: Gathered, where: str) -> str | None:
    if not where.startswith("items."):
        return None
    names = (str(entry.get("code")) for entry in _items(gathered))
    rest = where.removeprefix("items.")
    fitting = [name for name in names if rest == name or rest.startswith(f"{name}.")]
    return max(fitting, key=len, default=None)


def _items(gathered: Gathered) -> list[dict[str, Any]]:
    items: Any = gathered.instrument.get("items", [])
    return [one for one in items if isinstance(one, dict)] if isinstance(items, list) else []


def _dropped(gathered: Gathered, document: str, item: str, problem: Problem) -> bool:
    """A field of the item itself that its type does not have."""
    field = problem.where.removeprefix(f"items.{item}.")
    for entry in _entries(gathered, document, item):
        if field in entry:
            del entry[field]
            return True
    return False


def _entries(gathered: Gathered, document: str, item: str) -> Iterator[dict[str, Any]]:
    if document == INSTRUMENT:
        yield from (entry for entry in _items(gathered) if entry.get("code") == item)
    else:
        keys: Any = (gathered.scoring or {}).get("items", {})
        if item in keys:
            yield keys[item]


def _left_out(gathered: Gathered, document: str, item: str, left_out: list[str]) -> bool:
    keys: Any = (gathered.scoring or {}).get("items", {})
    if document == SCORING:
        return keys.pop(item, None) is not None
    items = _items(gathered)
    kept = [entry for entry in items if entry.get("code") != item]
    if len(kept) == len(items):
        return False
    gathered.instrument["items"] = kept
    keys.pop(item, None)
    _forget(gathered, item)
    left_out.append(item)
    gathered.problems.append(
        at(gathered.cell(INSTRUMENT, f"items.{item}"), "item_left_out", f"items.{item}", item=item)
    )
    return True


def _forget(gathered: Gathered, item: str) -> None:
    forms: Any = gathered.instrument.get("forms", [])
    for form in forms:
        for section in form.get("sections", []):
            section["items"] = [code for code in section.get("items", []) if code != item]


def _checked(
    gathered: Gathered,
    instrument: Instrument | None,
    scoring: Scoring | None,
    frameworks: Mapping[str, Framework],
) -> Iterator[PlacedProblem]:
    if instrument is None:
        return
    for problem in check_instrument(instrument):
        yield placed(problem, gathered.cell(INSTRUMENT, problem.where))
    if scoring is None:
        return
    framework = frameworks.get(scoring.framework)
    if framework is None:
        yield at(
            gathered.cell(SCORING, "framework"), "framework_unknown", "framework", framework=scoring.framework
        )
        return
    for problem in check_scoring(instrument, scoring, framework):
        yield placed(problem, gathered.cell(SCORING, problem.where))
