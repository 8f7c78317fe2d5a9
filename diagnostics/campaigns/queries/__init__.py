from __future__ import annotations

from diagnostics.campaigns.queries.attendance import SchoolTurnout, WaveTurnout, turnout, turnout_in
from diagnostics.campaigns.queries.overview import (
    AssignmentView,
    CampaignView,
    WaveView,
    campaign,
    campaigns,
    of_group,
    wave_of,
)

__all__ = [
    "AssignmentView",
    "CampaignView",
    "SchoolTurnout",
    "WaveTurnout",
    "WaveView",
    "campaign",
    "campaigns",
    "of_group",
    "turnout",
    "turnout_in",
    "wave_of",
]
