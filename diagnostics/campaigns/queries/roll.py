"""The people of a wave by name: for the organiser's table, for cards and letters."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from diagnostics.campaigns.models import Assignment, Seat, SeatState
from diagnostics.database import session
from diagnostics.people.models import OrgNode, PersonalData


@dataclass(frozen=True, slots=True)
class Participant:
    """One seat with its person. `school_code` empty: no paper code is possible."""

    seat_id: str
    person_id: str
    surname: str
    given_name: str
    patronymic: str
    email: str | None
    school_id: str | None
    school: str
    school_code: str
    municipality: str
    position: str
    subject: str
    form: str
    state: SeatState
    extra_time: float
    extra_reason: str
    invited_at: datetime | None
    reminders: int
    declined_at: datetime | None
    decline_reason: str

    @property
    def full_name(self) -> str:
        return " ".join(filter(None, (self.surname, self.given_name, self.patronymic)))

    @property
    def address_name(self) -> str:
        """How a letter begins: first name and patronymic, else first name and surname."""
        return f"{self.given_name} {self.patronymic or self.surname}"

    @property
    def unfinished(self) -> bool:
        return self.state in {SeatState.EXPECTED, SeatState.STARTED}


def participants(wave_id: str, *, withdrawn: bool = False) -> list[Participant]:
    """Everybody in a wave by municipality, school and name; those taken out only when asked for."""
    conditions = [Seat.wave_id == wave_id]
    if not withdrawn:
        conditions.append(Seat.state != SeatState.WITHDRAWN)
    return _participants(*conditions)


def participant(seat_id: str) -> Participant | None:
    return next(iter(_participants(Seat.id == seat_id)), None)


def _participants(*conditions: sa.ColumnElement[bool]) -> list[Participant]:
    school, municipality = aliased(OrgNode), aliased(OrgNode)
    rows = session.execute(
        sa.select(Seat, PersonalData, school, municipality.short_name, Assignment.form)
        .join(PersonalData, PersonalData.person_id == Seat.respondent_id)
        .join(Assignment, Assignment.id == Seat.assignment_id)
        .outerjoin(school, school.id == Seat.school_id)
        .outerjoin(municipality, municipality.id == Seat.municipality_id)
        .where(*conditions)
        .order_by(municipality.short_name, school.short_name, PersonalData.sort_name, Seat.id)
    )
    return [_participant(row[0], row[1], row[2], row[3], row[4]) for row in rows]


def _participant(
    seat: Seat, data: PersonalData, school: OrgNode | None, municipality: str | None, form: str
) -> Participant:
    return Participant(
        seat_id=seat.id,
        person_id=data.person_id,
        surname=data.surname,
        given_name=data.given_name,
        patronymic=data.patronymic,
        email=data.email,
        school_id=seat.school_id,
        school=school.short_name if school else "",
        school_code=(school.code or "") if school else "",
        municipality=municipality or "",
        position=seat.position,
        subject=seat.subject_taught,
        form=form,
        state=seat.state,
        extra_time=seat.extra_time,
        extra_reason=seat.extra_reason,
        invited_at=seat.invited_at,
        reminders=seat.reminders,
        declined_at=seat.declined_at,
        decline_reason=seat.decline_reason,
    )
