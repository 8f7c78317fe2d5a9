"""What a link session reaches: one seat, its person and diagnosis."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from diagnostics import clock
from diagnostics.campaigns.models import Seat, SeatToken, Wave
from diagnostics.database import session


@dataclass(frozen=True, slots=True)
class LinkHolder:
    token_id: str
    seat_id: str
    person_id: str | None
    campaign_id: str
    confirmed: bool  # the surname was typed once


def link_holder(token_id: str) -> LinkHolder | None:
    """The seat behind a living token; None when revoked or its window is over."""
    row = session.execute(
        sa.select(SeatToken.id, Seat.id, Seat.respondent_id, Wave.campaign_id, SeatToken.confirmed_at)
        .join(Seat, Seat.id == SeatToken.seat_id)
        .join(Wave, Wave.id == Seat.wave_id)
        .where(SeatToken.id == token_id, SeatToken.revoked_at.is_(None), SeatToken.expires_at > clock.now())
    ).first()
    if row is None:
        return None
    return LinkHolder(row[0], row[1], row[2], row[3], row[4] is not None)
