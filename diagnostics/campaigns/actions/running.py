"""Open and close waves, end a diagnosis."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa

from diagnostics import clock
from diagnostics.audit import actions as audit
from diagnostics.campaigns.actions.conduct import pin_clarifying
from diagnostics.campaigns.actions.loading import campaign_row, living_campaign, wave_row, waves_of
from diagnostics.campaigns.actions.seating import freeze_places
from diagnostics.campaigns.circle_models import RespondentCircle
from diagnostics.campaigns.errors import MoveRefused, WaveNotReady
from diagnostics.campaigns.models import (
    Assignment,
    Campaign,
    CampaignState,
    Seat,
    SeatState,
    SeatToken,
    Wave,
    WaveKind,
    WaveState,
)
from diagnostics.campaigns.moves import move_campaign, move_wave
from diagnostics.campaigns.windows import ORDER, check_order
from diagnostics.catalogue import queries as catalogue
from diagnostics.catalogue.models import LifeState
from diagnostics.database import session
from diagnostics.errors import FieldRefused
from diagnostics.jobs import actions as jobs

IMPORTED = "import"
CALIBRATE = "findings.calibrate"
LAST = (WaveKind.EXIT, WaveKind.SURVEY)


def readiness(wave_id: str) -> tuple[str, ...]:
    """Every reason why the wave cannot be opened now, as codes; empty when it can.

    Codes: `no_assignment`, `instrument_not_published`, `scoring_not_published`, `no_audience`,
    `window_over`, `entry_not_closed`, `exit_before_entry`.
    """
    wave = wave_row(wave_id)
    return tuple(_reasons(campaign_row(wave.campaign_id), wave))


def open_wave(wave_id: str, actor_id: str | None) -> None:
    """Begin a wave: places of work are frozen and people may be invited.

    Raises
    ------
    WaveNotReady
        With all reasons of `readiness`.
    """
    wave = wave_row(wave_id)
    campaign = living_campaign(wave.campaign_id)
    if wave.state is not WaveState.PLANNED:
        raise MoveRefused("wave_already_open")
    if reasons := readiness(wave_id):
        raise WaveNotReady(reasons)
    freeze_places(wave)
    pin_clarifying(campaign, wave)
    move_wave(wave_id, WaveState.OPEN)
    if campaign.state is CampaignState.DRAFT:
        move_campaign(campaign.id, CampaignState.OPEN)
        audit.record("campaign.open", actor_id=actor_id, kind="campaign", object_id=campaign.id)
    audit.record("wave.open", actor_id=actor_id, kind="wave", object_id=wave_id)


def close_wave(wave_id: str, actor_id: str | None) -> None:
    """End the collection and ask for a calibration; the last measurement ends the diagnosis too.

    `actor_id` None: the system closes it at its deadline.
    """
    wave = wave_row(wave_id)
    campaign = living_campaign(wave.campaign_id)
    ended = {"closed_at": clock.now(), "closed_by": actor_id, "paused_at": None, "pause_reason": ""}
    move_wave(wave_id, WaveState.CLOSED, **ended)
    audit.record("wave.close", actor_id=actor_id, kind="wave", object_id=wave_id)
    jobs.enqueue(
        CALIBRATE, wave_id, asker_id=actor_id, title=campaign.title, unique_key=f"{CALIBRATE}:{wave_id}"
    )
    if wave.kind in LAST and _all_closed(campaign.id):
        _end(campaign.id, actor_id)


def close_campaign(campaign_id: str, actor_id: str | None) -> None:
    """End a diagnosis whose opened waves are all closed; planned ones will not take place."""
    campaign = living_campaign(campaign_id)
    if any(wave.state is WaveState.OPEN for wave in waves_of(campaign.id)):
        raise MoveRefused("wave_still_open")
    _end(campaign_id, actor_id)


def withdraw(campaign_id: str, actor_id: str | None) -> None:
    """Call a diagnosis off: nobody can enter any more, what was collected stays."""
    living_campaign(campaign_id)
    move_campaign(campaign_id, CampaignState.WITHDRAWN, closed_at=clock.now())
    of_campaign = (
        sa.select(Seat.id).join(Wave, Wave.id == Seat.wave_id).where(Wave.campaign_id == campaign_id)
    )
    session.execute(
        sa.update(SeatToken)
        .where(SeatToken.seat_id.in_(of_campaign), SeatToken.revoked_at.is_(None))
        .values(revoked_at=clock.now())
        .execution_options(synchronize_session="fetch")
    )
    audit.record("campaign.withdraw", actor_id=actor_id, kind="campaign", object_id=campaign_id)


def _end(campaign_id: str, actor_id: str | None) -> None:
    move_campaign(campaign_id, CampaignState.CLOSED, closed_at=clock.now())
    audit.record("campaign.close", actor_id=actor_id, kind="campaign", object_id=campaign_id)


def _all_closed(campaign_id: str) -> bool:
    return all(wave.state is WaveState.CLOSED for wave in waves_of(campaign_id))


def _reasons(campaign: Campaign, wave: Wave) -> Iterator[str]:
    assignments = session.scalars(sa.select(Assignment).where(Assignment.wave_id == wave.id)).all()
    if not assignments:
        yield "no_assignment"
    if campaign.source != IMPORTED:
        if not all(_may_ask(one.instrument_id, campaign) for one in assignments):
            yield "instrument_not_published"
        if not all(_may_ask(one.scoring_id, campaign) for one in assignments):
            yield "scoring_not_published"
        if wave.closes_at <= clock.now():
            yield "window_over"
    if not _has_audience(wave):
        yield "no_audience"
    yield from _order_reasons(wave)


def _order_reasons(wave: Wave) -> Iterator[str]:
    others = [one for one in waves_of(wave.campaign_id) if one.id != wave.id]
    try:
        check_order(wave.kind, wave.opens_at, wave.closes_at, others)
    except FieldRefused as refused:
        yield refused.code
    earlier = [one for one in others if ORDER.index(one.kind) < ORDER.index(wave.kind)]
    if any(one.state is not WaveState.CLOSED for one in earlier):
        yield "entry_not_closed"


def _has_audience(wave: Wave) -> bool:
    if wave.kind is WaveKind.SURVEY:
        asked = sa.select(RespondentCircle.id).where(
            RespondentCircle.wave_id == wave.id, RespondentCircle.expected > 0
        )
        return session.scalar(asked.limit(1)) is not None
    living = sa.select(Seat.id).where(Seat.wave_id == wave.id, Seat.state != SeatState.WITHDRAWN)
    return session.scalar(living.limit(1)) is not None


def _may_ask(version_id: str | None, campaign: Campaign) -> bool:
    """Published, or tried out where everybody is told that it is a trial."""
    view = catalogue.one(version_id) if version_id is not None else None
    allowed = (LifeState.PUBLISHED, LifeState.PILOT) if campaign.trial else (LifeState.PUBLISHED,)
    return view is not None and view.state in allowed
