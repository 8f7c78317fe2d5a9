"""Changes of the stage, by verb; each flushes and never commits."""

from __future__ import annotations

from diagnostics.campaigns.actions.conduct import set_conduct
from diagnostics.campaigns.actions.drafting import (
    VISIBILITY,
    add_wave,
    assign,
    change_campaign,
    create_campaign,
    reschedule_wave,
)
from diagnostics.campaigns.actions.extra_time import prolong, set_extra_time, set_extra_times
from diagnostics.campaigns.actions.groups import add_members, create_group, remove_member
from diagnostics.campaigns.actions.imports import Applied, apply_roster, keep_roster
from diagnostics.campaigns.actions.letters import (
    Sent,
    decline,
    invite,
    remind,
    send_unsent,
    to_invite,
    to_remind,
    unsent,
)
from diagnostics.campaigns.actions.pausing import pause_wave, resume_wave
from diagnostics.campaigns.actions.progress import (
    mark_started,
    mark_submitted,
    withdraw_seat,
)
from diagnostics.campaigns.actions.requests import (
    answer_askers,
    ask_extension,
    asker_of,
    keep_deadline,
    tell_askers,
)
from diagnostics.campaigns.actions.running import close_campaign, close_wave, open_wave, readiness, withdraw
from diagnostics.campaigns.actions.seating import Seated, seat_audience, seat_people
from diagnostics.campaigns.actions.timetable import close_overdue, open_due
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
    "Applied",
    "Seated",
    "Sent",
    "TokenFacts",
    "add_members",
    "add_wave",
    "answer_askers",
    "apply_roster",
    "ask_extension",
    "asker_of",
    "assign",
    "change_campaign",
    "close_campaign",
    "close_overdue",
    "close_wave",
    "confirm",
    "create_campaign",
    "create_group",
    "decline",
    "find_by_link",
    "find_by_paper",
    "invite",
    "keep_deadline",
    "keep_roster",
    "mark_started",
    "mark_submitted",
    "mint_link",
    "mint_paper_code",
    "open_due",
    "open_wave",
    "pause_wave",
    "prolong",
    "readiness",
    "remind",
    "remove_member",
    "reschedule_wave",
    "resume_wave",
    "revoke",
    "seat_audience",
    "seat_people",
    "send_unsent",
    "set_conduct",
    "set_extra_time",
    "set_extra_times",
    "tell_askers",
    "to_invite",
    "to_remind",
    "unsent",
    "withdraw",
    "withdraw_seat",
]
