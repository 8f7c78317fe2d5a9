"""Self-assessments of schools in lists: one's own school, and the returns of many for a coordinator."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from diagnostics.campaigns.models import Campaign, CampaignPurpose, CampaignState, Wave, WaveState
from diagnostics.campaigns.queries.circles import CircleView, circles_in
from diagnostics.database import session
from diagnostics.errors import Missing
from diagnostics.people.models import Membership, OrgNode


@dataclass(frozen=True, slots=True)
class SelfAssessment:
    """One self-assessment with its one wave and all its circles."""

    campaign_id: str
    title: str
    state: CampaignState
    framework_id: str
    method_id: str
    preset: str
    school_id: str
    school: str
    school_code: str
    municipality: str
    wave_id: str
    wave_state: WaveState
    opens_at: datetime
    closes_at: datetime
    zone: str
    paused_at: datetime | None
    pause_reason: str
    circles: tuple[CircleView, ...]

    def groups(self) -> dict[str, tuple[CircleView, ...]]:
        """Group → its circles, in the order of the launcher."""
        names = dict.fromkeys(one.respondent_group for one in self.circles)
        return {name: tuple(one for one in self.circles if one.respondent_group == name) for name in names}


_PLACE = sa.orm.aliased(OrgNode)
_COLUMNS = (
    Campaign.id,
    Campaign.title,
    Campaign.state,
    Campaign.framework_id,
    Campaign.method_id,
    Campaign.preset,
    OrgNode.id,
    OrgNode.short_name,
    sa.func.coalesce(OrgNode.code, ""),
    sa.func.coalesce(_PLACE.short_name, ""),
    Wave.id,
    Wave.state,
    Wave.opens_at,
    Wave.closes_at,
    Wave.zone,
    Wave.paused_at,
    Wave.pause_reason,
)


def self_assessment(campaign_id: str) -> SelfAssessment:
    """Missing for an unknown id and for a diagnosis of persons."""
    found = _all(Campaign.id == campaign_id)
    if not found:
        raise Missing
    return found[0]


def self_assessments(scope: Iterable[str]) -> list[SelfAssessment]:
    """Those of the schools under `scope`, newest first; withdrawn ones are left out."""
    under = [OrgNode.path.startswith(path, autoescape=True) for path in scope]
    return _all(sa.or_(*under), Campaign.state != CampaignState.WITHDRAWN) if under else []


def latest_of_school(school_id: str) -> SelfAssessment | None:
    """The numbers of last time stand in the launcher beforehand."""
    found = _all(OrgNode.id == school_id, Campaign.state != CampaignState.WITHDRAWN)
    return found[0] if found else None


def staff_of(school_id: str, on: date) -> int:
    """How many people work at the school on the day."""
    query = sa.select(sa.func.count(sa.distinct(Membership.person_id))).where(
        Membership.node_id == school_id,
        Membership.since <= on,
        sa.or_(Membership.until.is_(None), Membership.until >= on),
    )
    return session.scalar(query) or 0


def _all(*conditions: sa.ColumnElement[bool]) -> list[SelfAssessment]:
    rows = session.execute(
        sa.select(*_COLUMNS)
        .select_from(Campaign)
        .join(Wave, Wave.campaign_id == Campaign.id)
        .join(OrgNode, OrgNode.id == Campaign.node_id)
        .outerjoin(_PLACE, _PLACE.id == OrgNode.parent_id)
        .where(Campaign.purpose == CampaignPurpose.SELF_ASSESSMENT, *conditions)
        .order_by(Wave.opens_at.desc(), Campaign.created_at.desc(), Campaign.id)
    ).all()
    circles = circles_in([row[10] for row in rows])
    return [_view((*row, circles[row[10]])) for row in rows]


def _view(values: Iterable[Any]) -> SelfAssessment:
    names = (field.name for field in fields(SelfAssessment))
    return SelfAssessment(**dict(zip(names, values, strict=True)))
