"""Явка by group: live and exact, because it is organisational; nothing here says what was answered."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from diagnostics.campaigns.circle_models import RespondentCircle, SheetDeclaration
from diagnostics.campaigns.models import Seat, SeatState, Wave, WaveState
from diagnostics.database import session
from diagnostics.improvement.gathering import wave_of
from diagnostics.improvement.groups import Group, least
from diagnostics.improvement.snapshot import GroupFacts
from diagnostics.people.models import OrgNode
from diagnostics.releases.minimum import minimum


@dataclass(frozen=True, slots=True)
class Turnout:
    """Who was asked and came. `sheet_people`: positions of those who agreed on the sheet, `agreed_on` when."""

    campaign_id: str
    wave_id: str
    title: str
    school: str
    state: WaveState
    closes_at: datetime
    closed_at: datetime | None
    timezone: str
    groups: tuple[GroupFacts, ...]
    sheet_people: tuple[str, ...]
    agreed_on: date | None


def turnout(campaign_id: str) -> Turnout:
    """Missing for what is no self-assessment."""
    campaign, wave = wave_of(campaign_id)
    school = session.get_one(OrgNode, campaign.node_id)
    declared = session.get(SheetDeclaration, wave.id)
    return Turnout(
        campaign.id,
        wave.id,
        campaign.title,
        school.name,
        wave.state,
        wave.closes_at,
        wave.closed_at,
        wave.zone,
        groups_of(wave),
        tuple(str(one) for one in declared.people.get("names", ())) if declared else (),
        declared.agreed_on if declared else None,
    )


def groups_of(wave: Wave) -> tuple[GroupFacts, ...]:
    """Groups that were asked, in their order."""
    circles = session.scalars(sa.select(RespondentCircle).where(RespondentCircle.wave_id == wave.id)).all()
    expected: dict[str, int] = defaultdict(int)
    ways: dict[str, set[str]] = defaultdict(set)
    for one in circles:
        expected[one.respondent_group] += one.expected
        ways[one.respondent_group].add(one.way.value)
    counts = _submitted(wave.id)
    rule = minimum()
    return tuple(
        GroupFacts(
            group=group,
            n=counts.get(group.value, 0),
            expected=expected[group.value],
            least=least(group, rule),
            hidden=0 < counts.get(group.value, 0) < least(group, rule),
            ways=tuple(sorted(ways[group.value])),
        )
        for group in Group
        if group.value in expected
    )


def _submitted(wave_id: str) -> dict[str, int]:
    rows = session.execute(
        sa.select(Seat.respondent_group, sa.func.count())
        .where(Seat.wave_id == wave_id, Seat.state == SeatState.SUBMITTED)
        .group_by(Seat.respondent_group)
    )
    return {group: n for group, n in rows}  # noqa: C416 - rows are no pairs to mypy
