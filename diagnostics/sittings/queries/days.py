"""How many answers were sent on which day: returns by time, without a time."""

from __future__ import annotations

from collections import Counter
from datetime import date

import sqlalchemy as sa

from diagnostics import clock
from diagnostics.campaigns.models import Seat
from diagnostics.database import session
from diagnostics.sittings.models import Sitting, SittingState


def sent_by_day(wave_id: str, zone: str) -> dict[date, int]:
    """Day in the zone → sittings of the wave that were sent on it."""
    rows = session.execute(
        sa.select(Sitting.submitted_at, sa.func.count())
        .join(Seat, Seat.id == Sitting.seat_id)
        .where(Seat.wave_id == wave_id, Sitting.state == SittingState.SUBMITTED)
        .group_by(Sitting.submitted_at)
    )
    found: Counter[date] = Counter()
    for at, number in rows:
        if at is not None:
            found[clock.local(at, zone).date()] += number
    return dict(found)
