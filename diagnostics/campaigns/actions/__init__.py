"""Changes of the stage, by verb; each flushes and never commits."""

from __future__ import annotations

from diagnostics.campaigns.actions.drafting import (
    VISIBILITY,
    add_wave,
    assign,
    change_campaign,
    create_campaign,
    reschedule_wave,
)
from diagnostics.campaigns.actions.progress import (
    mark_started,
    mark_submitted,
    withdraw_seat,
)
from diagnostics.campaigns.actions.running import close_campaign, close_wave, open_wave, withdraw
from diagnostics.campaigns.actions.seating import Seated, seat_audience, seat_people, set_extra_time
from diagnostics.campaigns.actions.tokens import (
    TokenFacts,
    confirm,
    find_by_link,
    find_by_paper,
    mint_link,
    mint_paper_code,
    revoke,
)

__all__ = [
    "VISIBILITY",
    "Seated",
    "TokenFacts",
    "add_wave",
    "assign",
    "change_campaign",
    "close_campaign",
    "close_wave",
    "confirm",
    "create_campaign",
    "find_by_link",
    "find_by_paper",
    "mark_started",
    "mark_submitted",
    "mint_link",
    "mint_paper_code",
    "open_wave",
    "reschedule_wave",
    "revoke",
    "seat_audience",
    "seat_people",
    "set_extra_time",
    "withdraw",
    "withdraw_seat",
]
