"""JSON text → plain data. Repeated keys, NaN and infinities are refused."""

from __future__ import annotations

import json
from typing import Any, NoReturn

from instruments.formats.limits import MOST_LEVELS, Source
from instruments.problems import DocumentError, error


def parse_json(text: str) -> Source:
    """Read one JSON value; DocumentError with the place of the first mistake."""
    try:
        return Source(json.loads(text, object_pairs_hook=_unique, parse_constant=_refuse), {})
    except json.JSONDecodeError as wrong:
        place = {"line": wrong.lineno, "column": wrong.colno}
        raise DocumentError([error("", "json_syntax", **place)]) from wrong
    except RecursionError as wrong:
        raise DocumentError([error("", "too_deep", most=MOST_LEVELS)]) from wrong
    except ValueError as wrong:  # an integer of more than 4300 digits
        raise DocumentError([error("", "not_number")]) from wrong


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise DocumentError([error(key[:64], "key_repeated", key=key[:64])])
        found[key] = value
    return found


def _refuse(constant: str) -> NoReturn:
    raise DocumentError([error("", "constant_refused", constant=constant)])
