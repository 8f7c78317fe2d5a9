"""A person is erased: one procedure over all stages, audited, with an act of what was removed.

What says who somebody is goes, with the answers, results and routes; the opaque id stays, because audit rows
and released group figures rest on it, and so do seats (turnout is a count) and the proof that consent was
given. Erased twice is erased once: the second call returns the first act.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa

from diagnostics import clock
from diagnostics.audit import actions as audit
from diagnostics.audit.models import AuditRow
from diagnostics.database import compact_json, session
from diagnostics.errors import Conflict, Missing
from diagnostics.people.actions.roles import refuse_last_administrator
from diagnostics.people.models import Person, PersonState
from diagnostics.upkeep import removing

ACTION = "person.erase"


@dataclass(frozen=True, slots=True)
class Act:
    """Proof of an erasure: how many rows of each kind were removed or emptied; nothing personal."""

    person_id: str
    erased_at: datetime
    removed: Mapping[str, int]


def erase(person_id: str, *, actor_id: str | None, files_dir: Path | None = None) -> Act:
    """Remove all that is known about a person; with `files_dir` the bytes of files too, once committed.

    Raises
    ------
    Missing
        No such person.
    Conflict
        `legal_hold` with the reason; `last_administrator`.
    """
    person = session.scalars(sa.select(Person).where(Person.id == person_id).with_for_update()).first()
    if person is None:
        raise Missing
    if person.state is PersonState.ERASED:
        return _first_act(person)
    if person.hold_reason:
        raise Conflict("legal_hold", reason=person.hold_reason)
    refuse_last_administrator(person_id)
    files = removing.own_files(person_id)
    removed = {name: remove(person_id) for name, remove in removing.STEPS}
    removed["files"] = removing.files(files)
    person.state, person.erased_at = PersonState.ERASED, clock.now()
    session.flush()
    audit.record(ACTION, actor_id=actor_id, kind="person", object_id=person_id, note=compact_json(removed))
    if files_dir is not None:
        _drop_when_committed(files, files_dir)
    return Act(person_id, person.erased_at, removed)


def hold(person_id: str, reason: str, *, actor_id: str | None) -> None:
    """Forbid erasing for a reason in law (a dispute, an inspection); an empty reason lifts the ban."""
    person = session.get(Person, person_id)
    if person is None or person.state is PersonState.ERASED:
        raise Missing
    before = person.hold_reason
    person.hold_reason = " ".join(reason.split()) or None
    session.flush()
    audit.record(
        "person.hold",
        actor_id=actor_id,
        kind="person",
        object_id=person_id,
        before=before,
        after=person.hold_reason,
    )


def _first_act(person: Person) -> Act:
    note = session.scalars(
        sa.select(AuditRow.note)
        .where(AuditRow.action == ACTION, AuditRow.object_id == person.id)
        .order_by(AuditRow.number)
        .limit(1)
    ).one()
    return Act(person.id, person.erased_at or person.created_at, json.loads(note))


def _drop_when_committed(file_ids: Iterable[str], folder: Path) -> None:
    """Bytes go only when the rows are surely gone."""
    wanted = list(file_ids)

    def drop(_session: object) -> None:
        for file_id in wanted:
            (folder / file_id).unlink(missing_ok=True)

    sa.event.listen(session(), "after_commit", drop, once=True)
