"""Migrations run inside one writing transaction and end with the frozen-table triggers made anew."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from alembic import context
from flask import current_app

from diagnostics import tables
from diagnostics.database import UtcDateTime, set_reading
from diagnostics.database.frozen import install, thaw


def render_item(kind: str, item: object, _autogen: object) -> Any:
    """Our types in a migration as plain SQLAlchemy types: old migrations must not depend on today's code."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    return False


def run() -> None:
    set_reading(False)
    engine = current_app.extensions["migrate"].db.engine
    with engine.connect() as connection, _tables_may_be_made_anew(connection):
        context.configure(
            connection=connection,
            target_metadata=tables.metadata,
            render_as_batch=True,
            compare_type=True,
            render_item=render_item,
            # SQLite can roll DDL back when the transaction is begun by hand, and ours is: killed anywhere, nothing is half done.
            transactional_ddl=True,
        )
        with context.begin_transaction():
            thaw(connection)
            context.run_migrations()
            _refuse_orphans(connection)
            _freeze(connection)


@contextmanager
def _tables_may_be_made_anew(connection: Any) -> Iterator[None]:
    """SQLite changes a table by copying and dropping it, which living foreign keys of its rows forbid.

    The pragma works outside of transactions only, so it goes past SQLAlchemy, which would begin one.
    """
    if connection.dialect.name != "sqlite":
        yield
        return
    driver = connection.connection.driver_connection
    driver.execute("PRAGMA foreign_keys = OFF")
    try:
        yield
    finally:
        driver.execute("PRAGMA foreign_keys = ON")


def _refuse_orphans(connection: Any) -> None:
    """While foreign keys slept nothing watched: a row that points to nothing undoes the whole migration."""
    if connection.dialect.name == "sqlite":
        orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        if orphans:
            message = f"the migration would leave rows that point to nothing: {orphans[:5]}"
            raise RuntimeError(message)


def _freeze(connection: Any) -> None:
    """Triggers for the tables that stand now; on the way down to nothing there is none."""
    if connection.dialect.has_table(connection, "version"):
        install(connection)


run()
