"""A draft as flat parts: one question, one heading, one order of codes, so that two authors can be told apart.

A draft is plain JSON and may be broken in any way; taking it apart and putting it together loses nothing.
Paths are JSON pointers whose list members are named by code: «instrument/items/M01», «scoring/items/M01»,
«instrument/forms/A/sections/METH/items». The order of a list is a part of its own: «instrument/items/#».
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

Parts: TypeAlias = dict[str, Any]

ORDER = "#"
_NAMELESS = "#"

# What is taken apart; all else is one part. «*» is any name.
_OPENED: tuple[tuple[str, ...], ...] = (
    (),
    ("instrument",),
    ("instrument", "items"),
    ("instrument", "matrices"),
    ("instrument", "stimuli"),
    ("instrument", "forms"),
    ("instrument", "forms", "*"),
    ("instrument", "forms", "*", "sections"),
    ("instrument", "forms", "*", "sections", "*"),
    ("scoring",),
    ("scoring", "items"),
    ("framework",),
    ("framework", "nodes"),
    ("framework", "scales"),
)


def split(body: Mapping[str, Any]) -> Parts:
    """Path → value; `join` gives the body back."""
    return dict(_split(body, ()))


def join(parts: Mapping[str, Any]) -> dict[str, Any]:
    """The body of the parts. An order may name what is gone or forget what came: the rest stands at the end."""
    tree = _Branch()
    for path, value in parts.items():
        tree.put(path.split("/"), value)
    joined: dict[str, Any] = tree.joined()
    return joined


def item_of(path: str) -> str | None:
    """Code of the question that a part belongs to: its words and its key are one matter."""
    names = path.split("/")
    if names[:2] in (["instrument", "items"], ["scoring", "items"]) and len(names) > 2:  # noqa: PLR2004
        return None if names[2] == ORDER else _unescaped(names[2])
    return None


def is_order(path: str, value: Any) -> bool:
    """Whether a part is an order of codes, which two authors may both change without a quarrel."""
    listed = path.endswith((f"/{ORDER}", "/items")) or path in ("scoring/blocks", "scoring/anchors")
    return listed and isinstance(value, list) and all(isinstance(one, str) for one in value)


def _split(value: Any, place: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    names = _names(value) if isinstance(value, list) and _is_opened(place) else None
    if names is not None:
        yield f"{_path(place)}/{ORDER}", names
        members: Mapping[str, Any] = dict(zip(names, value, strict=True))
    elif isinstance(value, Mapping) and value and _is_opened(place):
        members = value
    else:
        yield _path(place), value
        return
    for name, member in members.items():
        yield from _split(member, (*place, name))


def _names(members: list[Any]) -> list[str] | None:
    """Names of list members by code, told apart where a draft repeats one; None for a list of other things."""
    if not all(isinstance(one, Mapping) for one in members):
        return None
    names: list[str] = []
    for one in members:
        code = one.get("code")
        name = code if isinstance(code, str) and code and ORDER not in code else _NAMELESS + "1"
        number = 1
        while name in names:
            number += 1
            name = f"{name.split(_NAMELESS)[0]}{_NAMELESS}{number}"
        names.append(name)
    return names


def _is_opened(place: tuple[str, ...]) -> bool:
    return any(
        len(one) == len(place) and all(want in ("*", own) for want, own in zip(one, place, strict=True))
        for one in _OPENED
    )


class _Branch:
    """What was taken apart: members by name, and their order if it was a list."""

    def __init__(self) -> None:
        self.members: dict[str, Any] = {}
        self.order: list[str] | None = None

    def put(self, names: list[str], value: Any) -> None:
        if names == [ORDER]:
            self.order = value
            return
        name = _unescaped(names[0])
        standing = self.members.get(name)
        if len(names) > 1:
            if not isinstance(standing, _Branch):  # nothing yet, or an empty mapping that somebody filled
                standing = self.members[name] = _Branch()
            standing.put(names[1:], value)
        elif not isinstance(standing, _Branch):
            self.members[name] = value

    def joined(self) -> Any:
        members = {
            name: inner.joined() if isinstance(inner, _Branch) else inner
            for name, inner in self.members.items()
        }
        if self.order is None:
            return members
        order = [name for name in dict.fromkeys(self.order) if name in members]
        return [members[name] for name in (*order, *(name for name in members if name not in order))]


def _path(place: tuple[str, ...]) -> str:
    return "/".join(name.replace("~", "~0").replace("/", "~1").replace(ORDER, "~2") for name in place)


def _unescaped(name: str) -> str:
    return name.replace("~2", ORDER).replace("~1", "/").replace("~0", "~")
