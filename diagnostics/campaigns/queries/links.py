"""What a link session reaches: one seat, its person and diagnosis."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from diagnostics import clock, database
from diagnostics.campaigns.models import Seat, SeatToken, Wave
from diagnostics.database.prepared import Prepared


@dataclass(frozen=True, slots=True)
class LinkHolder:
    token_id: str
    seat_id: str
    person_id: str | None
    campaign_id: str
    confirmed: bool  # the surname was typed once


_HOLDER = Prepared(
    sa.select(SeatToken.id, Seat.id, Seat.respondent_id, Wave.campaign_id, SeatToken.confirmed_at)
    .join(Seat, Seat.id == SeatToken.seat_id)
    .join(Wave, Wave.id == Seat.wave_id)
    .where(
        SeatToken.id == sa.bindparam("token"),
        SeatToken.revoked_at.is_(None),
        SeatToken.expires_at > sa.bindparam("now"),
    )
)


def link_holder(token_id: str) -> LinkHolder | None:
    """The seat behind a living token; None when revoked or its window is over."""
    row = _HOLDER.first(database.connection(), {"token": token_id, "now": clock.now()})
    if row is None:
        return None
    return LinkHolder(row[0], row[1], row[2], row[3], row[4] is not None)
