"""Checks that all documents share: repeated codes and texts without words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping
from types import UnionType
from typing import Any, Union, get_args, get_origin

from instruments.problems import Problem, error
from instruments.texts import SOURCE_LANGUAGE, Frozen, Texts

# Neither XML (DOCX, XLSX) nor PostgreSQL can hold these.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def repeated(where: str, codes: Iterable[Hashable], problem: str = "code_repeated") -> list[Problem]:
    """One problem for each code that stands more than once."""
    counts = Counter(codes)
    return [error(f"{where}.{code}", problem, code=code) for code, count in counts.items() if count > 1]


def check_texts(document: Frozen, languages: Collection[str] = (SOURCE_LANGUAGE,)) -> list[Problem]:
    """Texts that are missing in a needed language, blank, or hold what cannot be printed."""
    needed = {SOURCE_LANGUAGE, *languages}
    return [problem for where, texts in texts_of(document) for problem in _check(where, texts, needed)]


def texts_of(part: Frozen, where: str = "") -> Iterator[tuple[str, Texts]]:
    """All texts of the document with their paths, found by the types of the fields."""
    for name, field in type(part).model_fields.items():
        yield from _texts_in(getattr(part, name), field.annotation, f"{where}.{name}" if where else name)


def _texts_in(value: Any, declared: Any, where: str) -> Iterator[tuple[str, Texts]]:
    if isinstance(value, Frozen):
        yield from texts_of(value, where)
    elif isinstance(value, tuple):
        for number, part in enumerate(value, 1):
            yield from _texts_in(part, None, f"{where}.{label(part, number)}")
    elif isinstance(value, Mapping):
        if _is_texts(declared):
            yield where, value
        else:
            inner = (*get_args(declared), None, None)[1]
            for code, part in value.items():
                yield from _texts_in(part, inner, f"{where}.{code}")


def label(part: object, number: int) -> str:
    """How a member of a list is named in a path: its code, its value on a scale, else its place."""
    name = _named(part, "code")
    name = _named(part, "value") if name is None else name
    return str(name)[:64] if isinstance(name, (str, int)) else f"#{number}"


def _named(part: object, field: str) -> object:
    return part.get(field) if isinstance(part, Mapping) else getattr(part, field, None)


def _is_texts(declared: Any) -> bool:
    if get_origin(declared) in (Union, UnionType):
        return any(_is_texts(choice) for choice in get_args(declared))
    return bool(declared == Texts)


def _check(where: str, texts: Texts, needed: set[str]) -> Iterator[Problem]:
    for language in sorted(needed - set(texts)):
        code = "text_missing" if language == SOURCE_LANGUAGE else "translation_missing"
        yield error(f"{where}.{language}", code, language=language)
    for language, text in texts.items():
        if not text.strip():
            yield error(f"{where}.{language}", "text_empty", language=language)
        elif bad := _UNPRINTABLE.search(text):
            yield error(f"{where}.{language}", "text_unprintable", position=bad.start() + 1)
