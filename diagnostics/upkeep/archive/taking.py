"""Take a backup: all rows from one snapshot, then the stored files, then the manifest with digests."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import sqlalchemy as sa

from diagnostics import clock
from diagnostics.database import db, read_only
from diagnostics.upkeep.archive import rows

MANIFEST = "manifest.json"
FORMAT = 1


@dataclass(frozen=True, slots=True)
class TableMark:
    rows: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds; digests are over the canonical lines of each table."""

    format: int
    taken_at: str
    schema: str
    tables: dict[str, TableMark]
    files: int

    def to_json(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False, indent=1, sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> Manifest:
        found = json.loads(text)
        marks = {name: TableMark(**mark) for name, mark in found.pop("tables").items()}
        return cls(tables=marks, **found)


def take(target: Path, files_dir: Path) -> Manifest:
    """Write a backup to `target`; the file appears whole or not at all."""
    temporary = target.with_name(target.name + ".part")
    marks: dict[str, TableMark] = {}
    with read_only(), db.engine.connect() as connection:
        _begin_snapshot(connection)
        schema = schema_of(connection)
        with zipfile.ZipFile(temporary, "w", zipfile.ZIP_DEFLATED) as archive:
            for table in rows.tables():
                with archive.open(f"tables/{table.name}.jsonl", "w") as member:
                    marks[table.name] = TableMark(
                        *rows.digest(_written(rows.lines(connection, table), member.write))
                    )
            stored = sorted(path for path in files_dir.glob("*") if path.is_file() and path.suffix != ".part")
            for path in stored:
                archive.write(path, f"files/{path.name}")
            manifest = Manifest(FORMAT, clock.now().isoformat(), schema, marks, len(stored))
            archive.writestr(MANIFEST, manifest.to_json())
    temporary.replace(target)
    return manifest


def digests(connection: sa.Connection) -> dict[str, TableMark]:
    """The same marks over the rows that stand now."""
    return {table.name: TableMark(*rows.digest(rows.lines(connection, table))) for table in rows.tables()}


def schema_of(connection: sa.Connection) -> str:
    return str(connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar())


def _begin_snapshot(connection: sa.Connection) -> None:
    if connection.dialect.name == "postgresql":
        # One snapshot over all statements; SQLite's reading transaction is one already.
        connection.execution_options(isolation_level="REPEATABLE READ")


def _written(lines: Iterator[str], write: Callable[[bytes], object]) -> Iterator[str]:
    for line in lines:
        write(line.encode() + b"\n")
        yield line
