"""Tables that every format prints: typed values inside, one rule for their text."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import date

from reports.contents.common import Interval
from reports.wording.numbers import (
    DASH,
    compact,
    interval,
    number,
    percent,
    rounded,
    short_date,
    signed,
)
from reports.wording.words import Words

Value = str | int | float | Interval | date | None


class Kind(enum.StrEnum):
    TEXT = "text"
    COUNT = "count"
    NUMBER = "number"
    COMPACT = "compact"  # points and hours: as many decimals as there are
    PERCENT = "percent"
    CHANGE = "change"
    INTERVAL = "interval"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Column:
    """`share` is the relative width on paper; `empty` is printed for None."""

    title: str
    kind: Kind = Kind.TEXT
    decimals: int = 0
    share: float = 1.0
    empty: str = DASH

    @property
    def numeric(self) -> bool:
        return self.kind not in {Kind.TEXT, Kind.INTERVAL, Kind.DATE}


@dataclass(frozen=True, slots=True)
class Table:
    """`title` is the caption without its number; `note` stands under the table.

    `crossed`: rows and columns are values of one thing, so a narrow screen keeps the grid.
    """

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    note: str = ""
    strong: frozenset[int] = frozenset()  # rows printed bold
    crossed: bool = False

    def __post_init__(self) -> None:
        for row in self.rows:
            if len(row) != len(self.columns):
                raise ValueError(f"{self.title}: {len(row)} cells for {len(self.columns)} columns")

    def texts(self, words: Words) -> tuple[tuple[str, ...], ...]:
        """Every cell as the reader sees it."""
        return tuple(
            tuple(text(value, column, words) for value, column in zip(row, self.columns, strict=True))
            for row in self.rows
        )


def text(value: Value, column: Column, words: Words) -> str:
    if value is None:
        return column.empty
    if isinstance(value, int | float):
        return _number_text(value, column, words)
    if isinstance(value, Interval):
        return interval(value, words, column.decimals)
    return value if isinstance(value, str) else short_date(value)


def _number_text(value: float, column: Column, words: Words) -> str:
    match column.kind:
        case Kind.CHANGE:
            return signed(value, words, column.decimals)
        case Kind.PERCENT:
            return percent(value, words, column.decimals)
        case Kind.COMPACT:
            return compact(value, words)
        case _:
            return number(value, words, column.decimals)


def shown(value: float, column: Column) -> float:
    """The number behind the printed text: a spreadsheet must not know more digits than the paper."""
    return float(rounded(value, 2 if column.kind is Kind.COMPACT else column.decimals))
