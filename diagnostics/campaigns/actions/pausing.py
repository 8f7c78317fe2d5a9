"""A pause of an open wave: nobody begins, answers or sends until it goes on; what was saved stays.

The last day stays too: nothing in a sitting counts minutes, so a pause costs nobody time except when it
reaches the deadline, and then the wave is prolonged (also while it is paused). A paused wave whose deadline
passed is over like any other and closes by its date.
"""

from __future__ import annotations

import sqlalchemy as sa

from diagnostics import clock
from diagnostics.audit import actions as audit
from diagnostics.campaigns.actions.loading import living_campaign, wave_row
from diagnostics.campaigns.errors import MoveRefused
from diagnostics.campaigns.models import Wave, WaveState
from diagnostics.database import moved
from diagnostics.errors import FieldRefused

LONGEST_REASON = 200


def pause_wave(wave_id: str, actor_id: str | None, *, reason: str = "") -> None:
    """Stop answering for a while; `reason` is told to those who answer.

    A save that the base took up before the pause is an answer given before it.

    Raises
    ------
    MoveRefused
        `wave_not_open`, `wave_time_over`, `wave_already_paused`, `campaign_over`.
    FieldRefused
        `pause_reason_too_long`.
    """
    wave, now, told = wave_row(wave_id), clock.now(), " ".join(reason.split())
    living_campaign(wave.campaign_id)
    if wave.state is not WaveState.OPEN:
        raise MoveRefused("wave_not_open")
    if wave.closes_at <= now:
        raise MoveRefused("wave_time_over")
    if len(told) > LONGEST_REASON:
        raise FieldRefused("pause_reason_too_long", field="reason", maximum=LONGEST_REASON)
    running = sa.update(Wave).where(
        Wave.id == wave_id, Wave.state == WaveState.OPEN, Wave.paused_at.is_(None)
    )
    if not moved(running.values(paused_at=now, pause_reason=told)):
        raise MoveRefused("wave_already_paused")
    audit.record("wave.pause", actor_id=actor_id, kind="wave", object_id=wave_id, after=told)


def resume_wave(wave_id: str, actor_id: str | None) -> None:
    """Let people answer again; what their devices kept meanwhile arrives by itself.

    MoveRefused: `wave_not_paused`, `campaign_over`.
    """
    wave = wave_row(wave_id)
    living_campaign(wave.campaign_id)
    told = wave.pause_reason
    paused = sa.update(Wave).where(
        Wave.id == wave_id, Wave.state == WaveState.OPEN, Wave.paused_at.is_not(None)
    )
    if not moved(paused.values(paused_at=None, pause_reason="")):
        raise MoveRefused("wave_not_paused")
    audit.record("wave.resume", actor_id=actor_id, kind="wave", object_id=wave_id, before=told)
