"""The key as a person writes it («Б», «А, В», «12 ± 0,5», «1 — Б; 2 — А») ↔ the key of the document."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

from instruments.formats.values import Labels, number_key_of, written_number_key
from instruments.formats.vocabulary import TYPES

Mistake: TypeAlias = tuple[str, dict[str, object]]

_PAIR = re.compile(
    r"(?P<left>.+?)\s*(?:\s[-−]\s|[—–=→]|->|:)\s*(?P<right>.+)|(?P<number>\d+)\s*-?\s*(?P<letter>\w)"
)


class Keyed(NamedTuple):
    """The key, None where the cell could not be read; `mistakes`: codes and parameters of problems."""

    key: Any
    mistakes: tuple[Mistake, ...] = ()


class Named(NamedTuple):
    """What the key of an item may speak of."""

    options: Labels
    prompts: Labels


def read_key(kind: str, said: str, named: Named) -> Keyed:
    """Key of an item of this type; an unknown type and a type without keys tell so."""
    reader = _READERS.get(kind)
    if reader is None:
        return Keyed(None, (("key_not_carried", {"type": TYPES.said(kind)}),))
    return reader(kind, said, named)


def guessed_type(key: str, options: int) -> str:
    """Type of an item that does not say one: by its options and its key."""
    if options:
        return "multiple" if len(_tokens(key)) > 1 else "single"
    return "number" if key and number_key_of(key) else "text"


def written_key(kind: str, key: Any, letters: Mapping[str, str], prompts: Mapping[str, str]) -> str | None:
    """The cell of the key; None where no cell can hold it. `letters` and `prompts`: code → what the file calls it."""
    if kind == "single" and isinstance(key, str):
        return letters.get(key, key)
    if kind in ("multiple", "ordering") and isinstance(key, (list, tuple)):
        return ", ".join(letters.get(code, code) for code in key) or None
    if kind == "number" and isinstance(key, Mapping) and set(key) <= {"value", "tolerance"}:
        return written_number_key(key)
    if kind == "text" and isinstance(key, (list, tuple)):
        plain = all(re.fullmatch(r"[^;\n]*\S[^;\n]*", part) and part == part.strip() for part in key)
        return "; ".join(key) if key and plain else None
    if kind == "matching" and isinstance(key, Mapping) and key:
        return "; ".join(
            f"{prompts.get(left, left)} — {letters.get(right, right)}" for left, right in key.items()
        )
    return None


def _tokens(said: str) -> list[str]:
    return [token for token in re.split(r"[,;\s]+", said) if token.rstrip(").")]


def _single(kind: str, said: str, named: Named) -> Keyed:
    tokens = _tokens(said)
    if len(tokens) != 1:
        return Keyed(None, (_wrong(kind, said),))
    codes, mistakes = _codes(tokens, named.options)
    return Keyed(codes[0] if codes else None, mistakes)


def _several(kind: str, said: str, named: Named) -> Keyed:  # noqa: ARG001  one signature for all types
    tokens = _tokens(said)
    if len(tokens) == 1 and named.options.code(tokens[0]) is None and tokens[0].isalpha():
        tokens = list(tokens[0])  # «АВ»
    codes, mistakes = _codes(tokens, named.options)
    return Keyed(codes or None, mistakes)


def _number(kind: str, said: str, named: Named) -> Keyed:  # noqa: ARG001  one signature for all types
    key = number_key_of(said)
    return Keyed(key) if key else Keyed(None, (_wrong(kind, said),))


def _text(kind: str, said: str, named: Named) -> Keyed:  # noqa: ARG001  one signature for all types
    return Keyed([part.strip() for part in re.split(r"[;\n]", said) if part.strip()])


def _pairs(kind: str, said: str, named: Named) -> Keyed:  # noqa: ARG001  one signature for all types
    key: dict[str, str] = {}
    mistakes: list[Mistake] = []
    for part in filter(None, (part.strip() for part in re.split(r"[;,\n]", said))):
        pair = _PAIR.fullmatch(part)
        if pair is None:
            mistakes.append(("pair_wrong", {"value": part[:64]}))
            continue
        left, right = pair["left"] or pair["number"], pair["right"] or pair["letter"]
        prompts, wrong_left = _codes([left], named.prompts)
        options, wrong_right = _codes([right], named.options)
        mistakes += (*wrong_left, *wrong_right)
        if prompts and options:
            key[prompts[0]] = options[0]
    return Keyed(key or None, tuple(mistakes))


def _codes(tokens: Sequence[str], labels: Labels) -> tuple[list[str], tuple[Mistake, ...]]:
    codes: list[str] = []
    mistakes: list[Mistake] = []
    for token in tokens:
        code = labels.code(token)
        if code is not None:
            codes.append(code)
        else:
            doubtful = labels.is_doubtful(token)
            name = "key_letter_latin" if doubtful else "key_letter_unknown"
            mistakes.append((name, {"value": token[:64], "known": labels.known()}))
    return codes, tuple(mistakes)


def _wrong(kind: str, said: str) -> Mistake:
    return "key_wrong_shape", {"value": said[:64], "type": TYPES.said(kind)}


_READERS: Mapping[str, Callable[[str, str, Named], Keyed]] = {
    "single": _single,
    "multiple": _several,
    "number": _number,
    "text": _text,
    "matching": _pairs,
    "ordering": _several,
}
