"""YAML text → plain data with the line of every value.

Built from the parser's events, not from its objects: no tags, no aliases (a few lines of them grow to
gigabytes), no guessing of dates or yes/no. A plain scalar is null, true/false, a JSON number or text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NoReturn

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
)

from instruments.formats.limits import MOST_LEVELS, MOST_VALUES, Place, Source
from instruments.problems import DocumentError, Problem

_NUMBER = re.compile(r"(?P<whole>-?(?:0|[1-9][0-9]{0,17}))(?:\.[0-9]{1,40})?(?:[eE][+-]?[0-9]{1,3})?")
_WORDS = {"": None, "~": None, "null": None, "true": True, "false": False}


def parse_yaml(text: str) -> Source:
    """Read one YAML document; DocumentError with line and column of the first mistake."""
    builder = _Builder()
    for event in _events(text):
        builder.take(event)
    if builder.documents == 0:
        raise DocumentError([Problem("", "document_empty")])
    return Source(builder.root, builder.marks)


def _events(text: str) -> Iterator[Event]:
    try:
        yield from YAML(typ="safe", pure=True).parse(text)
    except MarkedYAMLError as wrong:
        mark = wrong.problem_mark or wrong.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        _refuse("", "yaml_syntax", (line, column), line=line, column=column)
    except YAMLError as wrong:  # a character that YAML forbids
        before = text[: getattr(wrong, "position", 0) or 0]
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        _refuse("", "yaml_syntax", (line, column), line=line, column=column)


@dataclass(slots=True)
class _Open:
    """A list or mapping whose end has not come yet."""

    place: Place
    value: dict[str, Any] | list[Any]
    key: str | None = None


@dataclass(slots=True)
class _Builder:
    root: Any = None
    marks: dict[Place, tuple[int, int]] = field(default_factory=dict)
    documents: int = 0
    values: int = 0
    stack: list[_Open] = field(default_factory=list)

    def take(self, event: Event) -> None:
        if isinstance(event, DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                self._stop("many_documents", event)
        elif isinstance(event, NodeEvent):
            self._check(event)
            self._node(event)
        elif isinstance(event, CollectionEndEvent):
            self.stack.pop()

    def _check(self, event: NodeEvent) -> None:
        self.values += 1
        if isinstance(event, AliasEvent) or event.anchor is not None:
            self._stop("alias_refused", event)
        if getattr(event, "tag", None) is not None:
            self._stop("tag_refused", event)
        if self.values > MOST_VALUES:
            self._stop("too_many_values", event, most=MOST_VALUES)
        if len(self.stack) >= MOST_LEVELS:
            self._stop("too_deep", event, most=MOST_LEVELS)

    def _node(self, event: NodeEvent) -> None:
        parent = self.stack[-1] if self.stack else None
        if parent and isinstance(parent.value, dict) and parent.key is None:
            self._key(parent, parent.value, event)
            return
        value = _new(event)
        place = self._put(parent, value)
        self.marks[place] = _at(event)
        if isinstance(value, (dict, list)):
            self.stack.append(_Open(place, value))

    def _key(self, parent: _Open, mapping: dict[str, Any], event: NodeEvent) -> None:
        if not isinstance(event, ScalarEvent):
            self._stop("key_not_plain", event)
        if event.value in mapping:
            self._stop("key_repeated", event, key=event.value[:64])
        parent.key = event.value

    def _put(self, parent: _Open | None, value: Any) -> Place:
        if parent is None:
            self.root = value
            return ()
        if isinstance(parent.value, list):
            parent.value.append(value)
            return (*parent.place, len(parent.value) - 1)
        key, parent.key = parent.key or "", None
        parent.value[key] = value
        return (*parent.place, key)

    def _stop(self, code: str, event: Event, **params: object) -> NoReturn:
        place = self.stack[-1].place if self.stack else ()
        _refuse(".".join(map(str, place)), code, _at(event), **params)


def _new(event: NodeEvent) -> Any:
    if isinstance(event, CollectionStartEvent):
        return {} if isinstance(event, MappingStartEvent) else []
    if not isinstance(event, ScalarEvent):
        raise TypeError(f"unexpected event {event!r}")
    return _plain_scalar(event.value) if event.style is None else event.value


def _plain_scalar(text: str) -> Any:
    if text in _WORDS:
        return _WORDS[text]
    found = _NUMBER.fullmatch(text)
    if not found:
        return text
    return int(text) if found["whole"] == text else float(text)


def _at(event: Event) -> tuple[int, int]:
    mark = event.start_mark
    return (mark.line + 1, mark.column + 1)


def _refuse(where: str, code: str, at: tuple[int, int], /, **params: object) -> NoReturn:
    raise DocumentError([Problem(where, code, params, line=at[0], column=at[1])])
