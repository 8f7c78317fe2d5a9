"""`orientir backup | restore | verify | user`: keeping a base and its people."""

from __future__ import annotations

import dataclasses
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from flask import Flask

from diagnostics import config as settings
from diagnostics.app import create_app
from diagnostics.config import Config
from diagnostics.database import db, session, set_reading
from diagnostics.upkeep import marks, opening
from diagnostics.upkeep.archive import restoring, taking
from diagnostics.upkeep.verifying import verify as run_checks

File = click.Path(dir_okay=False, path_type=Path)


@contextmanager
def opened(*, writing: bool) -> Iterator[tuple[Flask, Config]]:
    """The chosen base, migrated, inside an application context; committed at the end."""
    config = opening.chosen(settings.load(), demo=False)
    app = create_app(config)
    opening.prepare(app)
    with app.app_context():
        set_reading(not writing)
        yield app, config
        session.commit() if writing else session.rollback()
        db.session.remove()
        db.engine.dispose()


@click.command(epilog="Example: orientir backup /backups/orientir-2026-11-22.zip")
@click.argument("target", type=File)
@click.option("--json", "as_json", is_flag=True, help="Machine-readable answer.")
def backup(target: Path, *, as_json: bool) -> None:
    """Write every row and file to TARGET (.zip); the server may go on working."""
    with opened(writing=True) as (_app, config):
        session.rollback()
        manifest = taking.take(target, config.files_dir)
        marks.put("last_backup", manifest.taken_at)
    total = sum(mark.rows for mark in manifest.tables.values())
    if as_json:
        click.echo(json.dumps({"file": str(target), "rows": total, "files": manifest.files}))
    else:
        click.echo(f"{target}: {total} rows, {manifest.files} files")


@click.command(epilog="Example: DATA_DIR=/new orientir restore /backups/orientir-2026-11-22.zip")
@click.argument("source", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def restore(source: Path) -> None:
    """Put a backup into an empty base (SQLite or PostgreSQL) and compare every table with its digest."""
    with opened(writing=True) as (_app, config):
        session.rollback()
        manifest = restoring.restore(source, config.files_dir)
    total = sum(mark.rows for mark in manifest.tables.values())
    click.echo(f"restored {total} rows and {manifest.files} files; every table equals its digest")


@click.command(epilog="Example: orientir verify --json")
@click.option("--json", "as_json", is_flag=True, help="Machine-readable answer.")
def verify(*, as_json: bool) -> None:
    """Check what the base promises: integrity, frozen tables, audit chain, receipts, scores."""
    with opened(writing=False):
        checks = run_checks()
    if as_json:
        rows = [dataclasses.asdict(check) | {"holds": check.holds} for check in checks]
        click.echo(json.dumps({"checks": rows}, ensure_ascii=False, indent=1))
    else:
        for check in checks:
            click.echo(f"{'holds ' if check.holds else 'BROKEN'}  {check.name} ({check.looked_at})")
            for problem in check.problems:
                click.echo(f"        {problem}")
    sys.exit(0 if all(check.holds for check in checks) else 1)
