"""What a person is told before beginning: who invites, to what, until when."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from diagnostics import database
from diagnostics.campaigns.models import Campaign, Seat, Wave
from diagnostics.campaigns.queries import seats
from diagnostics.campaigns.queries.seats import SeatFacts
from diagnostics.database.prepared import Prepared
from diagnostics.errors import Missing
from diagnostics.people.models import OrgNode, PersonalData

_OWNER, _TUTOR, _ME = aliased(PersonalData), aliased(PersonalData), aliased(PersonalData)

_TOLD = Prepared(
    sa.select(
        _OWNER.surname,
        _OWNER.given_name,
        _OWNER.patronymic,
        _TUTOR.surname,
        _TUTOR.given_name,
        _TUTOR.patronymic,
        _ME.surname,
        _ME.given_name,
        OrgNode.short_name,
    )
    .select_from(Seat)
    .join(Wave, Wave.id == Seat.wave_id)
    .join(Campaign, Campaign.id == Wave.campaign_id)
    .outerjoin(_OWNER, _OWNER.person_id == Campaign.owner_id)
    .outerjoin(_TUTOR, _TUTOR.person_id == Campaign.tutor_id)
    .outerjoin(_ME, _ME.person_id == Seat.respondent_id)
    .outerjoin(OrgNode, OrgNode.id == Seat.school_id)
    .where(Seat.id == sa.bindparam("seat"))
)


@dataclass(frozen=True, slots=True)
class Invitation:
    seat: SeatFacts
    inviter: str  # «Белова Мария Игоревна»
    tutor: str | None
    addressee: str | None  # «Анна С.»: enough to recognise oneself; None when nobody is named
    school: str | None


def invitation(seat_id: str) -> Invitation:
    """Two statements; Missing for an unknown seat."""
    row = _TOLD.first(database.written(), {"seat": seat_id})
    if row is None:
        raise Missing
    owner, tutor, (surname, given_name), school = row[:3], row[3:6], row[6:8], row[8]
    return Invitation(
        seat=seats.seat(seat_id),
        inviter=_full_name(owner) or "",
        tutor=_full_name(tutor),
        addressee=None if surname is None else f"{given_name} {surname[:1]}.",
        school=school,
    )


def _full_name(names: tuple[str | None, ...]) -> str | None:
    """None where nobody stands behind the names."""
    return None if names[0] is None else " ".join(part for part in names if part)
