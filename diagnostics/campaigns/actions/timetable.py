"""Waves that keep their own dates: the system opens them on their first day and closes them after their last."""

from __future__ import annotations

from diagnostics import clock
from diagnostics.campaigns.actions.loading import campaign_row, locked_wave
from diagnostics.campaigns.actions.running import close_wave, open_wave, readiness
from diagnostics.campaigns.models import CampaignState, WaveState
from diagnostics.campaigns.windows import closes_itself_at
from diagnostics.config import Limits


def close_overdue(wave_id: str, limits: Limits) -> bool:
    """Close a wave whose deadline and grace are over, as the system; False when nothing is to be done any more.

    The row is locked before its dates are read: a wave that was prolonged a moment ago stays open.
    """
    wave = locked_wave(wave_id)
    if wave.state is not WaveState.OPEN or closes_itself_at(wave.closes_at, limits) > clock.now():
        return False
    if campaign_row(wave.campaign_id).state is not CampaignState.OPEN:
        return False
    close_wave(wave_id, None)
    return True


def open_due(wave_id: str) -> bool:
    """Open a later wave of a running diagnosis on its first day; False when it is not ready or not due.

    The first launch is never done for the organiser: it fixes who sees what and may fall on a day when the
    list of people is half typed.
    """
    wave = locked_wave(wave_id)
    if wave.state is not WaveState.PLANNED or wave.opens_at > clock.now():
        return False
    if campaign_row(wave.campaign_id).state is not CampaignState.OPEN or readiness(wave_id):
        return False
    open_wave(wave_id, None)
    return True
