"""What a person is told before beginning: who invites, to what, until when."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from diagnostics.campaigns.models import Campaign, Seat, Wave
from diagnostics.campaigns.queries import seats
from diagnostics.campaigns.queries.seats import SeatFacts
from diagnostics.database import session
from diagnostics.errors import Missing
from diagnostics.people.models import OrgNode, PersonalData

_OWNER, _TUTOR, _ME = aliased(PersonalData), aliased(PersonalData), aliased(PersonalData)


@dataclass(frozen=True, slots=True)
class Invitation:
    seat: SeatFacts
    inviter: str  # «Белова Мария Игоревна»
    tutor: str | None
    addressee: str | None  # «Анна С.»: enough to recognise oneself; None when nobody is named
    school: str | None


def invitation(seat_id: str) -> Invitation:
    """Two statements; Missing for an unknown seat."""
    row = session.execute(
        sa.select(_OWNER, _TUTOR, _ME, OrgNode.short_name)
        .select_from(Seat)
        .join(Wave, Wave.id == Seat.wave_id)
        .join(Campaign, Campaign.id == Wave.campaign_id)
        .outerjoin(_OWNER, _OWNER.person_id == Campaign.owner_id)
        .outerjoin(_TUTOR, _TUTOR.person_id == Campaign.tutor_id)
        .outerjoin(_ME, _ME.person_id == Seat.respondent_id)
        .outerjoin(OrgNode, OrgNode.id == Seat.school_id)
        .where(Seat.id == seat_id)
    ).first()
    if row is None:
        raise Missing
    owner, tutor, me, school = row
    return Invitation(
        seat=seats.seat(seat_id),
        inviter=_full_name(owner) or "",
        tutor=_full_name(tutor),
        addressee=f"{me.given_name} {me.surname[:1]}." if me is not None else None,
        school=school,
    )


def _full_name(data: PersonalData | None) -> str | None:
    if data is None:
        return None
    return " ".join(part for part in (data.surname, data.given_name, data.patronymic) if part)
