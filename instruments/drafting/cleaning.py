"""Markup out of the words of a draft: our texts are plain, so a tag is a left-over or an attack, never meant.

What is taken away is told to the author. «x < 5» and «{{7*7}}» are words and stay as typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

# With these goes all that they hold.
_WHOLE = (
    "script",
    "style",
    "svg",
    "math",
    "iframe",
    "object",
    "template",
    "noscript",
    "noembed",
    "title",
    "head",
)
# Of these the words inside stay.
_SHELLS = (
    "a", "abbr", "address", "applet", "area", "article", "aside", "audio", "b", "base", "bdi", "bdo", "big",
    "blink", "blockquote", "body", "br", "button", "canvas", "center", "cite", "code", "col", "colgroup", "data",
    "dd", "del", "details", "dfn", "dialog", "dir", "div", "dl", "dt", "em", "embed", "fieldset", "figcaption",
    "figure", "font", "footer", "form", "frame", "frameset", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr",
    "html", "i", "image", "img", "input", "ins", "isindex", "kbd", "keygen", "label", "legend", "li", "link",
    "listing", "main", "map", "mark", "marquee", "menu", "meta", "meter", "nav", "nobr", "ol", "optgroup",
    "option", "output", "p", "param", "picture", "plaintext", "pre", "progress", "q", "rp", "rt", "ruby", "s",
    "samp", "section", "select", "small", "source", "span", "strike", "strong", "sub", "summary", "sup", "table",
    "tbody", "td", "textarea", "tfoot", "th", "thead", "time", "tr", "track", "tt", "u", "ul", "var", "video",
    "wbr", "xmp",
)  # fmt: skip


def _tag(names: tuple[str, ...]) -> str:
    """A tag of these names: bare, or with something that gives an attribute a value («a < b» is arithmetic)."""
    return rf"</?(?:{'|'.join(names)})(?:\s*/?>|[\s/][^<>]*=[^<>]*(?:>|$))"


_HOLDING = re.compile(
    rf"<({'|'.join(_WHOLE)})(?:\s*/?>|[\s/][^<>]*>).*?(?:</\1\s*>|$)", re.IGNORECASE | re.DOTALL
)
_TAG = re.compile(rf"{_tag((*_WHOLE, *_SHELLS))}|<!--.*?(?:-->|$)|<!doctype[^>]*>", re.IGNORECASE | re.DOTALL)
# Controls, and the marks that turn the direction of a line: nobody types them and nobody sees them.
_HIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufeff]")

LONGEST_PIECE = 80
MOST_ROUNDS = 20


class Removed(NamedTuple):
    """`where`: path of codes («items.M01.text.ru»); `what`: the beginning of what was taken away."""

    where: str
    what: str


class Cleaned(NamedTuple):
    body: dict[str, Any]
    removed: tuple[Removed, ...]


def clean(body: Mapping[str, Any]) -> Cleaned:
    """A body without markup in any of its strings, and the list of what was removed."""
    removed: list[Removed] = []
    cleaned = {str(key): _cleaned(value, (str(key),), removed) for key, value in body.items()}
    return Cleaned(cleaned, tuple(removed))


def clean_text(text: str) -> tuple[str, tuple[str, ...]]:
    """The text without markup, and the pieces taken away; cleaned again it does not change."""
    pieces: list[str] = []
    for _round in range(MOST_ROUNDS):
        before = text
        for pattern in (_HIDDEN, _HOLDING, _TAG):
            pieces += [_shown(found.group()) for found in pattern.finditer(text)]
            text = pattern.sub("", text)
        if text == before:
            return text, tuple(pieces)
    return text.replace("<", ""), (*pieces, "<")


def _cleaned(value: Any, place: tuple[str, ...], removed: list[Removed]) -> Any:
    if isinstance(value, str):
        if not _suspect(value):
            return value
        text, pieces = clean_text(value)
        removed += [Removed(".".join(place), piece) for piece in pieces]
        return text
    if isinstance(value, Mapping):
        return {
            _HIDDEN.sub("", str(key)): _cleaned(part, (*place, str(key)), removed)
            for key, part in value.items()
        }
    if isinstance(value, list | tuple):
        return [_cleaned(part, (*place, name), removed) for name, part in _named(value)]
    return value


def _suspect(text: str) -> bool:
    return "<" in text or _HIDDEN.search(text) is not None


def _named(members: list[Any] | tuple[Any, ...]) -> Iterator[tuple[str, Any]]:
    for number, one in enumerate(members, 1):
        code = one.get("code") if isinstance(one, Mapping) else None
        yield (code if isinstance(code, str) and code else f"#{number}"), one


def _shown(piece: str) -> str:
    visible = _HIDDEN.sub(lambda found: f"\\u{ord(found.group()):04x}", piece)
    return visible if len(visible) <= LONGEST_PIECE else visible[: LONGEST_PIECE - 1] + "…"
