"""Whom this installation has erased, kept outside the base: a restored backup must not bring people back.

The journal is a text file of lines «id time», opaque ids only, appended and fsynced after the erasing
transaction has committed. A process that died between the two is made good by `catch_up`, which every start
and every backup runs: the base itself knows whom it has erased. Ids are random (70 bits), so the journals of
several machines or folders may be put together line by line.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa

from diagnostics.database import session
from diagnostics.identifiers import ID_LENGTH
from diagnostics.people.models import Person, PersonState

NAME = "erased.log"
log = logging.getLogger("orientir.upkeep")


def read(path: Path) -> dict[str, datetime]:
    """Id → moment of the first erasure; a line that a crash cut short is left out."""
    if not path.exists():
        return {}
    found: dict[str, datetime] = {}
    for line in path.read_text(encoding="ascii", errors="replace").splitlines():
        person_id, _, at = line.partition(" ")
        try:
            moment = datetime.fromisoformat(at)
        except ValueError:
            continue
        if len(person_id) == ID_LENGTH and moment.tzinfo is not None:
            found.setdefault(person_id, moment)
    return found


def add(path: Path, erased: Mapping[str, datetime]) -> int:
    """Append who is not in the journal yet, durably; returns how many lines were written."""
    known = read(path)
    new = {person_id: at for person_id, at in erased.items() if person_id not in known}
    if not new:
        return 0
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = "".join(f"{person_id} {at.isoformat()}\n" for person_id, at in sorted(new.items()))
    handle = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        # One write: two processes that append at once do not mix their lines.
        os.write(handle, (_line_break(handle) + lines).encode("ascii"))
        os.fsync(handle)
    finally:
        os.close(handle)
    _sync_folder(path.parent)
    return len(new)


def note(path: Path, person_id: str, at: datetime) -> None:
    """One erasure that is surely done. A full disk must not undo it: the next start catches up."""
    try:
        add(path, {person_id: at})
    except OSError:
        log.exception("erasure not in the journal yet", extra={"facts": {"person": person_id}})


def catch_up(path: Path) -> int:
    """Write down whom the base has erased and the journal does not name; returns how many."""
    rows = session.execute(
        sa.select(Person.id, sa.func.coalesce(Person.erased_at, Person.created_at).label("at")).where(
            Person.state == PersonState.ERASED
        )
    )
    return add(path, {one.id: one.at for one in rows})


def risen(journals: Iterable[Path]) -> dict[str, datetime]:
    """Who stands in the base though a journal says that they were erased: id → when."""
    erased: dict[str, datetime] = {}
    for path in journals:
        erased = read(path) | erased
    living = sa.select(Person.id).where(Person.state != PersonState.ERASED)
    return {one: erased[one] for one in session.scalars(living) if one in erased} if erased else {}


def _line_break(handle: int) -> str:
    """A line that a crash cut short must not swallow the next one."""
    size = os.fstat(handle).st_size
    return "" if not size or os.pread(handle, 1, size - 1) == b"\n" else "\n"


def _sync_folder(folder: Path) -> None:
    """The new name of a file is durable only with its folder."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
