"""Late answers: an organiser takes them in or leaves them out, once."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from diagnostics import clock
from diagnostics.audit import actions as audit
from diagnostics.campaigns.models import Privacy
from diagnostics.campaigns.queries import seats
from diagnostics.campaigns.queries.seats import SeatFacts
from diagnostics.database import session
from diagnostics.errors import FieldRefused, Missing
from diagnostics.jobs import actions as jobs
from diagnostics.sittings.actions.ending import send
from diagnostics.sittings.actions.statements import rival
from diagnostics.sittings.errors import LateDecided
from diagnostics.sittings.events import Event, answers_hash
from diagnostics.sittings.late import event_of, is_sent_by_accepting, items_of
from diagnostics.sittings.models import (
    AnswerEvent,
    LateChoice,
    LateDecision,
    LateEvent,
    Sitting,
    SittingState,
)
from diagnostics.sittings.queries.sittings import standing_of
from diagnostics.sittings.standing import GIVES_ANSWER

LONGEST_REASON = 500
SCORE, LATE = "findings.score", "late"


def decide_late(
    sitting_id: str, *, choice: LateChoice, reason: str, seen: int, actor_id: str | None
) -> LateDecision:
    """Decide about the `seen` late events of a sitting that wait; accepted ones are scored at once.

    Accepted events are appended to the answers in the order of their arrival. A newer answer from another
    device stays. A work that was never sent is sent as it then stands, unless its time was prolonged and the
    person can go on. The receipt keeps its number; its check sum is that of the answers that now count.

    Raises
    ------
    LateDecided
        `late_decided`: nothing waits any more; `late_more_came`: more arrived than the decider saw;
        `late_impossible`: consent was withdrawn.
    FieldRefused
        `late_reason_empty`, `late_reason_too_long`.
    """
    clean = _reason(reason)
    sitting = _locked(sitting_id)
    seat = seats.seat(sitting.seat_id)
    waiting = _waiting(sitting, seen)
    sends = choice is LateChoice.ACCEPTED and is_sent_by_accepting(sitting, seat, clock.now())
    decision = LateDecision(
        sitting_id=sitting_id,
        choice=choice,
        reason=clean,
        answers=len(items_of(waiting)),
        sent=sends,
        hash_before=sitting.answers_hash,
        decided_by=actor_id,
        decided_at=clock.now(),
    )
    session.add(decision)
    for one in waiting:
        one.decision, one.decided_by, one.decided_at = choice.value, actor_id, decision.decided_at
    session.flush()
    if choice is LateChoice.ACCEPTED:
        _take_in(sitting, seat, waiting, sends=sends)
    if seat.privacy is not Privacy.ANONYMOUS:  # who has no name is decided about by group, and told of so
        audit.record(
            f"late.{choice.value}",
            actor_id=actor_id,
            kind="sitting",
            object_id=sitting_id,
            before=decision.hash_before,
            after=sitting.answers_hash,
            note=str(len(waiting)),
        )
    return decision


def _reason(reason: str) -> str:
    clean = " ".join(reason.split())
    if not clean:
        raise FieldRefused("late_reason_empty", field="reason")
    if len(clean) > LONGEST_REASON:
        raise FieldRefused("late_reason_too_long", field="reason", maximum=LONGEST_REASON)
    return clean


def _locked(sitting_id: str) -> Sitting:
    """Held to the end of the transaction: of two who decide at once the second finds nothing waiting."""
    query = sa.select(Sitting).where(Sitting.id == sitting_id).with_for_update()
    found = session.scalars(query.execution_options(populate_existing=True)).first()
    if found is None:
        raise Missing
    if found.state not in (SittingState.OPEN, SittingState.SUBMITTED):
        raise LateDecided("late_impossible")
    return found


def _waiting(sitting: Sitting, seen: int) -> Sequence[LateEvent]:
    found = session.scalars(
        sa.select(LateEvent)
        .where(LateEvent.sitting_id == sitting.id, LateEvent.decision.is_(None))
        .order_by(LateEvent.at, LateEvent.client, LateEvent.seq)
        .execution_options(populate_existing=True)
    ).all()
    if not found:
        raise LateDecided("late_decided")
    if len(found) != seen:
        raise LateDecided("late_more_came")
    return found


def _take_in(sitting: Sitting, seat: SeatFacts, late: Sequence[LateEvent], *, sends: bool) -> None:
    _append(sitting, late)
    standing = standing_of(sitting.id)
    anonymous = seat.privacy is Privacy.ANONYMOUS
    if sends:
        send(sitting.id, seat.seat_id, standing, clock.now(), anonymous=anonymous, reason=LATE)
    elif sitting.state is SittingState.SUBMITTED:
        sitting.answers_hash = answers_hash(sitting.id, standing.answers)
        jobs.enqueue(SCORE, sitting.id, asker_id=None, parameters={"reason": LATE}, nameless=anonymous)
    session.flush()
    session.refresh(sitting)


def _append(sitting: Sitting, late: Sequence[LateEvent]) -> None:
    for one in late:
        event = event_of(one)
        sitting.last_position += 1
        session.add(
            AnswerEvent(
                sitting_id=sitting.id,
                position=sitting.last_position,
                kind=event.kind,
                item=event.item,
                value=event.value,
                client=one.client,
                seq=event.seq,
                base=event.base,
                body_hash=event.body_hash,
                rival=_rival(one, event) if event.kind in GIVES_ANSWER else None,
                at=one.at,
                client_at=event.client_at,
            )
        )
        session.flush()


def _rival(late: LateEvent, event: Event) -> int | None:
    asked = rival(
        sitting_id=late.sitting_id,
        item=event.item,
        base=event.base,
        client=late.client,
        seq=sa.literal(event.seq),
    )
    return session.scalar(asked)
