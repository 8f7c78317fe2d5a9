"""Lists of routes: the tutor's queue and people."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from diagnostics.campaigns.models import Campaign, Seat, Wave
from diagnostics.database import session
from diagnostics.pathways.models import Route, RouteState, RouteStep, StepState
from diagnostics.pathways.queries.names import Name, names
from diagnostics.pathways.questions import Question
from diagnostics.pathways.review import questions_of
from diagnostics.people.models import OrgNode


@dataclass(frozen=True, slots=True)
class Waiting:
    """A route that the tutor has to answer. Without questions it may be approved in a batch."""

    route_id: str
    person: Name
    school: str
    campaign_title: str
    sent_at: datetime
    revision: int
    steps: int
    hours: float
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Guided:
    """A route of the tutor's that is not in the queue now."""

    route_id: str
    person: Name
    school: str
    state: RouteState
    steps: int
    confirmed: int
    on_review: int

    @property
    def is_walked(self) -> bool:
        """All steps are confirmed; the tutor's conclusion is what is left."""
        return self.state is RouteState.RUNNING and 0 < self.steps == self.confirmed

    @property
    def waits(self) -> bool:
        return bool(self.on_review) or self.is_walked


def to_review(tutor_id: str) -> list[Waiting]:
    """Routes sent to the tutor, who waits longest first."""
    rows = session.scalars(
        sa.select(Route)
        .where(Route.tutor_id == tutor_id, Route.state == RouteState.SENT)
        .order_by(Route.sent_at, Route.id)
    ).all()
    facts = _facts(rows)
    return [
        Waiting(
            route_id=row.id,
            person=facts.people[row.person_id],
            school=facts.schools.get((row.campaign_id, row.person_id), ""),
            campaign_title=facts.campaigns[row.campaign_id],
            sent_at=row.sent_at or row.created_at,
            revision=row.revision,
            steps=facts.steps.get(row.id, (0, 0, 0, 0.0))[0],
            hours=facts.steps.get(row.id, (0, 0, 0, 0.0))[3],
            questions=questions_of(row.id),
        )
        for row in rows
    ]


def guided_by(tutor_id: str) -> list[Guided]:
    """The tutor's other routes by name, those with something to look at first."""
    rows = session.scalars(
        sa.select(Route).where(
            Route.tutor_id == tutor_id, Route.state.not_in((RouteState.SENT, RouteState.CANCELLED))
        )
    ).all()
    facts = _facts(rows)
    found = [
        Guided(
            route_id=row.id,
            person=facts.people[row.person_id],
            school=facts.schools.get((row.campaign_id, row.person_id), ""),
            state=row.state,
            steps=facts.steps.get(row.id, (0, 0, 0, 0.0))[0],
            confirmed=facts.steps.get(row.id, (0, 0, 0, 0.0))[1],
            on_review=facts.steps.get(row.id, (0, 0, 0, 0.0))[2],
        )
        for row in rows
    ]
    return sorted(found, key=lambda one: (not one.on_review, not one.is_walked, one.person.full))


def waiting_for(tutor_id: str) -> tuple[int, int, int]:
    """Routes of the tutor's: sent, with evidence to look at, with all steps confirmed and no conclusion."""
    rows = session.execute(
        sa.select(Route.id, Route.state).where(
            Route.tutor_id == tutor_id, Route.state.in_((RouteState.SENT, RouteState.RUNNING))
        )
    ).all()
    sent = sum(state is RouteState.SENT for _, state in rows)
    counts = counts_of([route_id for route_id, state in rows if state is RouteState.RUNNING]).values()
    return sent, sum(bool(one[2]) for one in counts), sum(one[0] == one[1] for one in counts)


@dataclass(frozen=True, slots=True)
class _Facts:
    people: dict[str, Name]
    schools: dict[tuple[str, str], str]
    campaigns: dict[str, str]
    steps: dict[str, tuple[int, int, int, float]]  # all, confirmed, on review, hours


def _facts(rows: Iterable[Route]) -> _Facts:
    routes = list(rows)
    campaign_ids = {row.campaign_id for row in routes}
    people = {row.person_id for row in routes}
    titles = session.execute(sa.select(Campaign.id, Campaign.title).where(Campaign.id.in_(campaign_ids)))
    schools = session.execute(
        sa.select(Wave.campaign_id, Seat.respondent_id, OrgNode.short_name)
        .join(Wave, Wave.id == Seat.wave_id)
        .join(OrgNode, OrgNode.id == Seat.school_id)
        .where(Wave.campaign_id.in_(campaign_ids), Seat.respondent_id.in_(people))
    )
    return _Facts(
        people=names(people),
        schools={(campaign, person): school for campaign, person, school in schools if person},
        campaigns={row[0]: row[1] for row in titles},
        steps=counts_of([row.id for row in routes]),
    )


def counts_of(route_ids: Iterable[str]) -> dict[str, tuple[int, int, int, float]]:
    """Route → (steps, confirmed, on review, hours); a route without steps is not in it."""

    def of(state: StepState) -> sa.ColumnElement[int]:
        return sa.func.sum(sa.case((RouteStep.state == state, 1), else_=0))

    rows = session.execute(
        sa.select(
            RouteStep.route_id,
            sa.func.count(),
            of(StepState.CONFIRMED),
            of(StepState.ON_REVIEW),
            sa.func.sum(RouteStep.hours),
        )
        .where(RouteStep.route_id.in_(list(route_ids)))
        .group_by(RouteStep.route_id)
    )
    return {row[0]: (int(row[1]), int(row[2]), int(row[3]), float(row[4])) for row in rows}
