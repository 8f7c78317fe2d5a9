"""What has a term goes when it is over: one table of steps, each audited by its count, once a day.

| what | when |
|---|---|
| uploaded lists, cards, documents made on request | the mark of the file (`expires_at`: 7 or 30 days) |
| who is who in an import of results | applied, or its file is gone |
| links in the text of letters | the letter has left, or its links are over |
| nameless sheets typed from paper and never compared | 30 days |
| answers held for a browser that has to come in again | a day |
| one-time links, sign-ins | 30 days after their end |
| finished background work | 30 days |
| bytes in the folder of files that no row names (whoever wrote or dropped them was killed) | a day |
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import sqlalchemy as sa

from diagnostics import clock
from diagnostics.audit import actions as audit
from diagnostics.campaigns.models import RosterImport
from diagnostics.database import session
from diagnostics.files.models import StoredFile
from diagnostics.findings.models import ImportState, ResultImport
from diagnostics.identifiers import ALPHABET, ID_LENGTH
from diagnostics.jobs.models import Job, JobState
from diagnostics.outbox import actions as outbox
from diagnostics.pathways.models import StepEvidence
from diagnostics.people.models import AccountToken, Consent, SignIn, SignInFailure
from diagnostics.sittings.actions import holding
from diagnostics.sittings.entry_models import PaperEntry
from diagnostics.upkeep import marks
from diagnostics.upkeep.afterwards import when_committed
from diagnostics.upkeep.erasing import drop_bytes

MARK = "last_clearing"
AFTER_END = timedelta(days=30)
FAILURES_KEPT = timedelta(days=1)
STRAY_KEPT = timedelta(days=1)  # bytes are written before their row
_OF_FILE = re.compile(rf"[{ALPHABET}]{{{ID_LENGTH}}}(\.part)?")
OVER = (JobState.DONE, JobState.FAILED, JobState.CANCELLED)


def clear(files_dir: Path) -> dict[str, int]:
    """Remove whatever is over; what was removed, by step. Bytes of files go once the rows are committed."""
    now = clock.now()
    removed = {name: step(now) for name, step in STEPS}
    removed["stray_bytes"] = _stray(now, files_dir)  # before rows go whose bytes must outlive a rollback
    removed["files"] = _files(now, files_dir)
    for name, number in removed.items():
        if number:
            audit.record(
                f"clearing.{name}",
                actor_id=None,
                kind="base",
                object_id=now.date().isoformat(),
                note=str(number),
            )
    marks.put(MARK, now.isoformat())
    return removed


def last() -> datetime | None:
    """When it ran for the last time."""
    found = marks.value_of(MARK)
    return datetime.fromisoformat(found) if found else None


def _matches(now: datetime) -> int:
    """The table row → person of an import; title, dates and settings of the diagnosis stay."""
    kept = sa.select(StoredFile.id).where(StoredFile.expires_at > now)
    rows = session.scalars(
        sa.select(ResultImport).where(
            sa.or_(
                ResultImport.state == ImportState.APPLIED,
                ResultImport.file_id.is_(None),
                ResultImport.file_id.not_in(kept),
            )
        )
    ).all()
    named = [row for row in rows if row.plan.get("matches")]
    for row in named:
        row.plan = row.plan | {"matches": {}}
    session.flush()
    return len(named)


def _links(_now: datetime) -> int:
    return outbox.blot_out()


def _tokens(now: datetime) -> int:
    end = now - AFTER_END
    over = sa.or_(AccountToken.expires_at <= end, AccountToken.used_at <= end, AccountToken.revoked_at <= end)
    return _count(sa.delete(AccountToken).where(over))


def _sign_ins(now: datetime) -> int:
    end = now - AFTER_END
    return _count(sa.delete(SignIn).where(sa.or_(SignIn.expires_at <= end, SignIn.revoked_at <= end)))


def _failures(now: datetime) -> int:
    return _count(sa.delete(SignInFailure).where(SignInFailure.at <= now - FAILURES_KEPT))


def _jobs(now: datetime) -> int:
    return _count(sa.delete(Job).where(Job.state.in_(OVER), Job.finished_at <= now - AFTER_END))


def _files(now: datetime, folder: Path) -> int:
    """Rows and bytes; a list that was applied keeps its row as proof of what was taken, without the file's name."""
    over = session.scalars(sa.select(StoredFile.id).where(StoredFile.expires_at <= now)).all()
    if not over:
        return 0
    for column in (ResultImport.file_id, ResultImport.key_file_id, StepEvidence.file_id, Consent.scan_id):
        session.execute(sa.update(column.class_).where(column.in_(over)).values({column.key: None}))
    lists = set(session.scalars(sa.select(RosterImport.file_id).where(RosterImport.file_id.in_(over))))
    session.execute(sa.update(RosterImport).where(RosterImport.file_id.in_(lists)).values(file_name=""))
    session.execute(
        sa.update(StoredFile).where(StoredFile.id.in_(lists)).values(name="", size=0, expires_at=None)
    )
    session.execute(sa.delete(StoredFile).where(StoredFile.id.in_(set(over) - lists)))
    when_committed(partial(drop_bytes, folder, over))
    return len(over)


def _stray(now: datetime, folder: Path) -> int:
    """What a process that was killed left between the bytes and their row, in either order."""
    oldest = (now - STRAY_KEPT).timestamp()
    old = (path for path in folder.glob("*") if _OF_FILE.fullmatch(path.name) and _changed(path) < oldest)
    found = {path.name: path for path in old}
    named = {one.id for one in session.execute(sa.select(StoredFile.id))} if found else set()
    stray = [path for name, path in found.items() if name not in named]
    for path in stray:
        path.unlink(missing_ok=True)
    return len(stray)


def _changed(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except FileNotFoundError:  # gone since the folder was read
        return math.inf


def _held(now: datetime) -> int:
    return holding.clear(now)


def _sheets(now: datetime) -> int:
    """What was compared with its paper has no row any more; the rest is somebody's words without use."""
    old = PaperEntry.entered_at <= now - AFTER_END
    return _count(sa.delete(PaperEntry).where(PaperEntry.circle_id.is_not(None), old))


def _count(statement: sa.Delete) -> int:
    done = session.execute(statement, execution_options={"synchronize_session": False})
    return int(done.rowcount)  # type: ignore[attr-defined]  # CursorResult for DML


#: In this order: the matches of an import ask whether its file is over, so files come after all of them.
STEPS: tuple[tuple[str, Callable[[datetime], int]], ...] = (
    ("matches", _matches),
    ("links", _links),
    ("tokens", _tokens),
    ("sign_ins", _sign_ins),
    ("sign_in_failures", _failures),
    ("jobs", _jobs),
    ("held_answers", _held),
    ("paper_sheets", _sheets),
)
