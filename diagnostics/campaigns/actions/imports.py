"""A list of people from a file: kept and checked, then applied on request, and never twice."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from diagnostics import clock
from diagnostics.audit import actions as audit
from diagnostics.campaigns.actions.groups import add_members
from diagnostics.campaigns.actions.seating import seat_audience
from diagnostics.campaigns.errors import AlreadyImported
from diagnostics.campaigns.models import RosterImport, RosterState, RosterTarget
from diagnostics.campaigns.queries.lists import scope_of
from diagnostics.campaigns.roster.entries import Roster
from diagnostics.campaigns.roster.matching import plan
from diagnostics.campaigns.roster.persons import person_of
from diagnostics.database import moved, session
from diagnostics.errors import Missing
from diagnostics.files import actions as files

KEPT_DAYS = 7


@dataclass(frozen=True, slots=True)
class Applied:
    """`people` of the list that were taken, `added` of them that are new in the diagnosis, group or base."""

    people: int
    added: int
    new_persons: int


def keep_roster(
    target: RosterTarget, target_id: str, *, content: bytes, name: str, folder: Path, actor_id: str | None
) -> str:
    """Keep a file that was read without refusal; the same file again leads to the standing import.

    AlreadyImported when it was applied to the same target before.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    standing = session.scalars(
        sa.select(RosterImport).where(
            RosterImport.target_kind == target,
            RosterImport.target_id == target_id,
            RosterImport.sha256 == sha256,
        )
    ).first()
    if standing is not None:
        if standing.state is RosterState.APPLIED:
            raise AlreadyImported(standing.id)
        return standing.id
    stored = files.store(
        folder,
        name=name,
        media_type="application/octet-stream",
        content=content,
        purpose="import",
        owner_id=actor_id,
        days=KEPT_DAYS,
    )
    row = RosterImport(
        target_kind=target,
        target_id=target_id,
        file_id=stored.id,
        file_name=stored.name,
        sha256=sha256,
        created_by=actor_id,
        created_at=clock.now(),
    )
    session.add(row)
    session.flush()
    return row.id


def apply_roster(import_id: str, roster: Roster, actor_id: str | None) -> Applied:
    """Take the good rows: add persons who are not known, seat or group everybody. A file is applied once.

    `roster` is the file of the import, read before the transaction.
    """
    row = session.get(RosterImport, import_id)
    if row is None:
        raise Missing
    _claim(row)
    planned = plan(roster, scope_of(row.target_kind, row.target_id))
    people = [person_of(one, actor_id) for one in planned.good]
    added = _add(row, people, actor_id, new=planned.new_persons)
    row.applied_rows = len(people)
    session.flush()
    audit.record(
        "roster.apply",
        actor_id=actor_id,
        kind=row.target_kind.value,
        object_id=row.target_id,
        after=row.sha256,
    )
    return Applied(len(people), added, planned.new_persons)


def _add(row: RosterImport, people: list[str], actor_id: str | None, *, new: int) -> int:
    match row.target_kind:
        case RosterTarget.CAMPAIGN:
            return seat_audience(row.target_id, people, actor_id) if people else 0
        case RosterTarget.GROUP:
            return add_members(row.target_id, people, actor_id)
        case RosterTarget.PLACE:
            return new


def _claim(row: RosterImport) -> None:
    """Two tabs at once: one of them moves the row, the other is told."""
    statement = (
        sa.update(RosterImport)
        .where(RosterImport.id == row.id, RosterImport.state == RosterState.CHECKED)
        .values(state=RosterState.APPLIED, applied_at=clock.now())
    )
    if not moved(statement):
        raise AlreadyImported(row.id)
