"""Явка: organisational data, live and exact, by school."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa

from diagnostics.campaigns.models import Campaign, CampaignState, Seat, SeatState, Wave, WaveKind, WaveState
from diagnostics.database import session
from diagnostics.people.models import OrgNode


@dataclass(frozen=True, slots=True)
class SchoolTurnout:
    """One school in one wave. `started`: began and did not send yet. `school_id` None: works at no school."""

    school_id: str | None
    school: str
    municipality: str
    expected: int
    started: int
    submitted: int

    @property
    def share(self) -> float:
        """Submitted of expected, 0…1."""
        return self.submitted / self.expected if self.expected else 0.0


@dataclass(frozen=True, slots=True)
class WaveTurnout:
    campaign_id: str
    campaign_title: str
    wave_id: str
    kind: WaveKind
    state: WaveState
    schools: tuple[SchoolTurnout, ...]


def turnout(wave_id: str) -> list[SchoolTurnout]:
    """All schools of a wave in the order of their names; for the organiser."""
    return _schools(Seat.wave_id == wave_id)[wave_id]


def turnout_in(scope: Iterable[str]) -> list[WaveTurnout]:
    """Opened waves of living and finished diagnoses, cut to the schools under `scope`; newest first."""
    under = [OrgNode.path.startswith(path, autoescape=True) for path in scope]
    if not under:
        return []
    schools = _schools(sa.or_(*under))
    rows = session.execute(
        sa.select(Campaign.id, Campaign.title, Wave.id, Wave.kind, Wave.state)
        .join(Wave, Wave.campaign_id == Campaign.id)
        .where(
            Wave.id.in_(list(schools)),
            Wave.state != WaveState.PLANNED,
            Wave.kind != WaveKind.SURVEY,  # counted by circles: `queries.self_assessments`
            Campaign.state.in_([CampaignState.OPEN, CampaignState.CLOSED]),
        )
        .order_by(Wave.opens_at.desc(), Wave.id)
    )
    return [WaveTurnout(*row, schools=tuple(schools[row[2]])) for row in rows]


def _schools(condition: sa.ColumnElement[bool]) -> dict[str, list[SchoolTurnout]]:
    municipality = sa.orm.aliased(OrgNode)
    rows = session.execute(
        sa.select(
            Seat.wave_id,
            OrgNode.id,
            OrgNode.short_name,
            municipality.short_name,
            sa.func.count(),
            sa.func.sum(sa.case((Seat.state == SeatState.STARTED, 1), else_=0)),
            sa.func.sum(sa.case((Seat.state == SeatState.SUBMITTED, 1), else_=0)),
        )
        .select_from(Seat)
        .outerjoin(OrgNode, OrgNode.id == Seat.school_id)
        .outerjoin(municipality, municipality.id == Seat.municipality_id)
        .where(condition, Seat.state != SeatState.WITHDRAWN)
        .group_by(Seat.wave_id, OrgNode.id, OrgNode.short_name, municipality.short_name)
        .order_by(municipality.short_name, OrgNode.short_name)
    )
    found: dict[str, list[SchoolTurnout]] = defaultdict(list)
    for wave_id, school_id, school, place, expected, started, submitted in rows:
        found[wave_id].append(
            SchoolTurnout(school_id, school or "", place or "", expected, started, submitted)
        )
    return found
