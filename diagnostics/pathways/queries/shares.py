"""How many of a school's people walk an agreed route: for those above the school, guarded as figures of groups.

A route follows from a result, so its stage is no явка (ADR 11): a school below the minimum group shows nothing,
others are hidden beside it so that no subtraction brings it back, and shares are told in steps. Hiding is decided
in each municipality whole, whoever asks, so two readers never hold two tables to subtract.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa

from diagnostics.campaigns.models import Assignment, Campaign, Privacy, Seat, SeatState, Wave, WaveKind
from diagnostics.database import session
from diagnostics.findings.queries import asks_opinions
from diagnostics.pathways.models import Route, RouteState
from diagnostics.people.queries import consents
from diagnostics.releases import coarse
from diagnostics.releases.coarse import CoarseShare
from diagnostics.releases.hiding import hide_rows
from diagnostics.releases.minimum import minimum

AGREED = (RouteState.APPROVED, RouteState.RUNNING, RouteState.PAUSED, RouteState.COMPLETED)


@dataclass(frozen=True, slots=True)
class _School:
    id: str
    taken: int
    agreed: int


def route_shares(wave_id: str) -> dict[str, CoarseShare | None] | None:
    """School id → how many of those who took the entry walk an agreed route; None inside: hidden.

    None for a stage whose routes nobody is told of: not an entry, without names, or a self-assessment.
    """
    wave = session.execute(
        sa.select(
            Wave.campaign_id,
            Wave.kind,
            Campaign.privacy,
            Campaign.visibility,
            Assignment.instrument_id,
            Assignment.scoring_id,
            Assignment.form,
            Campaign.framework_id,
        )
        .join(Campaign, Campaign.id == Wave.campaign_id)
        .join(Assignment, Assignment.wave_id == Wave.id)
        .where(Wave.id == wave_id)
    ).first()
    if wave is None or wave[1] is not WaveKind.ENTRY or wave[2] is not Privacy.NAMED:
        return None
    if not wave[3].get("levels_to_tutor") or asks_opinions(*wave[4:]):
        return None
    found: dict[str, CoarseShare | None] = {}
    least = minimum().adults
    for schools in _by_place(wave_id, wave[0]):
        hiding = hide_rows([one.taken for one in schools], least)
        for one, shown in zip(schools, hiding.rows, strict=True):
            found[one.id] = coarse.share(100 * one.agreed / one.taken, one.taken) if shown else None
    return found


def _by_place(wave_id: str, campaign_id: str) -> Iterable[list[_School]]:
    """The schools of each municipality with those who took the entry and those whose route is agreed."""
    agreed = _agreed(wave_id, campaign_id)
    rows = session.execute(
        sa.select(Seat.municipality_id, Seat.school_id, sa.func.count())
        .where(Seat.wave_id == wave_id, Seat.state == SeatState.SUBMITTED)
        .group_by(Seat.municipality_id, Seat.school_id)
        .order_by(Seat.municipality_id, Seat.school_id)
    )
    found: dict[str | None, list[_School]] = defaultdict(list)
    for place_id, school_id, taken in rows:
        if school_id is not None:
            found[place_id].append(_School(school_id, taken, agreed.get(school_id, 0)))
    return found.values()


def _agreed(wave_id: str, campaign_id: str) -> dict[str | None, int]:
    """School id → people with an agreed route; whoever took the consent back counts as one without."""
    rows = session.execute(
        sa.select(Seat.school_id, Route.person_id)
        .join(Route, sa.and_(Route.person_id == Seat.respondent_id, Route.campaign_id == campaign_id))
        .where(Seat.wave_id == wave_id, Seat.state == SeatState.SUBMITTED, Route.state.in_(AGREED))
    ).all()
    silent = consents.who_withdrew([person_id for _, person_id in rows])
    found: dict[str | None, int] = defaultdict(int)
    for school_id, person_id in rows:
        found[school_id] += person_id not in silent
    return found
