"""Late answers of nameless respondents: by group only, for a decision about a whole group at once."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from diagnostics.campaigns.models import Seat
from diagnostics.database import session
from diagnostics.people.models import PersonalData
from diagnostics.sittings.late import items_of
from diagnostics.sittings.models import LateChoice, LateDecision, LateEvent, Sitting, SittingState
from diagnostics.sittings.queries.late import DECIDABLE, name_of


@dataclass(frozen=True, slots=True)
class Waiting:
    """One sitting whose late answers wait; for the action that decides, never for a page."""

    sitting_id: str
    group: str
    is_sent: bool
    seen: int  # events that a decision is about


@dataclass(frozen=True, slots=True)
class Decided:
    """What was decided about the late answers of one group. `people`: sittings that it was about."""

    group: str
    choice: LateChoice
    people: int
    reason: str
    decided_by: str  # a name
    decided_at: datetime


def waiting_in_wave(wave_id: str) -> tuple[Waiting, ...]:
    rows = session.execute(
        sa.select(LateEvent, Sitting.state, Seat.respondent_group)
        .join(Sitting, Sitting.id == LateEvent.sitting_id)
        .join(Seat, Seat.id == Sitting.seat_id)
        .where(Seat.wave_id == wave_id, LateEvent.decision.is_(None), Sitting.state.in_(DECIDABLE))
        .order_by(LateEvent.sitting_id)
    )
    events: dict[tuple[str, str, SittingState], list[LateEvent]] = defaultdict(list)
    for event, state, group in rows:
        events[event.sitting_id, group, state].append(event)
    return tuple(
        Waiting(sitting_id, group, state is SittingState.SUBMITTED, len(late))
        for (sitting_id, group, state), late in events.items()
        if items_of(late)
    )


def decided_in_wave(wave_id: str) -> tuple[Decided, ...]:
    rows = session.execute(
        sa.select(LateDecision, Seat.respondent_group, PersonalData)
        .join(Sitting, Sitting.id == LateDecision.sitting_id)
        .join(Seat, Seat.id == Sitting.seat_id)
        .outerjoin(PersonalData, PersonalData.person_id == LateDecision.decided_by)
        .where(Seat.wave_id == wave_id)
        .order_by(Seat.respondent_group)
    ).all()
    people: dict[str, int] = defaultdict(int)
    for _one, group, _by in rows:
        people[group] += 1
    last = {group: (one, by) for one, group, by in rows}
    return tuple(
        Decided(group, one.choice, people[group], one.reason, name_of(by), one.decided_at)
        for group, (one, by) in last.items()
    )


def taken_in(wave_id: str) -> list[str]:
    """Sittings whose late answers were accepted: their findings must be made of the answers that now count."""
    query = (
        sa.select(Sitting.id)
        .join(Seat, Seat.id == Sitting.seat_id)
        .join(LateDecision, LateDecision.sitting_id == Sitting.id)
        .where(
            Seat.wave_id == wave_id,
            Sitting.state == SittingState.SUBMITTED,
            LateDecision.choice == LateChoice.ACCEPTED,
        )
        .distinct()
        .order_by(Sitting.id)
    )
    return list(session.scalars(query))
