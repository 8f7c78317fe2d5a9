"""Every version that a finding of a seat stands on, and whose it is: one statement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from diagnostics import database
from diagnostics.campaigns.models import Assignment, Campaign, Privacy, Seat, Wave, WaveState
from diagnostics.database import session
from diagnostics.database.prepared import Prepared
from diagnostics.errors import Missing
from diagnostics.findings.errors import FindingError


@dataclass(frozen=True, slots=True)
class Pins:
    """`instrument_id` and `scoring_id` None: block points from elsewhere; `calibration_id` None: weak prior."""

    seat_id: str
    person_id: str | None
    wave_id: str
    wave_state: WaveState
    calibration_id: str | None
    campaign_id: str
    privacy: Privacy
    framework_id: str
    method_id: str
    preset: str
    instrument_id: str | None
    scoring_id: str | None
    form: str
    clarify_id: str | None = None  # calibration by which blocks are concluded from and cleared up
    clarify_most: int = 0

    def documents(self) -> tuple[str, str]:
        """Instrument and scoring; FindingError `no_scoring` where only block points are known."""
        if self.instrument_id is None or self.scoring_id is None:
            raise FindingError("no_scoring")
        return self.instrument_id, self.scoring_id


_PINS = (
    sa.select(
        Seat.id,
        Seat.respondent_id,
        Wave.id,
        Wave.state,
        Wave.calibration_id,
        Campaign.id,
        Campaign.privacy,
        Campaign.framework_id,
        Campaign.method_id,
        Campaign.preset,
        Assignment.instrument_id,
        Assignment.scoring_id,
        Assignment.form,
        Wave.clarify_id,
        Campaign.clarify_most,
    )
    .select_from(Seat)
    .join(Wave, Wave.id == Seat.wave_id)
    .join(Campaign, Campaign.id == Wave.campaign_id)
    .join(Assignment, Assignment.id == Seat.assignment_id)
)

_OF_SEAT = Prepared(_PINS.where(Seat.id == sa.bindparam("seat")))


def of_seat(seat_id: str) -> Pins:
    row = _OF_SEAT.first(database.written(), {"seat": seat_id})
    if row is None:
        raise Missing
    return Pins(*row)


def of_wave(wave_id: str) -> dict[str, Pins]:
    """Seat → its pins, for all seats of a wave."""
    return _found(Seat.wave_id == wave_id)


def of_seats(seat_ids: Sequence[str]) -> dict[str, Pins]:
    """Seat → its pins, for a few hundred seats."""
    return _found(Seat.id.in_(seat_ids))


def _found(condition: sa.ColumnElement[bool]) -> dict[str, Pins]:
    rows = session.execute(_PINS.where(condition).order_by(Seat.id))
    return {row[0]: Pins(*tuple(row)) for row in rows}
