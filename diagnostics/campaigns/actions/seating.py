"""Who is asked: seats of people in waves, with the place of work frozen and a form dealt to each."""

from __future__ import annotations

import secrets
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from diagnostics import clock
from diagnostics.audit import actions as audit
from diagnostics.campaigns.actions.loading import living_campaign, wave_row, waves_of
from diagnostics.campaigns.errors import CampaignError, MoveRefused
from diagnostics.campaigns.models import Assignment, Privacy, Seat, Wave, WaveState
from diagnostics.campaigns.places import Standing, standings
from diagnostics.database import session
from diagnostics.people.models import Person, PersonState


@dataclass(frozen=True, slots=True)
class Seated:
    """Person → seat of everyone asked for; `added` counts the seats that are new."""

    seats: dict[str, str]
    added: int


def seat_people(
    wave_id: str, person_ids: Iterable[str], actor_id: str | None, respondent_group: str = "teacher"
) -> Seated:
    """Seats for people in a wave that is not closed; who has one keeps it.

    With several forms in the wave each person gets one at random, evenly, and never the form of the
    person's other wave while another is left.
    """
    wave = wave_row(wave_id)
    _refuse_closed(wave)
    assignments = _assignments(wave_id, respondent_group)
    wanted = _known(person_ids)
    seats = _standing_seats(wave_id, respondent_group)
    fresh = [person_id for person_id in wanted if person_id not in seats]
    places = standings(fresh, frozen_on(wave))
    deal = _Deal.of(wave, assignments)
    for person_id in fresh:
        seat = _seat(wave, deal.next_for(person_id), person_id, places.get(person_id, Standing()))
        session.add(seat)
        seats[person_id] = seat.id
    session.flush()
    if fresh:
        audit.record("wave.seat", actor_id=actor_id, kind="wave", object_id=wave_id, after=fresh)
    return Seated({person_id: seats[person_id] for person_id in wanted}, len(fresh))


def seat_audience(campaign_id: str, person_ids: Iterable[str], actor_id: str | None) -> int:
    """The same people in every wave that is not closed; returns how many are new in the first of them."""
    people = list(person_ids)
    living = [wave for wave in waves_of(campaign_id) if wave.state is not WaveState.CLOSED]
    if not living:
        raise CampaignError("no_wave")
    added = [seat_people(wave.id, people, actor_id).added for wave in living]
    return added[0]


def freeze_places(wave: Wave) -> None:
    """Read the places of work of all seats anew: the wave begins."""
    seats = [
        seat
        for seat in session.scalars(sa.select(Seat).where(Seat.wave_id == wave.id))
        if seat.respondent_id is not None
    ]
    places = standings([seat.respondent_id for seat in seats if seat.respondent_id], frozen_on(wave))
    for seat in seats:
        place = places.get(seat.respondent_id or "", Standing())
        seat.school_id, seat.municipality_id = place.school_id, place.municipality_id
        seat.position, seat.subject_taught = place.position, place.subject
    session.flush()


def frozen_on(wave: Wave) -> date:
    """The day whose memberships count: the first day of the wave, or today for those who join later."""
    return clock.local(max(wave.opens_at, clock.now()), wave.zone).date()


@dataclass(slots=True)
class _Deal:
    """Gives out forms: not one the person met before, then the least given, then by lot."""

    assignments: Sequence[Assignment]
    loads: Counter[str]
    had: dict[str, set[str]]

    @classmethod
    def of(cls, wave: Wave, assignments: Sequence[Assignment]) -> _Deal:
        if len(assignments) == 1:
            return cls(assignments, Counter(), {})
        rows = session.execute(
            sa.select(Seat.assignment_id, Seat.respondent_id, Assignment.form, Seat.wave_id)
            .join(Assignment, Assignment.id == Seat.assignment_id)
            .join(Wave, Wave.id == Seat.wave_id)
            .where(Wave.campaign_id == wave.campaign_id)
        )
        loads: Counter[str] = Counter()
        had: dict[str, set[str]] = defaultdict(set)
        for assignment_id, person_id, form, wave_id in rows:
            loads[assignment_id] += 1
            if wave_id != wave.id and person_id is not None:
                had[person_id].add(form)
        return cls(assignments, loads, had)

    def next_for(self, person_id: str) -> Assignment:
        met = self.had.get(person_id, set())
        fresh = [one for one in self.assignments if one.form not in met] or list(self.assignments)
        least = min(self.loads[one.id] for one in fresh)
        chosen = secrets.choice([one for one in fresh if self.loads[one.id] == least])
        self.loads[chosen.id] += 1
        return chosen


def _refuse_closed(wave: Wave) -> None:
    campaign = living_campaign(wave.campaign_id)
    if campaign.privacy is Privacy.ANONYMOUS:
        raise CampaignError("anonymous_has_no_persons")
    if wave.state is WaveState.CLOSED:
        raise MoveRefused("wave_closed")


def _assignments(wave_id: str, respondent_group: str) -> Sequence[Assignment]:
    found = session.scalars(
        sa.select(Assignment)
        .where(Assignment.wave_id == wave_id, Assignment.respondent_group == respondent_group)
        .order_by(Assignment.form)
    ).all()
    if not found:
        raise CampaignError("no_assignment")
    return found


def _known(person_ids: Iterable[str]) -> list[str]:
    """The ids without repeats, in order; a stranger or an erased person among them is refused."""
    wanted = list(dict.fromkeys(person_ids))
    known = set(
        session.scalars(sa.select(Person.id).where(Person.id.in_(wanted), Person.state == PersonState.ACTIVE))
    )
    if len(known) != len(wanted):
        raise CampaignError("person_unknown")
    return wanted


def _standing_seats(wave_id: str, respondent_group: str) -> dict[str, str]:
    rows = session.execute(
        sa.select(Seat.respondent_id, Seat.id).where(
            Seat.wave_id == wave_id, Seat.respondent_group == respondent_group
        )
    )
    return {person_id: seat_id for person_id, seat_id in rows if person_id is not None}


def _seat(wave: Wave, assignment: Assignment, person_id: str, place: Standing) -> Seat:
    return Seat(
        wave_id=wave.id,
        assignment_id=assignment.id,
        respondent_group=assignment.respondent_group,
        subject_id=person_id,
        respondent_id=person_id,
        school_id=place.school_id,
        municipality_id=place.municipality_id,
        position=place.position,
        subject_taught=place.subject,
        created_at=clock.now(),
    )
