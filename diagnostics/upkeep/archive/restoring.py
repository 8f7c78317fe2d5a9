"""Restore a backup into an empty base and prove that it is the same."""

from __future__ import annotations

import zipfile
from pathlib import Path

import sqlalchemy as sa

from diagnostics.database import db
from diagnostics.database.frozen import declared, install
from diagnostics.files.actions import write_whole
from diagnostics.upkeep.archive import rows
from diagnostics.upkeep.archive.errors import BackupUnreadable, BaseNotEmpty
from diagnostics.upkeep.archive.taking import FORMAT, MANIFEST, Manifest, digests, schema_of


def restore(source: Path, files_dir: Path) -> Manifest:
    """Put every row and file of the backup back, in one transaction.

    Raises
    ------
    BackupUnreadable
        The file is damaged, from another schema, or a restored table differs from its digest.
    BaseNotEmpty
        The base already holds people.
    """
    try:
        with zipfile.ZipFile(source) as archive:
            manifest = read_manifest(archive)
            with db.engine.begin() as connection:
                _refuse_other_schema(connection, manifest)
                _clear_library(connection)
                _fill(connection, archive)
                wrong = [
                    name for name, mark in digests(connection).items() if mark != manifest.tables.get(name)
                ]
                if wrong:
                    raise BackupUnreadable("backup_differs", tables=", ".join(wrong))
                _restore_files(archive, files_dir)
    except (zipfile.BadZipFile, KeyError, EOFError) as error:
        raise BackupUnreadable("backup_damaged") from error
    return manifest


def read_manifest(archive: zipfile.ZipFile) -> Manifest:
    try:
        manifest = Manifest.from_json(archive.read(MANIFEST).decode())
    except (KeyError, ValueError, TypeError) as error:
        raise BackupUnreadable("backup_damaged") from error
    if manifest.format != FORMAT:
        raise BackupUnreadable("backup_from_newer_version", format=manifest.format)
    return manifest


def _refuse_other_schema(connection: sa.Connection, manifest: Manifest) -> None:
    here = schema_of(connection)
    if here != manifest.schema:
        raise BackupUnreadable("backup_of_other_schema", schema=manifest.schema, here=here)


def _clear_library(connection: sa.Connection) -> None:
    """A fresh base holds only the shipped library; it is in the backup too, so the standing copy gives way."""
    people = connection.execute(sa.text("SELECT count(*) FROM person")).scalar()
    if people:
        raise BaseNotEmpty
    standing = [table for table in reversed(rows.tables()) if _count(connection, table)]
    if standing:
        _without_triggers(connection, standing)


def _without_triggers(connection: sa.Connection, standing: list[sa.Table]) -> None:
    """Frozen rows refuse DELETE; a base without people may be emptied by taking the triggers off for a moment."""
    for trigger in declared():
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {trigger.name}")
        else:
            connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {trigger.name} ON {trigger.table}")
    for table in standing:
        connection.execute(sa.delete(table))
    install(connection)


def _count(connection: sa.Connection, table: sa.Table) -> int:
    return int(connection.execute(sa.select(sa.func.count()).select_from(table)).scalar() or 0)


def _fill(connection: sa.Connection, archive: zipfile.ZipFile) -> None:
    for table in rows.tables():
        with archive.open(f"tables/{table.name}.jsonl") as member:
            rows.insert(connection, table, (line.decode().rstrip("\n") for line in member))
    if connection.dialect.name == "postgresql":
        _restart_counters(connection)


def _restart_counters(connection: sa.Connection) -> None:
    """PostgreSQL's counters do not notice inserted numbers."""
    connection.exec_driver_sql(
        "SELECT setval(pg_get_serial_sequence('audit_row', 'number'), (SELECT max(number) FROM audit_row))"
        " WHERE EXISTS (SELECT 1 FROM audit_row)"
    )


def _restore_files(archive: zipfile.ZipFile, files_dir: Path) -> None:
    files_dir.mkdir(parents=True, exist_ok=True)
    for name in archive.namelist():
        folder, _, file_name = name.partition("/")
        # Only names that our own backup writes: letters and digits, no path in them.
        if folder == "files" and file_name.isalnum():
            write_whole(files_dir / file_name, archive.read(name))
