"""Which waves are to be closed or opened by their dates."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa

from diagnostics import clock
from diagnostics.campaigns.models import Campaign, CampaignState, Wave, WaveState
from diagnostics.config import Limits
from diagnostics.database import session


def overdue(limits: Limits) -> list[str]:
    """Open waves of running diagnoses whose deadline and grace are over, the oldest first."""
    last = clock.now() - timedelta(hours=limits.wave_close_grace_hours)
    return _waves(WaveState.OPEN, Wave.closes_at <= last)


def to_open() -> list[str]:
    """Planned waves of running diagnoses whose first day has come and whose last has not passed."""
    now = clock.now()
    return _waves(WaveState.PLANNED, Wave.opens_at <= now, Wave.closes_at > now)


def _waves(state: WaveState, *conditions: sa.ColumnElement[bool]) -> list[str]:
    query = (
        sa.select(Wave.id)
        .join(Campaign, Campaign.id == Wave.campaign_id)
        .where(Wave.state == state, Campaign.state == CampaignState.OPEN, *conditions)
        .order_by(Wave.closes_at, Wave.id)
    )
    return list(session.scalars(query))
