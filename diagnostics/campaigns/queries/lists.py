"""Lists of people that were uploaded: where they belong and what they would change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from diagnostics.campaigns.models import Campaign, RosterImport, RosterState, RosterTarget
from diagnostics.database import session
from diagnostics.errors import Missing
from diagnostics.people.models import Group, OrgNode


@dataclass(frozen=True, slots=True)
class ListView:
    id: str
    target: RosterTarget
    target_id: str
    file_id: str
    file_name: str
    state: RosterState
    applied_at: datetime | None
    applied_rows: int


def uploaded(import_id: str) -> ListView:
    row = session.get(RosterImport, import_id)
    if row is None:
        raise Missing
    return ListView(
        row.id,
        row.target_kind,
        row.target_id,
        row.file_id,
        row.file_name,
        row.state,
        row.applied_at,
        row.applied_rows,
    )


def scope_of(target: RosterTarget, target_id: str) -> tuple[str, ...]:
    """Where the people of a list may work: the whole region of a diagnosis or a group; a place and all below it."""
    if target is RosterTarget.PLACE:
        place = session.get(OrgNode, target_id)
        if place is None:
            raise Missing
        return (place.path,)
    owner = Campaign if target is RosterTarget.CAMPAIGN else Group
    path = session.scalar(
        sa.select(OrgNode.path).join(owner, owner.node_id == OrgNode.id).where(owner.id == target_id)
    )
    if path is None:
        raise Missing
    return (region_of(path),)


def region_of(path: str) -> str:
    """The first place of a path: «/region/municipality/school/» → «/region/»."""
    return f"/{path.split('/')[1]}/"
