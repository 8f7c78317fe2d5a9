"""Core statements compiled once a dialect: for what runs on every answer.

SQLAlchemy looks a statement up in its cache and assembles its parameters at each execution, which costs more
processor time than the database itself. Here the text, the order of parameters and the conversions of types
are worked out at the first run; the statement itself stays a checked Core expression.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

Convert = Callable[[Any], Any]
Make = Callable[[str], Any]
_SCAN = json.JSONDecoder().scan_once  # type: ignore[attr-defined]  # the C one of `json.loads`


@dataclass(frozen=True, slots=True)
class _Text:
    """One statement in the words of one database."""

    sql: str
    names: tuple[str, ...]
    constants: Mapping[str, Any]  # already converted
    inward: tuple[tuple[str, Convert], ...]
    outward: tuple[Convert | None, ...]  # of each column
    is_positional: bool

    @classmethod
    def of(cls, statement: Any, dialect: sa.Dialect) -> _Text:
        compiled = statement.compile(dialect=dialect)
        inward = {name: _inward(bind.type, dialect) for name, bind in compiled.binds.items()}
        given = {name: bind.value for name, bind in compiled.binds.items() if not bind.required}
        outward = [_outward(column.type, dialect) for column in statement.exported_columns]
        return cls(
            sql=str(compiled),
            names=tuple(compiled.positiontup or compiled.binds),
            constants={name: _converted(inward[name], value) for name, value in given.items()},
            inward=tuple((name, one) for name, one in inward.items() if one and name not in given),
            outward=tuple(outward),
            is_positional=compiled.positional,
        )

    def parameters(self, given: Mapping[str, Any]) -> Any:
        values = {**self.constants, **given}
        for name, convert in self.inward:
            values[name] = convert(values[name])
        return tuple([values[name] for name in self.names]) if self.is_positional else values

    def row(self, found: Sequence[Any]) -> tuple[Any, ...]:
        return tuple(
            [
                value if convert is None or value is None else convert(value)
                for convert, value in zip(self.outward, found, strict=True)
            ]
        )


class Prepared:
    """A statement with plain parameters (no lists that expand at each run); `make` may differ by the dialect's name.

    The session is not flushed first: what it was given and has not written yet is not seen.
    """

    def __init__(self, statement: Any = None, *, make: Make | None = None) -> None:
        self._make: Make = make or (lambda _dialect: statement)
        self._texts: dict[str, _Text] = {}

    def first(self, connection: sa.Connection, given: Mapping[str, Any]) -> tuple[Any, ...] | None:
        """The first row with the types of the columns; None when there is none.

        Raises
        ------
        KeyError
            A parameter was not given.
        """
        text = self._text(connection.dialect)
        row = run(connection, text.sql, text.parameters(given))
        return None if row is None else text.row(row)

    def all(self, connection: sa.Connection, given: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """All rows, with the types of the columns."""
        text = self._text(connection.dialect)
        rows = run(connection, text.sql, text.parameters(given), fetch=_every)
        return [text.row(row) for row in rows]

    def write(self, connection: sa.Connection, given: Sequence[Mapping[str, Any]]) -> None:
        """One insert for each of `given`, handed to the driver together."""
        text = self._text(connection.dialect)
        rows = [text.parameters(one) for one in given]
        run(connection, text.sql, rows, fetch=nothing, is_many=True)

    def _text(self, dialect: sa.Dialect) -> _Text:
        found = self._texts.get(dialect.name)
        if found is None:
            found = self._texts[dialect.name] = _Text.of(self._make(dialect.name), dialect)
        return found


def _one(cursor: Any) -> Any:
    return cursor.fetchone()


def _every(cursor: Any) -> Any:
    return cursor.fetchall()


def nothing(_cursor: Any) -> None:
    """For statements that give no rows."""


def run(
    connection: sa.Connection,
    sql: str,
    parameters: Any = (),
    *,
    fetch: Callable[[Any], Any] = _one,
    is_many: bool = False,
) -> Any:
    """One statement by the driver's own cursor; what `fetch` takes from it, by default its first row or None.

    `is_many`: `parameters` is a list, and the statement is run for each.

    Listeners and errors are told as SQLAlchemy tells them; the parameters, which may hold answers, never are.
    """
    cursor = connection.connection.cursor()
    try:
        for listener in connection.dispatch.before_cursor_execute:
            listener(connection, cursor, sql, parameters, None, is_many)
        (cursor.executemany if is_many else cursor.execute)(sql, parameters)
        return fetch(cursor)
    except connection.dialect.loaded_dbapi.Error as error:
        if connection.dialect.is_disconnect(error, connection.connection.dbapi_connection, cursor):
            connection.invalidate(error)
        kind = connection.dialect.loaded_dbapi.Error
        raise sa.exc.DBAPIError.instance(sql, None, error, kind, hide_parameters=True) from error
    finally:
        cursor.close()


def _inward(kind: Any, dialect: sa.Dialect) -> Convert | None:
    found: Convert | None = kind.dialect_impl(dialect).bind_processor(dialect)
    return found


def _outward(kind: Any, dialect: sa.Dialect) -> Convert | None:
    """As SQLAlchemy's own, of what is there, NULL left out; in fewer steps for the types of the hot path."""
    found: Convert | None = kind.dialect_impl(dialect).result_processor(dialect, None)
    if found is None:
        return None
    if isinstance(kind, sa.Enum) and kind.enum_class is not None:
        return dict(zip(kind.enums, kind.enum_class, strict=True)).__getitem__
    if dialect.name == "sqlite" and isinstance(kind, sa.JSON):
        return _json
    if dialect.name == "sqlite" and isinstance(kind, sa.TypeDecorator) and isinstance(kind.impl, sa.DateTime):
        return _utc
    return found


def _json(kept: str | float) -> Any:
    """What `compact_json` wrote, no space before it and nothing after; SQLite keeps a number as a number."""
    return _SCAN(kept, 0)[0] if isinstance(kept, str) else kept


def _utc(text: str) -> datetime:
    """What SQLite keeps of `UtcDateTime`."""
    return datetime.fromisoformat(f"{text}+00:00")


def _converted(convert: Convert | None, value: Any) -> Any:
    return convert(value) if convert else value
