"""All routes of a diagnosis: how far each is, without levels and content."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from diagnostics.database import session
from diagnostics.pathways.models import Route, RouteState, RouteStep, StepState


@dataclass(frozen=True, slots=True)
class Registered:
    """`hours` of all its steps together."""

    person_id: str
    tutor_id: str | None
    state: RouteState
    steps: int
    confirmed: int
    hours: float
    ends_on: date


def register(campaign_id: str) -> list[Registered]:
    """Every route of the diagnosis, in no order: names are the caller's."""
    confirmed = sa.func.sum(sa.case((RouteStep.state == StepState.CONFIRMED, 1), else_=0))
    counted = (
        sa.select(
            RouteStep.route_id,
            sa.func.count().label("steps"),
            confirmed.label("confirmed"),
            sa.func.sum(RouteStep.hours).label("hours"),
        )
        .group_by(RouteStep.route_id)
        .subquery()
    )
    rows = session.execute(
        sa.select(Route, counted.c.steps, counted.c.confirmed, counted.c.hours)
        .outerjoin(counted, counted.c.route_id == Route.id)
        .where(Route.campaign_id == campaign_id)
        .order_by(Route.id)
    )
    return [
        Registered(
            route.person_id,
            route.tutor_id,
            route.state,
            int(steps or 0),
            int(done or 0),
            float(hours or 0.0),
            route.ends_on,
        )
        for route, steps, done, hours in rows
    ]


def count(campaign_id: str) -> int:
    """How many routes the diagnosis has."""
    query = sa.select(sa.func.count()).select_from(Route).where(Route.campaign_id == campaign_id)
    return int(session.scalar(query) or 0)
