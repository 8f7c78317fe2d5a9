"""What schools let those above them see."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from diagnostics.campaigns.models import Campaign
from diagnostics.database import session
from diagnostics.improvement.models import OpeningState, ZonesOpening
from diagnostics.people.models import OrgNode

_LIVING = (OpeningState.OPEN, OpeningState.TAKEN)


@dataclass(frozen=True, slots=True)
class OpeningView:
    """Who above the school may see its zones; `taken_by`: the place whose report they stand in."""

    state: OpeningState
    changed_at: datetime | None
    taken_by: str

    @property
    def is_open(self) -> bool:
        return self.state in _LIVING


@dataclass(frozen=True, slots=True)
class Opened:
    """One school whose zones are open."""

    campaign_id: str
    title: str
    school: str
    municipality: str
    opened_at: datetime
    taken_by: str


def opening(campaign_id: str) -> OpeningView:
    row = session.get(ZonesOpening, campaign_id)
    if row is None:
        return OpeningView(OpeningState.CLOSED, None, "")
    return OpeningView(row.state, row.changed_at, row.taken_by or "")


def opened_in(scope: Iterable[str]) -> list[Opened]:
    """Open zones of the schools under `scope`, by municipality and name: no order of merit."""
    under = [OrgNode.path.startswith(path, autoescape=True) for path in scope]
    if not under:
        return []
    above = aliased(OrgNode)
    rows = session.execute(
        sa.select(
            Campaign.id,
            Campaign.title,
            OrgNode.short_name,
            above.short_name,
            ZonesOpening.changed_at,
            ZonesOpening.taken_by,
        )
        .join(ZonesOpening, ZonesOpening.campaign_id == Campaign.id)
        .join(OrgNode, OrgNode.id == Campaign.node_id)
        .outerjoin(above, above.id == OrgNode.parent_id)
        .where(ZonesOpening.state.in_(_LIVING), sa.or_(*under))
        .order_by(above.short_name, OrgNode.short_name, Campaign.created_at.desc())
    )
    return [
        Opened(campaign_id, title, school, district or "", opened_at, taken_by or "")
        for campaign_id, title, school, district, opened_at, taken_by in rows
    ]
