"""Saving answers: insert-or-same by (sitting, client, seq), three statements for one answer."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from diagnostics import clock, database
from diagnostics.campaigns.models import Privacy
from diagnostics.catalogue import queries as catalogue
from diagnostics.config import Limits
from diagnostics.database import Json, new_id
from diagnostics.sittings.actions import statements as sql
from diagnostics.sittings.errors import EventRefused, SeqConflict
from diagnostics.sittings.events import Event
from diagnostics.sittings.models import SittingState
from diagnostics.sittings.order import refuse_skipping
from diagnostics.sittings.queries.files import named_files
from diagnostics.sittings.queries.keys import Writing
from diagnostics.sittings.standing import GIVES_ANSWER
from instruments.document import is_free_text
from instruments.items.file import files_of


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one event; a re-send of the same event gets the same result."""

    seq: int
    position: int
    status: str  # stored | conflict: another device answered meanwhile, both values are kept

    @classmethod
    def of(cls, seq: int, position: int, rival: int | None) -> Result:
        return cls(seq, position, "stored" if rival is None else "conflict")


@dataclass(frozen=True, slots=True)
class Saved:
    """Results in the order of the events; or a refusal, with `kept` when the events wait in the late list."""

    results: tuple[Result, ...]
    saved_at: datetime
    refusal: str | None = None  # attempt_closed | time_over | paused
    kept: bool = False


def save_events(
    writing: Writing, events: Sequence[Event], limits: Limits, *, new_files: Collection[str] = ()
) -> Saved:
    """Append the events of one client, all in the caller's transaction.

    `new_files`: ids of files that were stored a moment ago for these very events.

    A sitting that takes no more answers with a refusal instead of an error, because what came late is kept
    and must be committed.

    Raises
    ------
    SeqConflict
        A number was used for another event before; nothing of the batch is stored.
    OutOfOrder
        A question that is not open yet, where the order is fixed; nothing of the batch is stored.
    EventRefused
        `file_unknown`: a file that was not given to this question in this sitting.
    """
    _refuse_foreign_files(writing, events, new_files)
    now = clock.now()
    refusal = writing.refusal(now, timedelta(seconds=limits.late_grace_seconds))
    if refusal == "paused":
        return _not_now(writing, events, now)
    if refusal is not None:
        return _too_late(writing, events, now, refusal)
    refuse_skipping(writing, events)
    facts = {"sitting": writing.sitting_id, "number": len(events), "now": now}
    connection = database.connection()
    advanced = sql.ADVANCE.first(connection, facts)
    if advanced is None:  # it was sent while this request was on its way
        return _too_late(writing, events, now, "attempt_closed")
    last, at = int(advanced[0]), advanced[1]
    found = [
        _insert(connection, writing, event, last - len(events) + number, at)
        for number, event in enumerate(events, 1)
    ]
    return Saved(tuple(result for result, _ in found), max(moment for _, moment in found))


def save_form(
    writing: Writing, events: Sequence[Event], limits: Limits, *, new_files: Collection[str] = ()
) -> Saved:
    """Events of a form posted without script: the server numbers them below zero, apart from the client's own."""
    facts = {"client": writing.client, "number": len(events)}
    numbers = sql.NEXT_FORM_SEQ.first(database.connection(), facts)
    if numbers is None:  # the key was read by this very request
        raise LookupError(writing.client)
    last: int = numbers[0]
    numbered = [
        Event(-(last - len(events) + place), event.base, event.kind, event.item, event.value)
        for place, event in enumerate(events, 1)
    ]
    return save_events(writing, numbered, limits, new_files=new_files)


def _refuse_foreign_files(writing: Writing, events: Sequence[Event], new_files: Collection[str]) -> None:
    for event in events:
        named = [one for one in files_of(event.value) if one["id"] not in new_files]
        known = named_files(writing.sitting_id, event.item) if named else {}
        if any(known.get(one["id"]) != one for one in named):
            raise EventRefused("file_unknown", seq=event.seq)


def _insert(
    connection: sa.Connection, writing: Writing, event: Event, position: int, now: datetime
) -> tuple[Result, datetime]:
    is_answer = event.kind in GIVES_ANSWER
    anonymous = writing.privacy is Privacy.ANONYMOUS
    row = (sql.INSERT_ANSWER if is_answer else sql.INSERT_MARK).first(
        connection,
        {
            "sitting_id": writing.sitting_id,
            "position": position,
            "kind": event.kind,
            "item": event.item,
            "value": event.value,
            "client": writing.client,
            "seq": event.seq,
            "base": event.base,
            "body_hash": event.body_hash,
            # Hours only: an anonymous answer must not be found by the minute somebody was seen answering.
            "at": now.replace(minute=0, second=0, microsecond=0) if anonymous else now,
            "client_at": None if anonymous else event.client_at,
        },
    )
    if row is not None:
        position, rival = row
        return Result.of(event.seq, position, rival), now
    return _first_result(writing, event)


def _first_result(writing: Writing, event: Event) -> tuple[Result, datetime]:
    known = _stored(writing, [event]).get(event.seq)
    if known is None:
        raise SeqConflict("seq_conflict", next_seq=writing.last_seq + 1)
    return known


def _stored(writing: Writing, events: Sequence[Event]) -> dict[int, tuple[Result, datetime]]:
    """The events that were stored before, by number; SeqConflict where a number says something else now."""
    facts = {"sitting": writing.sitting_id, "own": writing.client, "seqs": [event.seq for event in events]}
    hashes = {event.seq: event.body_hash for event in events}
    known = {}
    for row in database.connection().execute(sql.STORED, facts):
        if row.body_hash != hashes[row.seq]:
            raise SeqConflict("seq_conflict", next_seq=writing.last_seq + 1)
        known[row.seq] = (Result.of(row.seq, row.position, row.rival), row.at)
    return known


def _not_now(writing: Writing, events: Sequence[Event], now: datetime) -> Saved:
    """Nothing is taken up in a pause: the device keeps what is new and sends it again when it is over."""
    known = _stored(writing, events)
    results = tuple(known[event.seq][0] for event in events if event.seq in known)
    if len(results) < len(events):
        return Saved(results, now, "paused")
    return Saved(results, max(at for _, at in known.values()))


def _too_late(writing: Writing, events: Sequence[Event], now: datetime, refusal: str) -> Saved:
    """Keep what was typed in time and came late; what had been stored before gets its first result."""
    known = _stored(writing, events)
    fresh = [event for event in events if event.seq not in known]
    results = tuple(known[event.seq][0] for event in events if event.seq in known)
    if not fresh:
        return Saved(results, max(at for _, at in known.values()))
    refuse_skipping(writing, fresh, late=True)
    # A person who withdrew consent gave nothing more to keep.
    keepable = _keepable(writing, fresh)
    kept = bool(keepable) and writing.state in (SittingState.OPEN, SittingState.SUBMITTED)
    if kept:
        _keep_late(
            writing, keepable, now, "after_submit" if refusal == "attempt_closed" else "after_deadline"
        )
    return Saved(results, now, refusal, kept)


def _keepable(writing: Writing, events: list[Event]) -> list[Event]:
    """Without a name, words that came late are let go: beside a sitting they would be tied to its answers."""
    if writing.privacy is not Privacy.ANONYMOUS:
        return events
    asked = catalogue.instrument(writing.instrument_id)
    return [event for event in events if not is_free_text(asked.item(event.item))]


def _keep_late(writing: Writing, events: Sequence[Event], now: datetime, reason: str) -> None:
    connection = database.connection()
    rows = [
        {
            "id": new_id(),
            "sitting_id": writing.sitting_id,
            "body": _body(event, writing.privacy),
            "client": writing.client,
            "seq": event.seq,
            "reason": reason,
            "at": now.replace(minute=0, second=0, microsecond=0)
            if writing.privacy is Privacy.ANONYMOUS
            else now,
        }
        for event in events
    ]
    connection.execute(sql.INSERT_LATE[connection.dialect.name], rows)


def _body(event: Event, privacy: Privacy) -> Json:
    told = None if event.client_at is None or privacy is Privacy.ANONYMOUS else event.client_at.isoformat()
    return {
        "base": event.base,
        "kind": event.kind.value,
        "item": event.item,
        "value": event.value,
        "client_at": told,
    }
