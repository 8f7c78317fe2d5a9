"""Figures as text: rounded, never "nan", a dash where there is none."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Any

from diagnostics.measurement.intervals import Interval

DASH = "–"


@dataclass(frozen=True, slots=True)
class Column:
    """Key of a row and its title in the table."""

    key: str
    title: str


def bounds(interval: Interval | None) -> list[float] | None:
    """Two numbers, or nothing where a bound is not finite."""
    if interval is None or not (isfinite(interval.low) and isfinite(interval.high)):
        return None
    return [interval.low, interval.high]


def figure(value: Any) -> str:
    """Text of one cell."""
    if value is None:
        return DASH
    if isinstance(value, list | tuple):
        return f"{figure(value[0])} … {figure(value[1])}"
    if isinstance(value, float):
        # Adding 0 takes the sign from a rounded nothing.
        return f"{round(value, 3) + 0:.3f}" if abs(value) < 1000 else f"{value:.3g}"  # noqa: PLR2004 - narrow
    return str(value)


def table(rows: Sequence[Mapping[str, Any]], columns: Sequence[Column]) -> str:
    """Rows under titles, numbers to the right, the first column and words to the left; silent columns fall out."""
    columns = [one for one in columns if not rows or any(figure(row.get(one.key)) for row in rows)]
    cells = [[column.title for column in columns]]
    cells += [[figure(row.get(column.key)) for column in columns] for row in rows]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    left = [
        place in (0, len(columns) - 1) and all(isinstance(row.get(column.key), str | None) for row in rows)
        for place, column in enumerate(columns)
    ]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if is_left else cell.rjust(width)
            for cell, width, is_left in zip(line, widths, left, strict=True)
        ).rstrip()
        for line in cells
    )


def as_json(answer: Mapping[str, Any]) -> str:
    """JSON; a number that is none would be a mistake of ours and is an error."""
    return json.dumps(answer, ensure_ascii=False, indent=1, allow_nan=False)
