"""Files of the demo base: made aside and put in place whole, with a fresh copy kept for «Сбросить»."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

BASE, NEW, FRESH = "demo.db", "demo-new.db", "demo-fresh.db"
FILES, FRESH_FILES = "files", "files-fresh"
_BESIDE = ("", "-wal", "-shm", "-journal", ".lock")


def put_in_place(folder: Path) -> None:
    """The newly made base becomes the demo; a process that was killed before this leaves no half of one."""
    new = folder / NEW
    with closing(sqlite3.connect(new)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.execute("PRAGMA journal_mode=DELETE")
    _swap(new, folder / BASE)
    _copy(folder / BASE, folder / FRESH)
    _copy_tree(folder / FILES, folder / FRESH_FILES)
    remove(folder, NEW)


def put_back(folder: Path) -> None:
    """The demo as it was when it was made. No process may have it open."""
    _copy(folder / FRESH, folder / NEW)
    _swap(folder / NEW, folder / BASE)
    _copy_tree(folder / FRESH_FILES, folder / FILES)


def made_on(folder: Path) -> str:
    """The day (ISO) on which the fresh copy was made; empty when there is none."""
    path = folder / FRESH
    if not path.exists():
        return ""
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
        row = connection.execute("SELECT value FROM mark WHERE name = 'demo_day'").fetchone()
    return str(row[0]) if row else ""


def remove(folder: Path, name: str) -> None:
    for end in _BESIDE:
        (folder / f"{name}{end}").unlink(missing_ok=True)


def clear(folder: Path) -> None:
    """Room for a demo that is about to be made: no half of an earlier one, no files of the standing one."""
    remove(folder, NEW)
    shutil.rmtree(folder / FILES, ignore_errors=True)


def _copy_tree(source: Path, target: Path) -> None:
    shutil.rmtree(target, ignore_errors=True)
    if source.exists():
        shutil.copytree(source, target)


def _swap(new: Path, old: Path) -> None:
    """One rename; what a write-ahead log of the old base held must not be read into the new one."""
    for end in ("-wal", "-shm"):
        old.with_name(f"{old.name}{end}").unlink(missing_ok=True)
    new.replace(old)


def _copy(source: Path, target: Path) -> None:
    aside = target.with_name(f"{target.name}.part")
    shutil.copyfile(source, aside)
    aside.replace(target)
