"""`orientir backup | restore | verify`: keeping a base, and those who were erased from it erased."""

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
from diagnostics.cli import checking_demo
from diagnostics.config import Config
from diagnostics.database import db, session, set_reading
from diagnostics.upkeep import erased_journal, marks, opening
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
        beside = _journal_beside(target)
        erased_journal.add(beside, erased_journal.read(config.erased_log))
        marks.put("last_backup", manifest.taken_at)
    total = sum(mark.rows for mark in manifest.tables.values())
    if as_json:
        facts = {"file": str(target), "rows": total, "files": manifest.files, "erased": str(beside)}
        click.echo(json.dumps(facts))
    else:
        click.echo(f"{target}: {total} rows, {manifest.files} files")
        click.echo(f"keep with it: {beside} (whom a restore must erase again) and, apart, the secret key")


@click.command(epilog="Example: DATA_DIR=/new orientir restore /backups/orientir-2026-11-22.zip")
@click.argument("source", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--erased",
    "journals",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A journal of erasures (erased.log) from elsewhere; may be given several times.",
)
def restore(source: Path, journals: tuple[Path, ...]) -> None:
    """Put a backup into an empty base (SQLite or PostgreSQL) and compare every table with its digest.

    Then whom the journals of erasures name is erased again: the journal beside SOURCE, the one of this data
    folder and those given.
    """
    with opened(writing=True) as (_app, config):
        session.rollback()
        manifest = restoring.restore(source, config.files_dir)
        for path in (_journal_beside(source), *journals):
            erased_journal.add(config.erased_log, erased_journal.read(path))
        known = len(erased_journal.read(config.erased_log))
        again = opening.keep_erased(config)
    total = sum(mark.rows for mark in manifest.tables.values())
    click.echo(f"restored {total} rows and {manifest.files} files; every table equals its digest")
    click.echo(f"erased again: {len(again)} of {known} people in the journal of erasures")
    for act in again:
        click.echo(f"        {act.person_id} (first erased {act.erased_at:%Y-%m-%d})")
    if not known:
        click.echo(
            "no journal of erasures was found: if people were erased since this backup, pass --erased FILE"
        )


@click.command(epilog="Example: orientir verify --demo --json")
@click.option("--demo", is_flag=True, help="What is planted in the demo against what the product concluded.")
@click.option("--json", "as_json", is_flag=True, help="Machine-readable answer.")
def verify(*, demo: bool, as_json: bool) -> None:
    """Check what the base promises: integrity, frozen tables, audit chain, receipts, scores, files, erasures."""
    if demo:
        sys.exit(checking_demo.verify(as_json=as_json))
    with opened(writing=False) as (_app, config):
        checks = run_checks(config.erased_log, config.files_dir)
    if as_json:
        rows = [dataclasses.asdict(check) | {"holds": check.holds} for check in checks]
        click.echo(json.dumps({"checks": rows}, ensure_ascii=False, indent=1))
    else:
        for check in checks:
            click.echo(f"{'holds ' if check.holds else 'BROKEN'}  {check.name} ({check.looked_at})")
            for problem in check.problems:
                click.echo(f"        {problem}")
    sys.exit(0 if all(check.holds for check in checks) else 1)


def _journal_beside(backup_file: Path) -> Path:
    return backup_file.resolve().parent / erased_journal.NAME
