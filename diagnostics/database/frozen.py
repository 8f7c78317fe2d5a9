"""Frozen is frozen: triggers that refuse change, made from one list on both databases.

A table declares itself in its `__table_args__` with ``{"info": {"frozen": UPDATE_DELETE}}``. Batch
migrations on SQLite re-create tables and drop triggers, so `install` runs after every migration and a
test compares what stands in the base with this list.
"""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from diagnostics.database.base import Base

UPDATE_DELETE = ("update", "delete")
UPDATE_ONLY = ("update",)


@dataclass(frozen=True, slots=True)
class Trigger:
    table: str
    event: str  # update | delete
    unless: str | None  # an SQL condition under which the change is allowed, over OLD

    @property
    def name(self) -> str:
        return f"frozen_{self.table}_{self.event}"


def declared() -> list[Trigger]:
    """All triggers that must stand in a base, in the order of their names."""
    triggers = [
        Trigger(table.name, event, table.info.get("unless"))
        for table in Base.metadata.sorted_tables
        for event in table.info.get("frozen", ())
    ]
    return sorted(triggers, key=lambda one: one.name)


def install(connection: sa.Connection) -> None:
    """Create every declared trigger anew; a base of an earlier release has not all of the tables yet."""
    make = _sqlite if connection.dialect.name == "sqlite" else _postgres
    standing = set(sa.inspect(connection).get_table_names())
    for trigger in (one for one in declared() if one.table in standing):
        for statement in make(trigger):
            connection.exec_driver_sql(statement)


def thaw(connection: sa.Connection) -> None:
    """Drop the triggers that stand, before a migration; `install` makes them anew in the same transaction.

    On SQLite a batch that re-creates a table fails while a trigger of another table speaks of it.
    """
    if connection.dialect.name == "sqlite":
        for name in installed(connection):
            connection.exec_driver_sql(f"DROP TRIGGER {name}")


def installed(connection: sa.Connection) -> list[str]:
    """Names of the frozen triggers that stand in the base."""
    if connection.dialect.name == "sqlite":
        query = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'frozen_%' ORDER BY name"
    else:
        query = (
            "SELECT tgname FROM pg_trigger WHERE tgname LIKE 'frozen_%%' AND NOT tgisinternal ORDER BY tgname"
        )
    return [row[0] for row in connection.exec_driver_sql(query)]


def _sqlite(trigger: Trigger) -> list[str]:
    when = f"WHEN NOT ({trigger.unless}) " if trigger.unless else ""
    return [
        f"DROP TRIGGER IF EXISTS {trigger.name}",
        f"CREATE TRIGGER {trigger.name} BEFORE {trigger.event.upper()} ON {trigger.table} {when}"
        f"BEGIN SELECT RAISE(ABORT, 'frozen: {trigger.table}'); END",
    ]


def _postgres(trigger: Trigger) -> list[str]:
    function = f"{trigger.name}_refuse"
    allowed = f"IF {trigger.unless} THEN RETURN OLD; END IF; " if trigger.unless else ""
    return [
        f"CREATE OR REPLACE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN {allowed}RAISE EXCEPTION 'frozen: {trigger.table}'; END $$",
        f"DROP TRIGGER IF EXISTS {trigger.name} ON {trigger.table}",
        f"CREATE TRIGGER {trigger.name} BEFORE {trigger.event.upper()} ON {trigger.table} "
        f"FOR EACH ROW EXECUTE FUNCTION {function}()",
    ]
