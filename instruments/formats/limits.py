"""How much a file may hold before it is refused: parsing must stay cheap for any input."""

from __future__ import annotations

from typing import Any, NamedTuple, TypeAlias

MOST_BYTES = 2 * 1024 * 1024
MOST_VALUES = 50_000
MOST_LEVELS = 32

Place: TypeAlias = tuple[str | int, ...]


class Source(NamedTuple):
    """Plain data, and where each value stands: place → (line, column), both from 1."""

    data: Any
    marks: dict[Place, tuple[int, int]]
