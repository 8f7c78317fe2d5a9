"""What invited people ask of the organiser: to be left out, to get more days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from diagnostics import clock, database
from diagnostics.campaigns.models import Seat, SeatState, Wave, WaveState
from diagnostics.campaigns.windows import ORDER
from diagnostics.database import session
from diagnostics.database.prepared import Prepared
from diagnostics.errors import Missing
from diagnostics.people.models import PersonalData

UNFINISHED = (SeatState.EXPECTED, SeatState.STARTED)
#: A week more: what one click of the organiser gives.
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class RequestView:
    """What one person asked for, and whether asking still makes sense."""

    seat_id: str
    declined_at: datetime | None
    asked_at: datetime | None
    answered_at: datetime | None
    state: SeatState
    wave_state: WaveState
    closes_at: datetime
    zone: str

    @property
    def may_ask(self) -> bool:
        """Unfinished, in a wave that runs; once asked, only after an answer."""
        is_waiting = self.asked_at is not None and self.answered_at is None
        return self.state in UNFINISHED and self.wave_state is WaveState.OPEN and not is_waiting


@dataclass(frozen=True, slots=True)
class Asker:
    seat_id: str
    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Requests:
    """Of one wave, by name. `until`: the day that one click offers; None where the next wave leaves no room."""

    askers: tuple[Asker, ...]
    declined: tuple[Asker, ...]
    until: date | None


_REQUEST: tuple[Any, ...] = (
    Seat.id,
    Seat.declined_at,
    Seat.extension_asked_at,
    Seat.extension_answered_at,
    Seat.state,
    Wave.state,
    Wave.closes_at,
    Wave.zone,
)


_ASKED = Prepared(
    sa.select(*_REQUEST).join(Wave, Wave.id == Seat.wave_id).where(Seat.id == sa.bindparam("seat"))
)


def request_of(seat_id: str) -> RequestView:
    row = _ASKED.first(database.written(), {"seat": seat_id})
    if row is None:
        raise Missing
    return RequestView(*row)


def requests(wave_id: str) -> Requests:
    """Those who have not finished and asked or declined."""
    wave = session.get(Wave, wave_id)
    if wave is None:
        raise Missing
    asked = sa.and_(Seat.extension_asked_at.is_not(None), Seat.extension_answered_at.is_(None))
    return Requests(
        askers=_people(wave_id, Seat.extension_asked_at, asked),
        declined=_people(wave_id, Seat.declined_at, Seat.declined_at.is_not(None)),
        until=_a_week_more(wave),
    )


def _people(
    wave_id: str, moment: sa.SQLColumnExpression[datetime | None], condition: sa.ColumnElement[bool]
) -> tuple[Asker, ...]:
    rows = session.execute(
        sa.select(Seat.id, PersonalData.surname, PersonalData.given_name, PersonalData.patronymic, moment)
        .join(PersonalData, PersonalData.person_id == Seat.respondent_id)
        .where(Seat.wave_id == wave_id, Seat.state.in_(UNFINISHED), condition)
        .order_by(PersonalData.sort_name, Seat.id)
    )
    return tuple(
        Asker(seat_id, " ".join(filter(None, names)), at) for seat_id, *names, at in rows if at is not None
    )


def _a_week_more(wave: Wave) -> date | None:
    """A week after the deadline or after today, whichever is later, but before the next wave begins."""
    today, last = (clock.local(one, wave.zone).date() for one in (clock.now(), wave.closes_at))
    wanted = max(today, last) + WEEK
    begins = [
        clock.local(other.opens_at, wave.zone).date()
        for other in session.scalars(sa.select(Wave).where(Wave.campaign_id == wave.campaign_id))
        if ORDER.index(other.kind) > ORDER.index(wave.kind)
    ]
    found = min([wanted, *(day - timedelta(days=1) for day in begins)])
    return found if found > last and found >= today else None
