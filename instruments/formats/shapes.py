"""Plain data → a frozen document; pydantic's errors → problems with paths of codes and lines."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from instruments.checking.common import label
from instruments.document import Instrument
from instruments.formats.limits import Place, Source
from instruments.framework import Framework
from instruments.problems import DocumentError, Problem, error
from instruments.scoring import Scoring

Document: TypeAlias = Instrument | Scoring | Framework

KINDS: Mapping[str, type[Instrument | Scoring | Framework]] = {
    "instrument": Instrument,
    "scoring": Scoring,
    "framework": Framework,
}

# pydantic's error type → our code; the rest is «value_wrong»
_CODES: Mapping[str, str] = {
    "missing": "field_missing",
    "extra_forbidden": "field_unknown",
    "union_tag_not_found": "field_missing",
    "union_tag_invalid": "not_one_of",
    "literal_error": "not_one_of",
    "string_type": "not_text",
    "string_pattern_mismatch": "bad_code",
    "string_too_long": "value_too_long",
    "model_type": "not_mapping",
    "model_attributes_type": "not_mapping",
    "mapping_type": "not_mapping",
    "dict_type": "not_mapping",
    "tuple_type": "not_list",
    "int_type": "not_number",
    "int_parsing": "not_number",
    "int_from_float": "not_number",
    "float_type": "not_number",
    "float_parsing": "not_number",
    "finite_number": "not_number",
    "bool_type": "not_flag",
    "bool_parsing": "not_flag",
    "greater_than_equal": "value_out_of_range",
    "less_than_equal": "value_out_of_range",
}


def shape(source: Source) -> Document:
    """Document of the kind that the data names; DocumentError with every mistake of its shape."""
    if not isinstance(source.data, dict):
        raise DocumentError([error("", "not_mapping")])
    kind = source.data.get("kind")
    if not isinstance(kind, str) or kind not in KINDS:
        line, column = _mark(("kind",), source)
        raise DocumentError(
            [Problem("kind", "kind_unknown", {"kinds": ", ".join(KINDS)}, line=line, column=column)]
        )
    try:
        return KINDS[kind].model_validate(source.data)
    except ValidationError as wrong:
        found = (
            _problem(details, source) for details in wrong.errors(include_url=False, include_context=True)
        )
        unique = {(problem.where, problem.code): problem for problem in found}
        raise DocumentError(unique.values()) from wrong


def _problem(details: ErrorDetails, source: Source) -> Problem:
    place, whole = _place(details, source.data)
    code = _CODES.get(details["type"], "value_wrong") if whole else "value_wrong"
    if details["type"] == "union_tag_not_found":
        place = (*place, "type")
    line, column = _mark(place, source)
    return Problem(_where(place, source.data), code, _params(details, place), line=line, column=column)


def _place(details: ErrorDetails, data: Any) -> tuple[Place, bool]:
    """Path inside the data, and whether it is the whole of pydantic's path.

    pydantic mixes names of union members into its path. The tag of an item type is skipped; any other
    name ends the path: the value fits no member, and each member's own complaint would only confuse.
    """
    place: Place = ()
    absent = details["type"] in ("missing", "extra_forbidden")
    parts = details["loc"]
    for number, part in enumerate(parts):
        if part == "[key]":
            return place, True
        if number == 2 and parts[0] == "items" and isinstance(parts[1], int):  # noqa: PLR2004  items · 3 · "single"
            continue
        if _holds(data, part):
            data = data[part]
        elif not (absent and number == len(parts) - 1 and isinstance(data, dict)):
            return place, False
        place = (*place, part)
    return place, True


def _holds(data: Any, part: str | int) -> bool:
    if isinstance(data, list):
        return isinstance(part, int) and part < len(data)
    return isinstance(data, dict) and part in data


def _where(place: Place, data: Any) -> str:
    names = []
    for part in place:
        data = data[part] if _holds(data, part) else None
        names.append(label(data, part + 1) if isinstance(part, int) else part)
    return ".".join(names)


def _params(details: ErrorDetails, place: Place) -> dict[str, object]:
    context = details.get("ctx", {})
    limits = [f"{sign} {context[name]}" for name, sign in (("ge", "≥"), ("le", "≤")) if name in context]
    return {
        "field": str(place[-1])[:64] if place else "",
        "expected": str(context.get("expected") or context.get("expected_tags") or "").replace(" or ", ", "),
        "most": context.get("max_length", ""),
        "limit": ", ".join(limits),
    }


def _mark(place: Place, source: Source) -> tuple[int | None, int | None]:
    """Line of the value, else of the nearest thing around it; none for JSON."""
    while place and place not in source.marks:
        place = place[:-1]
    return source.marks.get(place, (None, None))
