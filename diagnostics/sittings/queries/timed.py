"""Works whose minutes are over and that nobody sent."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa

from diagnostics import clock
from diagnostics.campaigns.models import Privacy
from diagnostics.campaigns.queries import seats
from diagnostics.catalogue import queries as catalogue
from diagnostics.config import Limits
from diagnostics.database import session
from diagnostics.sittings import timing
from diagnostics.sittings.models import Sitting, SittingState


def over(limits: Limits) -> list[str]:
    """Open sittings past their own minutes and the grace for what is on its way, the oldest first."""
    used = session.scalars(
        sa.select(Sitting.instrument_id).where(Sitting.state == SittingState.OPEN).distinct()
    )
    timed = [one for one in used if catalogue.instrument(one).time_limit is not None]
    begun = session.scalars(
        sa.select(Sitting)
        .where(Sitting.state == SittingState.OPEN, Sitting.instrument_id.in_(timed))
        .order_by(Sitting.started_at, Sitting.id)
    )
    return [sitting.id for sitting in begun if _is_over(sitting, limits)] if timed else []


def _is_over(sitting: Sitting, limits: Limits) -> bool:
    seat = seats.seat(sitting.seat_id)
    if seat.privacy is Privacy.ANONYMOUS:
        return False
    grace = timedelta(seconds=limits.late_grace_seconds)
    return clock.now() > timing.ends_at(timing.Work.of(sitting, seat)) + grace
