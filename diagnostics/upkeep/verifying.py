"""What a base promises, checked: integrity, frozen triggers, the audit chain, receipts, scores."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from diagnostics import clock
from diagnostics.audit import sealing
from diagnostics.database import compact_json, session
from diagnostics.database.frozen import declared, installed
from diagnostics.files.models import StoredFile
from diagnostics.findings import reading, scales
from diagnostics.findings.models import Finding
from diagnostics.sittings import queries as sittings
from diagnostics.sittings.events import answers_hash
from diagnostics.sittings.models import Sitting, SittingState
from diagnostics.upkeep import erased_journal


@dataclass(frozen=True, slots=True)
class Check:
    """One promise: how many things were looked at and what was found wrong."""

    name: str
    looked_at: int
    problems: tuple[str, ...]

    @property
    def holds(self) -> bool:
        return not self.problems


def verify(erased: Path | None = None, files_dir: Path | None = None) -> list[Check]:
    """Every check, in the order of what they rest on; with the folder of files and the journal of erasures those too.

    Reads only.
    """
    found = [check() for check in CHECKS]
    found += [] if files_dir is None else [_files(files_dir)]
    return found if erased is None else [*found, _erasures(erased)]


def _integrity() -> Check:
    connection = session.connection()
    if connection.dialect.name != "sqlite":
        return Check("integrity", 0, ())
    found = [row[0] for row in connection.exec_driver_sql("PRAGMA integrity_check") if row[0] != "ok"]
    found += [f"foreign key: {row[0]}" for row in connection.exec_driver_sql("PRAGMA foreign_key_check")]
    return Check("integrity", 1, tuple(found))


def _triggers() -> Check:
    standing = set(installed(session.connection()))
    wanted = [trigger.name for trigger in declared()]
    return Check("frozen tables", len(wanted), tuple(name for name in wanted if name not in standing))


def _audit() -> Check:
    problems = sealing.check()
    return Check("audit chain", 1, tuple(f"row {one.number}: {one.what}" for one in problems))


def _receipts() -> Check:
    """Anyone with a receipt can have it checked: the hash is recomputed from the events."""
    looked, wrong = 0, []
    query = sa.select(Sitting.id, Sitting.receipt, Sitting.answers_hash).where(
        Sitting.state == SittingState.SUBMITTED
    )
    for sitting_id, receipt, stored in session.execute(query).all():
        looked += 1
        if answers_hash(sitting_id, sittings.answers(sitting_id)) != stored:
            wrong.append(f"receipt {receipt}")
    return Check("receipts", looked, tuple(wrong))


def _scores() -> Check:
    """Every current finding of a sitting, scored again from its events with its own versions."""
    looked, wrong = 0, []
    for finding in _own_findings():
        looked += 1
        scored = reading.from_answers(finding.sitting_id or "", given_only=True).scored
        if compact_json(scales.stored(scored.items)) != compact_json(finding.items):
            wrong.append(f"finding {finding.id}")
    return Check("scores", looked, tuple(wrong))


def _files(folder: Path) -> Check:
    """The bytes of every file that still has a term lie in the folder, as they were stored."""
    looked, wrong = 0, []
    now = clock.now()
    query = sa.select(StoredFile.id, StoredFile.sha256).where(
        sa.or_(StoredFile.expires_at.is_(None), StoredFile.expires_at > now), StoredFile.size > 0
    )
    for file_id, digest in session.execute(query).all():
        looked += 1
        path = folder / file_id
        if not path.is_file():
            wrong.append(f"file {file_id} is not there")
        elif hashlib.sha256(path.read_bytes()).hexdigest() != digest:
            wrong.append(f"file {file_id} has changed")
    return Check("files", looked, tuple(wrong))


def _erasures(journal: Path) -> Check:
    """Nobody whom the journal outside the base names has come back with a restored backup."""
    back = erased_journal.risen([journal])
    problems = (f"person {one} was erased on {at:%Y-%m-%d} and is back" for one, at in back.items())
    return Check("erasures", len(erased_journal.read(journal)), tuple(problems))


def _own_findings() -> Iterator[Finding]:
    query = sa.select(Finding).where(Finding.sitting_id.is_not(None), Finding.superseded_at.is_(None))
    yield from session.scalars(query)


CHECKS: tuple[Callable[[], Check], ...] = (_integrity, _triggers, _audit, _receipts, _scores)
