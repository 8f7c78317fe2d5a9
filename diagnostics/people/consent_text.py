"""The shipped text of consent: read from its file, the operator's requisites filled in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any

from ruamel.yaml import YAML

from diagnostics.database import Json

_BRACES = re.compile(r"\{(operator_\w+)\}")


def filled(requisites: Mapping[str, Any]) -> Json:
    """Title, note, summary, sections and options with `{operator_…}` replaced; KeyError names a missing one."""
    shipped = _shipped()
    kept = {
        "title": shipped["title"],
        "note": shipped["note"],
        "summary": shipped["summary"],
        "sections": shipped["body"],
        "options": shipped["options"],
    }
    return {name: _fill(part, requisites) for name, part in kept.items()}


def missing(requisites: Mapping[str, Any] | None) -> tuple[str, ...]:
    """Names of requisites that the text needs and the operator has not given."""
    given = requisites or {}
    return tuple(name for name in _needed() if not str(given.get(name) or "").strip())


@lru_cache(maxsize=1)
def _shipped() -> Json:
    document = files("diagnostics.people") / "bundled" / "consent.yaml"
    found: Json = YAML(typ="safe", pure=True).load(document.read_text(encoding="utf-8"))
    return found


@lru_cache(maxsize=1)
def _needed() -> tuple[str, ...]:
    document = files("diagnostics.people") / "bundled" / "consent.yaml"
    return tuple(dict.fromkeys(_BRACES.findall(document.read_text(encoding="utf-8"))))


def _fill(part: Any, requisites: Mapping[str, Any]) -> Any:
    if isinstance(part, str):
        return _BRACES.sub(lambda found: str(requisites[found[1]]), part)
    if isinstance(part, dict):
        return {name: _fill(value, requisites) for name, value in part.items()}
    if isinstance(part, list):
        return [_fill(value, requisites) for value in part]
    return part
