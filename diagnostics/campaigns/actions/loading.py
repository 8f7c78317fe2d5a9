"""Rows by id for the actions of the stage; a missing one raises Missing."""

from __future__ import annotations

import sqlalchemy as sa

from diagnostics.campaigns.errors import MoveRefused
from diagnostics.campaigns.models import Campaign, CampaignState, Seat, Wave
from diagnostics.database import session
from diagnostics.errors import Missing

LIVING = (CampaignState.DRAFT, CampaignState.OPEN)


def campaign_row(campaign_id: str) -> Campaign:
    found = session.get(Campaign, campaign_id)
    if found is None:
        raise Missing
    return found


def living_campaign(campaign_id: str) -> Campaign:
    """A diagnosis that is not over; MoveRefused for a closed or withdrawn one."""
    found = campaign_row(campaign_id)
    if found.state not in LIVING:
        raise MoveRefused("campaign_over")
    return found


def wave_row(wave_id: str) -> Wave:
    found = session.get(Wave, wave_id)
    if found is None:
        raise Missing
    return found


def locked_wave(wave_id: str) -> Wave:
    """The wave as it stands now, held to the end of the transaction: its dates decide what happens to it."""
    query = sa.select(Wave).where(Wave.id == wave_id).with_for_update()
    found = session.scalars(query.execution_options(populate_existing=True)).first()
    if found is None:
        raise Missing
    return found


def seat_row(seat_id: str) -> Seat:
    found = session.get(Seat, seat_id)
    if found is None:
        raise Missing
    return found


def waves_of(campaign_id: str) -> list[Wave]:
    query = sa.select(Wave).where(Wave.campaign_id == campaign_id).order_by(Wave.opens_at)
    return list(session.scalars(query))
