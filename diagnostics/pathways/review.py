"""What stands open on a route when the tutor looks at it."""

from __future__ import annotations

from collections.abc import Iterable

import sqlalchemy as sa

from diagnostics.database import session
from diagnostics.pathways import loading
from diagnostics.pathways.models import RouteStep, RouteWaiver, StepKind
from diagnostics.pathways.needs import Diagnosis
from diagnostics.pathways.queries.diagnoses import diagnosis
from diagnostics.pathways.questions import Question, questions
from diagnostics.resources.models import Resource, ResourceDate


def questions_of(route_id: str, found: Diagnosis | None = None) -> tuple[Question, ...]:
    route = loading.route_row(route_id)
    steps = loading.steps_of(route_id)
    waived = [one.competence for one in waivers_of(route_id)]
    return questions(
        found or diagnosis(route.finding_id),
        steps,
        waived,
        hours_budget=route.hours_budget,
        full=full_steps(steps),
    )


def waivers_of(route_id: str) -> list[RouteWaiver]:
    query = sa.select(RouteWaiver).where(RouteWaiver.route_id == route_id)
    return list(session.scalars(query.order_by(RouteWaiver.competence)))


def full_steps(steps: Iterable[RouteStep]) -> set[str]:
    """Ids of steps that hold no place and whose run or resource has none left."""
    waiting = [step for step in steps if step.kind is StepKind.RESOURCE and not step.booked]
    runs = session.scalars(
        sa.select(ResourceDate.id).where(
            ResourceDate.id.in_([step.date_id for step in waiting if step.date_id]),
            ResourceDate.places.is_not(None),
            ResourceDate.taken >= ResourceDate.places,
        )
    )
    undated = session.scalars(
        sa.select(Resource.id).where(
            Resource.id.in_([step.resource_id for step in waiting if not step.date_id]),
            Resource.places.is_not(None),
            Resource.taken >= Resource.places,
        )
    )
    full = {*runs, *undated}
    return {step.id for step in waiting if (step.date_id or step.resource_id) in full}
