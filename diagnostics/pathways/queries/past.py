"""Approved revisions: what was agreed and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from diagnostics.campaigns.models import Campaign
from diagnostics.database import Json, session
from diagnostics.errors import Missing
from diagnostics.pathways.models import Route, RouteRevision
from diagnostics.pathways.queries.names import Name, names


@dataclass(frozen=True, slots=True)
class Revision:
    route_id: str
    campaign_id: str
    campaign_title: str
    revision: int
    approved_at: datetime
    approved_by: Name
    body: Json


def revisions(person_id: str) -> list[Revision]:
    """All approved revisions of a person's routes, newest first."""
    return _read(Route.person_id == person_id)


def revision(route_id: str, number: int) -> Revision:
    """Missing for a revision that was never approved."""
    found = _read(RouteRevision.route_id == route_id, RouteRevision.revision == number)
    if not found:
        raise Missing
    return found[0]


def of_route(route_id: str) -> list[Revision]:
    return _read(RouteRevision.route_id == route_id)


def _read(*conditions: sa.ColumnElement[bool]) -> list[Revision]:
    rows = session.execute(
        sa.select(RouteRevision, Route.campaign_id, Campaign.title)
        .join(Route, Route.id == RouteRevision.route_id)
        .join(Campaign, Campaign.id == Route.campaign_id)
        .where(*conditions)
        .order_by(RouteRevision.approved_at.desc(), RouteRevision.revision.desc())
    ).all()
    who = names({row[0].approved_by for row in rows})
    return [
        Revision(
            one.route_id,
            campaign_id,
            title,
            one.revision,
            one.approved_at,
            who[one.approved_by],
            one.body,
        )
        for one, campaign_id, title in rows
    ]
