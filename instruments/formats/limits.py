"""How much a file may hold before it is refused: parsing must stay cheap for any input."""

from __future__ import annotations

from typing import Any, NamedTuple, TypeAlias

MOST_BYTES = 2 * 1024 * 1024
MOST_VALUES = 50_000
MOST_LEVELS = 32

# workbooks and pasted texts
MOST_FILE_BYTES = 10 * 1024 * 1024
MOST_UNPACKED = 64 * 1024 * 1024
MOST_PARTS = 1_000
MOST_SHEETS = 20
MOST_ROWS = 5_000
MOST_COLUMNS = 100
MOST_CELL = 32_767  # Excel's own limit
MOST_DECLARED = 20_000_000  # rows × columns that a sheet claims to have
MOST_WALKED = 2_000_000  # cells, blank ones too, that a sheet makes us look at
MOST_LINES = 20_000
MOST_TAGS = 1_000_000  # of the parts of a Word file: fifty a line

Place: TypeAlias = tuple[str | int, ...]


class Source(NamedTuple):
    """Plain data, and where each value stands: place → (line, column), both from 1."""

    data: Any
    marks: dict[Place, tuple[int, int]]
