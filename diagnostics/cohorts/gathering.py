"""The current findings of both stages of a diagnosis, persons matched by their id."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from diagnostics.campaigns import queries as campaigns
from diagnostics.campaigns.models import Seat, SeatState, WaveKind
from diagnostics.campaigns.queries import CampaignView, WaveView
from diagnostics.database import session
from diagnostics.findings import queries as findings
from diagnostics.findings.queries import FindingView
from diagnostics.people.models import Group, OrgNode


@dataclass(frozen=True, slots=True, order=True)
class School:
    """As frozen on the seat; the name comes first, so that schools stand in the order of the alphabet."""

    name: str
    id: str


NO_SCHOOL = School("", "")


@dataclass(frozen=True, slots=True)
class Side:
    """One stage: its wave, whom it asked, and what they reached."""

    wave: WaveView
    asked: Mapping[str, School]  # person id → school
    results: Mapping[str, FindingView]  # person id → current finding; anonymous ones cannot be matched

    @property
    def sample(self) -> FindingView | None:
        """Any finding: all of a stage stand on the same documents."""
        return next(iter(self.results.values()), None)


@dataclass(frozen=True, slots=True)
class Gathered:
    campaign: CampaignView
    group: str  # title of the learners' group, or of the diagnosis
    entry: Side | None
    exit: Side | None

    @property
    def matched(self) -> tuple[str, ...]:
        """People with both results, in the order of their ids."""
        if self.entry is None or self.exit is None:
            return ()
        return tuple(sorted(self.entry.results.keys() & self.exit.results.keys()))

    @property
    def asked(self) -> dict[str, School]:
        """Everybody who was invited, with the school; the entry's school counts."""
        sides = [side.asked for side in (self.exit, self.entry) if side]
        return {person: school for asked in sides for person, school in asked.items()}


def gather(campaign_id: str) -> Gathered:
    """Missing for an unknown diagnosis."""
    found = campaigns.campaign(campaign_id)
    return Gathered(found, _group(found), _side(found, WaveKind.ENTRY), _side(found, WaveKind.EXIT))


def _group(campaign: CampaignView) -> str:
    group = session.get(Group, campaign.group_id) if campaign.group_id else None
    return group.title if group else campaign.title


def _side(campaign: CampaignView, kind: WaveKind) -> Side | None:
    wave = campaign.wave(kind)
    if wave is None:
        return None
    results = {view.person_id: view for view in findings.of_wave(wave.id) if view.person_id}
    return Side(wave, _asked(wave.id), results)


def _asked(wave_id: str) -> dict[str, School]:
    rows = session.execute(
        sa.select(Seat.respondent_id, OrgNode.short_name, OrgNode.id)
        .outerjoin(OrgNode, OrgNode.id == Seat.school_id)
        .where(Seat.wave_id == wave_id, Seat.state != SeatState.WITHDRAWN, Seat.respondent_id.is_not(None))
        .order_by(Seat.id)
    )
    return {person: School(name, node) if node else NO_SCHOOL for person, name, node in rows if person}
