"""How far the routes of a school's people are: by name for its lead, as guarded shares for those above.

A stage of the route is told to the lead only where the person was told so beforehand: in a diagnosis with
names, while consent stands. Everything else looks like «no route»: the reason is nobody's business.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from diagnostics.campaigns.models import (
    Assignment,
    Campaign,
    CampaignPurpose,
    CampaignState,
    Privacy,
    Seat,
    SeatState,
    Wave,
    WaveKind,
)
from diagnostics.database import session
from diagnostics.findings.queries import asks_opinions
from diagnostics.pathways.models import Route, RouteState
from diagnostics.pathways.queries.lists import counts_of
from diagnostics.pathways.queries.names import Name, names
from diagnostics.people.models import OrgNode, PersonalData
from diagnostics.people.queries import consents


@dataclass(frozen=True, slots=True)
class RouteStanding:
    """Where a route stands; hours of its steps, days of its whole period."""

    route_id: str
    state: RouteState
    steps: int
    confirmed: int
    hours: float
    starts_on: date
    ends_on: date
    paused_until: date | None
    tutor: str  # «Белова Мария Игоревна», empty while nobody is named


@dataclass(frozen=True, slots=True)
class Standing:
    """What a director sees: the name and how far the person is, no levels and no content.

    `seat`: state of the entry diagnosis; `route` None: there is none, or the school is not told of it.
    """

    person_id: str
    person: Name
    school: str
    campaign_id: str
    campaign_title: str
    seat: SeatState
    route: RouteStanding | None


def standings(scope: Iterable[str]) -> list[Standing]:
    """Everybody asked by name in an entry diagnosis that leads to routes, at schools under `scope`, by name."""
    under = [OrgNode.path.startswith(path, autoescape=True) for path in scope]
    if not under:
        return []
    rows = session.execute(
        sa.select(
            PersonalData.person_id,
            OrgNode.short_name,
            Campaign.id,
            Campaign.title,
            Seat.state,
            Route,
            Campaign.visibility,
            Assignment.instrument_id,
            Assignment.scoring_id,
            Assignment.form,
            Campaign.framework_id,
        )
        .select_from(Seat)
        .join(Wave, sa.and_(Wave.id == Seat.wave_id, Wave.kind == WaveKind.ENTRY))
        .join(Campaign, Campaign.id == Wave.campaign_id)
        .join(Assignment, Assignment.id == Seat.assignment_id)
        .join(OrgNode, OrgNode.id == Seat.school_id)
        .join(PersonalData, PersonalData.person_id == Seat.respondent_id)
        .outerjoin(Route, sa.and_(Route.campaign_id == Campaign.id, Route.person_id == Seat.respondent_id))
        .where(
            sa.or_(*under),
            Seat.state != SeatState.WITHDRAWN,
            Campaign.privacy == Privacy.NAMED,
            Campaign.purpose == CampaignPurpose.DIAGNOSIS,
            Campaign.state.in_([CampaignState.OPEN, CampaignState.CLOSED]),
        )
        .order_by(OrgNode.short_name, PersonalData.sort_name, Campaign.created_at, Seat.id)
    )
    told = [row for row in rows if row[6].get("levels_to_tutor") and not asks_opinions(*row[7:])]
    people = names({row[0] for row in told})
    routes = _told([row[5] for row in told if row[5] is not None])
    return [
        Standing(row[0], people[row[0]], *row[1:5], routes.get(row[5].id) if row[5] else None) for row in told
    ]


def _told(routes: list[Route]) -> dict[str, RouteStanding]:
    """Routes that the school is told of: neither cancelled nor of a person who took the consent back."""
    silent = consents.who_withdrew({row.person_id for row in routes})
    shown = [row for row in routes if row.state is not RouteState.CANCELLED and row.person_id not in silent]
    counts = counts_of([row.id for row in shown])
    tutors = names({row.tutor_id for row in shown if row.tutor_id})
    return {
        row.id: _route(row, counts.get(row.id, (0, 0, 0, 0.0)), tutors[row.tutor_id or ""]) for row in shown
    }


def _route(row: Route, counts: tuple[int, int, int, float], tutor: Name) -> RouteStanding:
    steps, confirmed, _on_review, hours = counts
    return RouteStanding(
        row.id,
        row.state,
        steps,
        confirmed,
        hours,
        row.starts_on,
        row.ends_on,
        row.paused_until if row.state is RouteState.PAUSED else None,
        tutor.full,
    )
