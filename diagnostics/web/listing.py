"""A long list of people on a page: found by name, cut into pages; eighty teachers are no wall of rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from flask import request

from diagnostics import errors
from diagnostics.web.guard import settings

T = TypeVar("T")
PAGE = 40  # rows


@dataclass(frozen=True, slots=True)
class Shown(Generic[T]):
    """One page of what was found; `first` counts from 1."""

    items: Sequence[T]
    total: int
    page: int
    pages: int

    @property
    def first(self) -> int:
        return (self.page - 1) * PAGE + 1

    @property
    def last(self) -> int:
        return self.first + len(self.items) - 1


def asked() -> str:
    """The words of the search; DomainError `search_too_long`."""
    words = request.args.get("q", "").strip()
    maximum = settings().limits.search_characters
    if len(words) > maximum:
        raise errors.DomainError("search_too_long", maximum=maximum)
    return words


def matching(items: Sequence[T], words: str, name: Callable[[T], str]) -> list[T]:
    """Items whose name holds every word; ё and е, large and small letters are the same."""
    wanted = _plain(words).split()
    return [one for one in items if all(word in _plain(name(one)) for word in wanted)]


def page_of(items: Sequence[T]) -> Shown[T]:
    """The page that the address asks for, the nearest one that exists."""
    pages = max(1, -(-len(items) // PAGE))
    page = min(max(request.args.get("page", 1, type=int), 1), pages)
    return Shown(items[(page - 1) * PAGE : page * PAGE], len(items), page, pages)


def _plain(words: str) -> str:
    return words.casefold().replace("ё", "е")
