"""Rows as JSON lines: the same text from SQLite and from PostgreSQL, so a digest compares across them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from diagnostics.database import Base, UtcDateTime

BATCH = 500


def tables() -> list[sa.Table]:
    """All tables, those that others point to first."""
    return list(Base.metadata.sorted_tables)


def lines(connection: sa.Connection, table: sa.Table) -> Iterator[str]:
    """Every row of a table as one JSON line, ordered by its primary key."""
    order = list(table.primary_key.columns)
    result = connection.execution_options(stream_results=True).execute(sa.select(table).order_by(*order))
    for row in result.yield_per(BATCH):
        yield json.dumps(
            {name: _plain(value) for name, value in row._mapping.items()},  # noqa: SLF001 - SQLAlchemy's public accessor
            ensure_ascii=False,
            sort_keys=True,
            separators=(",", ":"),
        )


def digest(of_lines: Iterable[str]) -> tuple[int, str]:
    """Number of lines and the SHA-256 over all of them."""
    total, hashed = 0, hashlib.sha256()
    for line in of_lines:
        total += 1
        hashed.update(line.encode() + b"\n")
    return total, hashed.hexdigest()


def insert(connection: sa.Connection, table: sa.Table, of_lines: Iterable[str]) -> int:
    """Put rows back; rows of a table that points to itself go in parents first."""
    rows = [_typed(table, json.loads(line)) for line in of_lines]
    for batch in _levels(table, rows):
        for start in range(0, len(batch), BATCH):
            connection.execute(sa.insert(table), batch[start : start + BATCH])
    return len(rows)


def _levels(table: sa.Table, rows: list[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    own = [key.parent.name for key in table.foreign_keys if key.column.table is table]
    key = next(iter(table.primary_key.columns)).name
    placed: set[Any] = set()
    left = rows
    while left:
        ready = [row for row in left if all(row[name] is None or row[name] in placed for name in own)]
        if not ready:
            message = f"{table.name}: rows point to rows that are not in the backup"
            raise ValueError(message)
        yield ready
        placed.update(row[key] for row in ready)
        left = [row for row in left if row[key] not in placed] if own else []


def _plain(value: object) -> object:
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, datetime):
        return value.isoformat(timespec="microseconds")
    return value.isoformat() if isinstance(value, date) else value


def _typed(table: sa.Table, row: dict[str, Any]) -> dict[str, Any]:
    return {name: _read(table.columns[name].type, value) for name, value in row.items()}


def _read(kind: sa.types.TypeEngine[Any], value: Any) -> Any:
    if value is None:
        return None
    if isinstance(kind, sa.Enum):
        return kind.enum_class(value) if kind.enum_class else value
    if isinstance(kind, UtcDateTime):
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if isinstance(kind, sa.Date) else value
