"""Late answers by person: what waits for a decision, and what was decided."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from diagnostics import clock, database
from diagnostics.campaigns.models import Seat, Wave, WaveKind
from diagnostics.campaigns.queries import seats
from diagnostics.database import session
from diagnostics.database.prepared import Prepared
from diagnostics.people.models import OrgNode, PersonalData
from diagnostics.sittings.late import end_of, event_of, is_sent_by_accepting, items_of
from diagnostics.sittings.models import LateChoice, LateDecision, LateEvent, Sitting, SittingState
from diagnostics.sittings.queries.sittings import standing_of
from diagnostics.sittings.standing import GIVES_ANSWER

DECIDABLE = (SittingState.OPEN, SittingState.SUBMITTED)


@dataclass(frozen=True, slots=True)
class LateWork:
    """The late answers of one sitting that wait. `name` and `school` are empty where nobody is named."""

    sitting_id: str
    name: str
    school: str
    wave_kind: WaveKind
    closes_at: datetime
    zone: str
    answers: int  # items
    changed: int  # of them those whose standing answer is another one or none
    standing: int  # answers that stand without them
    typed_first: datetime | None  # by the clock of the device; None where it told none
    typed_last: datetime | None
    arrived_at: datetime
    after_submit: bool
    after_deadline: bool
    is_sent: bool
    will_be_sent: bool  # by accepting
    seen: int  # events that a decision is about

    @property
    def typed_in_time(self) -> bool | None:
        return None if self.typed_last is None else self.typed_last <= self.closes_at


@dataclass(frozen=True, slots=True)
class DecisionView:
    sitting_id: str
    name: str
    choice: LateChoice
    reason: str
    answers: int
    sent: bool
    decided_by: str  # a name
    decided_at: datetime
    zone: str


_ANY_LATE = Prepared(
    sa.select(LateEvent.id)
    .where(LateEvent.sitting_id == sa.bindparam("sitting"), LateEvent.decision.is_(None))
    .limit(1)
)
_ANY_DECISION = Prepared(
    sa.select(LateDecision.id).where(LateDecision.sitting_id == sa.bindparam("sitting")).limit(1)
)


def waiting_of(sitting_id: str) -> LateWork | None:
    """The late answers of one sitting that wait; None when nothing does, which is asked cheaply first."""
    if _ANY_LATE.first(database.written(), {"sitting": sitting_id}) is None:
        return None
    return next(iter(_works(Sitting.id == sitting_id)), None)


def waiting_in(campaign_id: str) -> list[LateWork]:
    """All that waits in a diagnosis, by name."""
    return _works(Wave.campaign_id == campaign_id)


def waiting_counts(campaign_ids: Collection[str]) -> dict[str, int]:
    """Diagnosis → how many people's late answers wait; those without any are absent."""
    rows = session.execute(
        sa.select(Wave.campaign_id, LateEvent.sitting_id, LateEvent.body)
        .join(Sitting, Sitting.id == LateEvent.sitting_id)
        .join(Seat, Seat.id == Sitting.seat_id)
        .join(Wave, Wave.id == Seat.wave_id)
        .where(Wave.campaign_id.in_(campaign_ids), LateEvent.decision.is_(None), Sitting.state.in_(DECIDABLE))
    )
    found: dict[str, set[str]] = defaultdict(set)
    for campaign_id, sitting_id, body in rows:
        if body["kind"] in GIVES_ANSWER:
            found[campaign_id].add(sitting_id)
    return {campaign_id: len(sittings) for campaign_id, sittings in found.items()}


def decisions_of(sitting_id: str) -> list[DecisionView]:
    """What was decided about one sitting, in order."""
    if _ANY_DECISION.first(database.written(), {"sitting": sitting_id}) is None:
        return []
    return _decisions(LateDecision.sitting_id == sitting_id)


def decisions_in(campaign_id: str) -> list[DecisionView]:
    return _decisions(Wave.campaign_id == campaign_id)


def _works(condition: sa.ColumnElement[bool]) -> list[LateWork]:
    rows = session.execute(
        sa.select(LateEvent, Sitting, PersonalData, OrgNode.short_name)
        .join(Sitting, Sitting.id == LateEvent.sitting_id)
        .join(Seat, Seat.id == Sitting.seat_id)
        .join(Wave, Wave.id == Seat.wave_id)
        .outerjoin(PersonalData, PersonalData.person_id == Seat.respondent_id)
        .outerjoin(OrgNode, OrgNode.id == Seat.school_id)
        .where(condition, LateEvent.decision.is_(None), Sitting.state.in_(DECIDABLE))
        .order_by(PersonalData.sort_name, Sitting.id, LateEvent.at, LateEvent.seq)
    )
    events: dict[str, list[LateEvent]] = defaultdict(list)
    about: dict[str, tuple[Sitting, str, str]] = {}
    for event, sitting, data, school in rows:
        events[sitting.id].append(event)
        about[sitting.id] = (sitting, name_of(data), school or "")
    return [_work(*about[one], late) for one, late in events.items() if items_of(late)]


def _work(sitting: Sitting, name: str, school: str, late: Sequence[LateEvent]) -> LateWork:
    seat = seats.seat(sitting.seat_id)
    answers = standing_of(sitting.id).answers
    latest = {event.item: event.value for one in late if (event := event_of(one)).kind in GIVES_ANSWER}
    typed = sorted(moment for one in late if (moment := event_of(one).client_at))
    reasons, end = {one.reason for one in late}, end_of(sitting, seat)
    return LateWork(
        sitting_id=sitting.id,
        name=name,
        school=school,
        wave_kind=seat.wave_kind,
        closes_at=end,
        zone=seat.zone,
        answers=len(latest),
        changed=sum(answers.get(item) != value for item, value in latest.items()),
        standing=len(answers),
        typed_first=typed[0] if typed else None,
        typed_last=typed[-1] if typed else None,
        arrived_at=max(one.at for one in late),
        after_submit="after_submit" in reasons,
        after_deadline=_came_after_deadline(late, end),
        is_sent=sitting.state is SittingState.SUBMITTED,
        will_be_sent=is_sent_by_accepting(sitting, seat, clock.now()),
        seen=len(late),
    )


def _came_after_deadline(late: Iterable[LateEvent], end: datetime) -> bool:
    return any(one.at > end or one.reason == "after_deadline" for one in late)


def _decisions(condition: sa.ColumnElement[bool]) -> list[DecisionView]:
    decider = aliased(PersonalData)
    rows = session.execute(
        sa.select(LateDecision, PersonalData, decider, Wave.zone)
        .join(Sitting, Sitting.id == LateDecision.sitting_id)
        .join(Seat, Seat.id == Sitting.seat_id)
        .join(Wave, Wave.id == Seat.wave_id)
        .outerjoin(PersonalData, PersonalData.person_id == Seat.respondent_id)
        .outerjoin(decider, decider.person_id == LateDecision.decided_by)
        .where(condition)
        .order_by(LateDecision.decided_at, LateDecision.id)
    )
    return [
        DecisionView(
            sitting_id=one.sitting_id,
            name=name_of(data),
            choice=one.choice,
            reason=one.reason,
            answers=one.answers,
            sent=one.sent,
            decided_by=name_of(by),
            decided_at=one.decided_at,
            zone=zone,
        )
        for one, data, by, zone in rows
    ]


def name_of(data: PersonalData | None) -> str:
    if data is None:
        return ""
    return " ".join(part for part in (data.surname, data.given_name, data.patronymic) if part)
