"""The base of all tables: typed Base, session, UTC time, write lock, frozen tables.

SQLite is run as measured to be safe: WAL, synchronous=FULL, BEGIN IMMEDIATE for every writing
transaction (the driver's default silently lost half of concurrent increments) and one bounded write
lock that also covers checkpoints (SQLite before 3.51.3 can corrupt a base when two connections write
and checkpoint together).
"""

from __future__ import annotations

import enum
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any, dataclass_transform

import sqlalchemy as sa
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.orm import DeclarativeBase, MappedAsDataclass, Session, mapped_column

from diagnostics.database.direct import JoiningSession, direct_connection, one_connection
from diagnostics.identifiers import ID_LENGTH, new_id

NAMING = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

Json = dict[str, Any]
Id = sa.String(ID_LENGTH)


class UtcDateTime(sa.types.TypeDecorator[datetime]):
    """Aware UTC in and out; a naive value is a programming error and is refused."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        del dialect
        if value is None:
            return None
        if value.tzinfo is None:
            message = "naive datetime"
            raise ValueError(message)
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        del dialect
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def id_column(*, default_factory: Callable[[], str] = new_id) -> Any:
    """A random primary key; the factory is named at the call, where type checkers look for it."""
    return mapped_column(Id, primary_key=True, default_factory=default_factory)


def link(target: str, *, index: bool = True, **keywords: Any) -> Any:
    """A foreign key to `table.column`, indexed unless said otherwise."""
    return mapped_column(Id, sa.ForeignKey(target), index=index, **keywords)


@dataclass_transform(kw_only_default=True, field_specifiers=(mapped_column, id_column, link))
class Base(MappedAsDataclass, DeclarativeBase, kw_only=True, repr=False):
    metadata = sa.MetaData(naming_convention=NAMING)
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy's own declaration
        datetime: UtcDateTime(),
        Json: sa.JSON(none_as_null=True),
        enum.StrEnum: sa.Enum(
            enum.StrEnum,
            native_enum=False,
            length=32,
            values_callable=lambda kind: [one.value for one in kind],
        ),
        str: sa.Text(),
    }


def compact_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


db = SQLAlchemy(
    metadata=Base.metadata,
    engine_options={"json_serializer": compact_json},
    session_options={"class_": JoiningSession},
)
session = db.session


def connection() -> sa.Connection:
    """Of the transaction we are in: a direct one, or the session's."""
    return direct_connection() or session.connection()


def written() -> sa.Connection:
    """`connection()` after what the session holds is written: for prepared reads between changes of the ORM."""
    if has_unwritten():
        session.flush()
    return connection()


@contextmanager
def direct_transaction() -> Iterator[None]:
    """Without the ORM, committed when the block is left; what the session added is written too."""
    with one_connection(db.engine):
        try:
            yield
            if session.registry.has():
                session.commit()
        except BaseException:
            if session.registry.has():
                session.rollback()
            raise


@contextmanager
def direct_reading() -> Iterator[None]:
    """Reads without the ORM, in one transaction; a session that is asked inside joins it and is let go with it."""
    with one_connection(db.engine):
        try:
            yield
        finally:
            if session.registry.has():
                session.remove()


_NOT_HERE = "a reading request tried to write"
_reading: ContextVar[bool] = ContextVar("reading", default=False)


@contextmanager
def read_only() -> Iterator[None]:
    """Transactions begun inside take no write lock; a flush inside is a programming error."""
    token = _reading.set(True)
    try:
        yield
    finally:
        _reading.reset(token)


@contextmanager
def writing() -> Iterator[None]:
    """Transactions begun inside may write, whatever stands outside."""
    token = _reading.set(False)
    try:
        yield
    finally:
        _reading.reset(token)


def set_reading(value: bool) -> None:  # noqa: FBT001 - a setter
    """For the web edge, where the span is a request and not a block."""
    _reading.set(value)


def is_reading() -> bool:
    return _reading.get()


@sa.event.listens_for(Session, "before_flush")
def _refuse_writes_while_reading(current: Session, *_: object) -> None:
    if _reading.get() and (current.new or current.dirty or current.deleted):
        raise RuntimeError(_NOT_HERE)


def moved(statement: sa.Update) -> bool:
    """Run one move of a state machine: true when exactly the expected row was in the old state."""
    if session.registry.has() and (session.identity_map or session.new):  # no object may stay as it was
        result: Any = session.execute(statement.execution_options(synchronize_session="fetch"))
    else:
        result = writing_connection().execute(statement)
    return bool(result.rowcount == 1)


def has_unwritten() -> bool:
    """Whether the session was given something that it has not written yet."""
    return session.registry.has() and bool(session.new or session.dirty or session.deleted)


def writing_connection() -> sa.Connection:
    """`written()` for a statement that writes.

    Raises
    ------
    RuntimeError
        In a reading request, as the session's own flush would.
    """
    if is_reading():
        raise RuntimeError(_NOT_HERE)
    return written()
