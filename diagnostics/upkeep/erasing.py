"""A person is erased: one procedure over all stages, audited, with an act of what was removed.

What says who somebody is goes, with the answers, results and routes; the opaque id stays, because audit rows
and released group figures rest on it, and so do seats (turnout is a count) and the proof that consent was
given. Erased twice is erased once: the second call returns the first act.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path

import sqlalchemy as sa

from diagnostics import clock
from diagnostics.audit import actions as audit
from diagnostics.audit.models import AuditRow
from diagnostics.database import compact_json, session
from diagnostics.errors import Conflict, FieldRefused, Missing
from diagnostics.people import names
from diagnostics.people.actions.roles import refuse_last_administrator
from diagnostics.people.models import Person, PersonState
from diagnostics.upkeep import erased_journal, removing
from diagnostics.upkeep.afterwards import when_committed

ACTION = "person.erase"
LONGEST_REASON = 300


@dataclass(frozen=True, slots=True)
class Act:
    """Proof of an erasure: how many rows of each kind were removed or emptied; nothing personal."""

    person_id: str
    erased_at: datetime
    removed: Mapping[str, int]


def erase(
    person_id: str, *, actor_id: str | None, files_dir: Path | None = None, journal: Path | None = None
) -> Act:
    """Remove all that is known about a person.

    Once committed, the bytes of files go from `files_dir` and the id is written to `journal`, the file outside
    the base from which a restore erases again.

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
    if _is_held(person):
        raise Conflict("legal_hold", reason=person.hold_reason)
    refuse_last_administrator(person_id)
    act = _remove(person, clock.now(), actor_id, files_dir)
    if journal is not None:
        when_committed(partial(erased_journal.note, journal, person_id, act.erased_at))
    return act


def erase_again(journals: Iterable[Path], *, files_dir: Path | None = None) -> list[Act]:
    """After a restore: everybody whom a journal names and the backup still knew is erased once more.

    It was decided and done before, so neither a hold nor the last administrator stands in the way; the act
    keeps the day of the first erasure.
    """
    found = sorted(erased_journal.risen(journals).items())
    return [_remove(session.get_one(Person, one), at, None, files_dir) for one, at in found]


def act_of(person_id: str) -> Act | None:
    """The act of an erased person; None for others."""
    person = session.get(Person, person_id)
    return _first_act(person) if person is not None and person.state is PersonState.ERASED else None


@dataclass(frozen=True, slots=True)
class Hold:
    reason: str
    until: date | None  # None: until it is lifted
    stands: bool  # still forbids erasing today


def hold_of(person_id: str) -> Hold | None:
    person = session.get(Person, person_id)
    if person is None or not person.hold_reason:
        return None
    return Hold(person.hold_reason, person.hold_until, _is_held(person))


def hold(person_id: str, reason: str, *, until: date | None = None, actor_id: str | None) -> None:
    """Forbid erasing for a reason in law (a dispute, an inspection); an empty reason lifts the ban.

    Raises
    ------
    FieldRefused
        `hold_in_past`: the last day is over; as `names.clean` for the reason.
    """
    person = session.get(Person, person_id)
    if person is None or person.state is PersonState.ERASED:
        raise Missing
    words = names.clean(reason, field="reason", required=False, longest=LONGEST_REASON)
    if words and until is not None and until < clock.now().date():
        raise FieldRefused("hold_in_past", field="until")
    before = _facts(person)
    person.hold_reason, person.hold_until = words or None, until if words else None
    session.flush()
    audit.record(
        "person.hold",
        actor_id=actor_id,
        kind="person",
        object_id=person_id,
        before=before,
        after=_facts(person),
    )


def _is_held(person: Person) -> bool:
    over = person.hold_until is not None and person.hold_until < clock.now().date()
    return bool(person.hold_reason) and not over


def _facts(person: Person) -> list[str | None]:
    return [person.hold_reason, person.hold_until.isoformat() if person.hold_until else None]


def _remove(person: Person, at: datetime, actor_id: str | None, files_dir: Path | None) -> Act:
    files = removing.own_files(person.id)
    removed = {name: remove(person.id) for name, remove in removing.STEPS}
    removed["files"] = removing.files(files)
    person.state, person.erased_at = PersonState.ERASED, at
    person.hold_reason = person.hold_until = None
    session.flush()
    audit.record(ACTION, actor_id=actor_id, kind="person", object_id=person.id, note=compact_json(removed))
    if files_dir is not None:
        when_committed(partial(drop_bytes, files_dir, files))
    return Act(person.id, at, removed)


def _first_act(person: Person) -> Act:
    note = session.scalars(
        sa.select(AuditRow.note)
        .where(AuditRow.action == ACTION, AuditRow.object_id == person.id)
        .order_by(AuditRow.number)
        .limit(1)
    ).one()
    return Act(person.id, person.erased_at or person.created_at, json.loads(note))


def drop_bytes(folder: Path, file_ids: Iterable[str]) -> None:
    """Only when the rows are surely gone."""
    for file_id in file_ids:
        (folder / file_id).unlink(missing_ok=True)
