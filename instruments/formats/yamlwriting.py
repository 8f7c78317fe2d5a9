"""Plain data → YAML text in block style: a writer for what documents hold, tens of times as fast as a general one.

Only maps with text keys, lists, texts, numbers, yes/no and nothing. What it writes reads back equal, by our own
reader and by any other.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Mapping
from typing import Any

#: What YAML forbids unescaped or reads as an end of line.
_SPECIAL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_WORDS = frozenset({"null", "true", "false", "yes", "no", "on", "off", "y", "n"})
_ENDS = re.compile(r": |:$| #|\s$|\t")
_LINE = re.compile(r"[^\s].*[^\s]|[^\s]|")
_LONGEST_KEY = 900  # letters; a longer one has to be announced


def yaml_of(data: Mapping[str, Any]) -> str:
    """The whole document, with the line end after its last line. TypeError for what is no plain data."""
    if not data:
        return "{}\n"
    return "".join(f"{line}\n" for line in _mapping(data, ""))


def _mapping(data: Mapping[str, Any], indent: str) -> Iterator[str]:
    for key, value in data.items():
        name = _scalar(_checked(key), "", key=True)
        if len(name) > _LONGEST_KEY:
            yield f"{indent}? {name}"
            name = ""
        yield from _value(f"{indent}{name}:", value, indent, indent + "  ")


def _list(data: list[Any] | tuple[Any, ...], indent: str) -> Iterator[str]:
    for value in data:
        inner = indent + "  "
        if isinstance(value, Mapping) and value:
            lines = _mapping(value, inner)
            yield f"{indent}- {next(lines)[len(inner) :]}"
            yield from lines
        elif isinstance(value, (list, tuple)) and value:
            lines = _list(value, inner)
            yield f"{indent}- {next(lines)[len(inner) :]}"
            yield from lines
        else:
            yield from _value(f"{indent}-", value, inner, inner)


def _value(head: str, value: Any, of_list: str, inner: str) -> Iterator[str]:
    """`head`, then the value on its line or on lines of its own: a list at `of_list`, all else at `inner`."""
    if isinstance(value, Mapping) and value:
        yield head
        yield from _mapping(value, inner)
    elif isinstance(value, (list, tuple)) and value:
        yield head
        yield from _list(value, of_list)
    else:
        yield f"{head} {_scalar(value, inner)}"


def _scalar(value: Any, indent: str, *, key: bool = False) -> str:
    if isinstance(value, str):
        return _text(value, indent, key=key)
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return _float(value)
    if isinstance(value, int):
        return str(value)
    if value in ({}, [], ()):
        return "{}" if isinstance(value, Mapping) else "[]"
    message = f"no plain data: {type(value).__name__}"
    raise TypeError(message)


def _text(text: str, indent: str, *, key: bool) -> str:
    if "\n" in text or _SPECIAL.search(text):
        return _block(text, indent) if not key and _is_block(text) else _escaped(text)
    if text[:1].isalpha() and not _ENDS.search(text) and text.casefold() not in _WORDS:
        return text
    return "'" + text.replace("'", "''") + "'"


def _is_block(text: str) -> bool:
    """Whether every line can stand as it is: neither begins nor ends in a blank."""
    return (
        not _SPECIAL.search(text)
        and text[-1] != "\n"
        and all(_LINE.fullmatch(line) for line in text.split("\n"))
        and text[0] != "\n"
    )


def _block(text: str, indent: str) -> str:
    return "|-\n" + "\n".join(f"{indent}{line}" if line else "" for line in text.split("\n"))


def _escaped(text: str) -> str:
    plain = json.dumps(text, ensure_ascii=False)
    return _SPECIAL.sub(lambda found: f"\\u{ord(found[0]):04x}", plain)


def _float(value: float) -> str:
    if not math.isfinite(value):
        return ".nan" if math.isnan(value) else ".inf" if value > 0 else "-.inf"
    said = repr(value)
    return said.replace("e", ".0e") if "e" in said and "." not in said else said


def _checked(key: Any) -> str:
    if not isinstance(key, str):
        message = f"a key that is no text: {key!r}"
        raise TypeError(message)
    return key
