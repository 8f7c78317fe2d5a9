"""Ending a sitting: sent once, with one receipt; or stopped because consent was withdrawn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from diagnostics import clock, database
from diagnostics.audit import actions as audit
from diagnostics.campaigns import actions as campaigns
from diagnostics.campaigns.models import Privacy, Seat, WaveState
from diagnostics.campaigns.queries import seats
from diagnostics.catalogue import queries as catalogue
from diagnostics.config import Limits
from diagnostics.database import session
from diagnostics.database.prepared import Prepared
from diagnostics.errors import Missing
from diagnostics.identifiers import new_paper_code
from diagnostics.jobs import actions as jobs
from diagnostics.sittings import moves, timing
from diagnostics.sittings.actions.free_texts import texts_apart
from diagnostics.sittings.actions.starting import revoke_keys
from diagnostics.sittings.errors import GapsLeft, SittingClosed
from diagnostics.sittings.events import answers_hash
from diagnostics.sittings.models import Sitting, SittingState
from diagnostics.sittings.queries.keys import Writing
from diagnostics.sittings.queries.sittings import standing_of
from diagnostics.sittings.standing import Standing
from instruments import path

TIME_OVER = "time_over"
NO_GRACE = timedelta()


@dataclass(frozen=True, slots=True)
class Receipt:
    """Proof of sending: anyone who has it can have the answers checked against the hash."""

    number: str
    answers_hash: str
    submitted_at: datetime


_LOCKED = Prepared(
    sa.select(Sitting.state, Sitting.receipt, Sitting.answers_hash, Sitting.submitted_at, Sitting.touched_at)
    .where(Sitting.id == sa.bindparam("sitting"))
    .with_for_update()
)


def submit(writing: Writing, *, without_answers: bool, limits: Limits) -> Receipt:
    """Send the sitting: open → submitted in one UPDATE, the seat moved, scoring enqueued, one audit row.

    Sent before: the same receipt.

    A work whose minutes are over is sent as it stands: nobody can fill its gaps any more.

    Raises
    ------
    GapsLeft
        `choose_first`: two devices disagree; `consent_missing`; `answers_missing` (unless `without_answers`).
    SittingClosed
        `time_over`; `paused`; `attempt_closed` for a stopped one.
    """
    state, receipt, touched = _locked(writing.sitting_id)
    if state is SittingState.SUBMITTED:
        return receipt
    now = clock.now()
    if writing.is_timed and now > writing.ends_at and close_by_time(writing.sitting_id):
        return _locked(writing.sitting_id)[1]
    refusal = writing.refusal(now, timedelta(seconds=limits.late_grace_seconds))
    if refusal is not None or state is not SittingState.OPEN:
        raise SittingClosed(refusal or "attempt_closed")
    standing = standing_of(writing.sitting_id)
    _refuse_gaps(writing, standing, without_answers=without_answers)
    anonymous = writing.privacy is Privacy.ANONYMOUS
    at = max(now, touched)  # the clock may have been set back since the last answer
    return send(writing.sitting_id, writing.seat_id, standing, at, anonymous=anonymous, reason="submitted")


def close_by_time(sitting_id: str, grace: timedelta = NO_GRACE) -> bool:
    """Send a work as it stands because its minutes are over; False when it is not open, timed and over.

    It counts as sent at the end of its time. A work without a consent that it asks for is never sent.
    """
    sitting = session.scalars(sa.select(Sitting).where(Sitting.id == sitting_id).with_for_update()).one()
    seat, now = seats.seat(sitting.seat_id), clock.now()
    if (
        sitting.state is not SittingState.OPEN
        or timing.minutes_of(sitting.instrument_id, seat.privacy) is None
    ):
        return False
    end, standing = timing.ends_at(timing.Work.of(sitting, seat)), standing_of(sitting_id)
    is_over = seat.wave_state is WaveState.CLOSED or now > end + grace
    if not is_over or path.not_agreed(
        catalogue.instrument(sitting.instrument_id), sitting.form, standing.answers
    ):
        return False
    at = max(sitting.touched_at, min(now, end))  # not before what was answered, whatever the clock says
    send(sitting_id, sitting.seat_id, standing, at, anonymous=False, reason=TIME_OVER)
    return True


def stop(sitting_id: str, *, actor_id: str | None) -> bool:
    """Open → stopped: its keys write no more. False when it was not open."""
    if not moves.move(sitting_id, SittingState.STOPPED, touched_at=clock.now()):
        return False
    audit.record("sitting.stop", actor_id=actor_id, kind="sitting", object_id=sitting_id)
    revoke_keys(sitting_id, actor_id=actor_id)
    return True


def stop_of_person(person_id: str, *, actor_id: str | None) -> int:
    """Consent withdrawn: stop everything this person is answering now; returns how many."""
    open_ones = session.scalars(
        sa.select(Sitting.id)
        .join(Seat, Seat.id == Sitting.seat_id)
        .where(Seat.respondent_id == person_id, Sitting.state == SittingState.OPEN)
    ).all()
    return sum(stop(sitting_id, actor_id=actor_id) for sitting_id in open_ones)


def _refuse_gaps(writing: Writing, standing: Standing, *, without_answers: bool) -> None:
    instrument = catalogue.instrument(writing.instrument_id)
    open_codes = path.on_path(instrument, writing.form, standing.answers) | set(standing.drawn)
    disputed = tuple(code for code in standing.conflicts if code in open_codes)
    if disputed:
        raise GapsLeft("choose_first", disputed)
    refusals = path.not_agreed(instrument, writing.form, standing.answers)
    if refusals:
        raise GapsLeft("consent_missing", tuple(item.code for item in refusals))
    gaps = path.unanswered(instrument, writing.form, standing.answers)
    if gaps and not without_answers:
        raise GapsLeft("answers_missing", tuple(item.code for item in gaps))


def send(
    sitting_id: str, seat_id: str, standing: Standing, now: datetime, *, anonymous: bool, reason: str
) -> Receipt:
    """Open → submitted with a receipt over the standing answers; the seat moves and scoring is enqueued.

    SittingClosed `attempt_closed` when it is open no more.
    """
    at = clock.hour(now) if anonymous else now
    values: dict[str, object] = {"submitted_at": at, "touched_at": at}
    if anonymous:
        values["started_at"] = at
        standing = texts_apart(sitting_id, standing)
    code = new_paper_code(8)
    receipt = Receipt(f"{code[:4]}-{code[4:]}", answers_hash(sitting_id, standing.answers), at)
    values |= {"receipt": receipt.number, "answers_hash": receipt.answers_hash}
    moved = moves.move(sitting_id, SittingState.SUBMITTED, **values)
    if not moved:
        raise SittingClosed("attempt_closed")
    campaigns.mark_submitted(seat_id)
    if not anonymous:  # the seat's own row names the circle and the hour
        audit.record("sitting.submit", actor_id=None, kind="sitting", object_id=sitting_id)
    jobs.enqueue(
        "findings.score",
        sitting_id,
        asker_id=None,
        parameters={"reason": reason},
        unique_key=f"score:{sitting_id}",
        nameless=anonymous,
    )
    return receipt


def _locked(sitting_id: str) -> tuple[SittingState, Receipt, datetime]:
    """Its state, of a sent one its receipt, and its last moment; no save comes before the transaction's end."""
    found = _LOCKED.first(database.written(), {"sitting": sitting_id})
    if found is None:
        raise Missing
    state, number, answers, at, touched = found
    if state is SittingState.SUBMITTED and None in (number, answers, at):
        message = "a sent sitting has no receipt"
        raise RuntimeError(message)
    return state, Receipt(number, answers, at), touched
