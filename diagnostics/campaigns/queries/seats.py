"""What the stages that answer and score need to know of one seat."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from diagnostics import database
from diagnostics.campaigns.models import (
    Assignment,
    Campaign,
    CampaignPurpose,
    Privacy,
    Seat,
    SeatState,
    Wave,
    WaveKind,
    WaveState,
)
from diagnostics.database import Json, session
from diagnostics.database.prepared import Prepared
from diagnostics.errors import Missing


@dataclass(frozen=True, slots=True)
class SeatFacts:
    seat_id: str
    state: SeatState
    wave_id: str
    wave_kind: WaveKind
    wave_state: WaveState
    opens_at: datetime
    closes_at: datetime
    zone: str
    campaign_id: str
    campaign_title: str
    privacy: Privacy
    visibility: Json
    instrument_id: str | None
    scoring_id: str | None
    form: str
    respondent_id: str | None
    school_id: str | None
    extra_time: float
    purpose: CampaignPurpose
    respondent_group: str
    circle_id: str | None  # of an anonymous respondent
    paused_at: datetime | None
    pause_reason: str
    clarify_most: int  # clarifying tasks that may follow here, 0 = none
    watch: bool


_COLUMNS = (
    Seat.id,
    Seat.state,
    Wave.id,
    Wave.kind,
    Wave.state,
    Wave.opens_at,
    Wave.closes_at,
    Wave.zone,
    Campaign.id,
    Campaign.title,
    Campaign.privacy,
    Campaign.visibility,
    Assignment.instrument_id,
    Assignment.scoring_id,
    Assignment.form,
    Seat.respondent_id,
    Seat.school_id,
    sa.type_coerce(Seat.extra_time, sa.types.NullType()),  # a float of both drivers as it is
    Campaign.purpose,
    Seat.respondent_group,
    Seat.circle_id,
    Wave.paused_at,
    Wave.pause_reason,
    sa.case((Wave.clarify_id.is_not(None), Campaign.clarify_most), else_=0),
    Campaign.watch,
)


def _select() -> Any:
    return (
        sa.select(*_COLUMNS)
        .select_from(Seat)
        .join(Wave, Wave.id == Seat.wave_id)
        .join(Campaign, Campaign.id == Wave.campaign_id)
        .join(Assignment, Assignment.id == Seat.assignment_id)
    )


_SEAT = Prepared(_select().where(Seat.id == sa.bindparam("seat")))


def seat(seat_id: str) -> SeatFacts:
    """One statement; Missing for an unknown id."""
    found = _SEAT.first(database.written(), {"seat": seat_id})
    if found is None:
        raise Missing
    return SeatFacts(*found)


def seats_of_wave(wave_id: str) -> list[SeatFacts]:
    """All seats of a wave that were not withdrawn."""
    return _seats(Seat.wave_id == wave_id, Seat.state != SeatState.WITHDRAWN)


def seats_of_person(person_id: str) -> list[SeatFacts]:
    """Everything one person was asked, in the order of the deadlines."""
    return _seats(Seat.respondent_id == person_id, Seat.state != SeatState.WITHDRAWN)


def _seats(*conditions: sa.ColumnElement[bool]) -> list[SeatFacts]:
    rows = session.execute(_select().where(*conditions).order_by(Wave.closes_at, Seat.id))
    return [SeatFacts(*tuple(row)) for row in rows]
