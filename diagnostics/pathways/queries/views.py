"""A route as its page and its document read it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from diagnostics.campaigns.models import Campaign
from diagnostics.database import Json, session
from diagnostics.errors import Missing
from diagnostics.files.models import StoredFile
from diagnostics.pathways import loading
from diagnostics.pathways.models import (
    Route,
    RouteRemark,
    RouteState,
    RouteStep,
    RouteWaiver,
    StepEvidence,
    StepKind,
    StepState,
)
from diagnostics.pathways.queries.names import Name, names
from diagnostics.people.queries.places import zone_of
from diagnostics.resources.models import Resource


@dataclass(frozen=True, slots=True)
class EvidenceView:
    text: str
    at: datetime
    file_id: str | None
    file_name: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StepView:
    """`form`, `mode`, `link`: of the resource behind it, empty for other kinds."""

    id: str
    order: int
    kind: StepKind
    state: StepState
    title: str
    content: str
    competence: str | None
    reason: Json
    hours: float
    place: str
    starts_on: date | None
    due_on: date | None
    evidence: str
    outcome: str
    confirmed_at: datetime | None
    resource_id: str | None
    dated: bool
    form: str
    mode: str
    link: str
    shown: tuple[EvidenceView, ...]

    @property
    def is_open(self) -> bool:
        return self.state not in {StepState.CONFIRMED, StepState.POSTPONED}


@dataclass(frozen=True, slots=True)
class RemarkView:
    kind: str
    text: str
    at: datetime
    author: Name


@dataclass(frozen=True, slots=True)
class WaiverView:
    competence: str
    reason: str
    signed_by: Name
    signed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteView:
    id: str
    campaign_id: str
    campaign_title: str
    zone: str
    person_id: str
    person: Name
    tutor: Name | None
    finding_id: str
    state: RouteState
    revision: int
    goal: str
    hours_budget: float
    starts_on: date
    ends_on: date
    max_steps: int
    wishes: Json
    proposal: Json
    conclusion: str
    paused_until: date | None
    created_at: datetime
    sent_at: datetime | None
    approved_at: datetime | None
    steps: tuple[StepView, ...]
    remarks: tuple[RemarkView, ...]
    waivers: tuple[WaiverView, ...]

    @property
    def hours(self) -> float:
        return sum(step.hours for step in self.steps)

    @property
    def hours_confirmed(self) -> float:
        return sum(step.hours for step in self.steps if step.state is StepState.CONFIRMED)

    @property
    def done(self) -> int:
        return sum(step.state is StepState.CONFIRMED for step in self.steps)

    @property
    def next_step(self) -> StepView | None:
        """Begun before not begun, in the order of the route; a step on review waits for the tutor."""
        begun = [step for step in self.steps if step.state is StepState.IN_WORK]
        waiting = [step for step in self.steps if step.state is StepState.NOT_STARTED]
        return next(iter([*begun, *waiting]), None)

    def overdue(self, today: date) -> tuple[StepView, ...]:
        return tuple(
            step
            for step in self.steps
            if step.due_on
            and step.due_on < today
            and step.state in {StepState.NOT_STARTED, StepState.IN_WORK}
        )

    def remarks_of(self, *kinds: str) -> tuple[RemarkView, ...]:
        return tuple(one for one in self.remarks if one.kind in kinds)


def route(route_id: str) -> RouteView:
    """One route with all that belongs to it; Missing for an unknown id."""
    row = loading.route_row(route_id)
    campaign = session.get_one(Campaign, row.campaign_id)
    remarks = session.scalars(
        sa.select(RouteRemark).where(RouteRemark.route_id == route_id).order_by(RouteRemark.at.desc())
    ).all()
    waivers = session.scalars(
        sa.select(RouteWaiver).where(RouteWaiver.route_id == route_id).order_by(RouteWaiver.competence)
    ).all()
    who = names(
        {
            row.person_id,
            *filter(None, [row.tutor_id]),
            *(one.author_id for one in remarks),
            *(one.signed_by for one in waivers),
        }
    )
    return RouteView(
        id=row.id,
        campaign_id=row.campaign_id,
        campaign_title=campaign.title,
        zone=zone_of(campaign.node_id),
        person_id=row.person_id,
        person=who[row.person_id],
        tutor=who[row.tutor_id] if row.tutor_id else None,
        finding_id=row.finding_id,
        state=row.state,
        revision=row.revision,
        goal=row.goal,
        hours_budget=row.hours_budget,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        max_steps=row.max_steps,
        wishes=row.wishes,
        proposal=row.proposal,
        conclusion=row.conclusion,
        paused_until=row.paused_until,
        created_at=row.created_at,
        sent_at=row.sent_at,
        approved_at=row.approved_at,
        steps=_steps(loading.steps_of(route_id)),
        remarks=tuple(RemarkView(one.kind, one.text, one.at, who[one.author_id]) for one in remarks),
        waivers=tuple(
            WaiverView(one.competence, one.reason, who[one.signed_by], one.signed_at) for one in waivers
        ),
    )


def newest_of(person_id: str, *, campaign_id: str | None = None) -> str | None:
    """The id of the person's route to show: one still walked or drafted before closed ones, newest first."""
    closed = Route.state.in_((RouteState.COMPLETED, RouteState.CANCELLED))
    query = sa.select(Route.id).where(Route.person_id == person_id)
    if campaign_id is not None:
        query = query.where(Route.campaign_id == campaign_id)
    return session.scalars(query.order_by(closed, Route.created_at.desc()).limit(1)).first()


def step_place(step_id: str) -> str:
    """The id of the route that the step belongs to; Missing for an unknown step."""
    found = session.scalar(sa.select(RouteStep.route_id).where(RouteStep.id == step_id))
    if found is None:
        raise Missing
    return found


def evidence_step(file_id: str) -> str | None:
    """The id of the route to which the file was added as evidence."""
    return session.scalar(
        sa.select(RouteStep.route_id)
        .join(StepEvidence, StepEvidence.step_id == RouteStep.id)
        .where(StepEvidence.file_id == file_id)
        .limit(1)
    )


def _steps(rows: Collection[RouteStep]) -> tuple[StepView, ...]:
    ids = {row.resource_id for row in rows if row.resource_id}
    behind = {one.id: one for one in session.scalars(sa.select(Resource).where(Resource.id.in_(ids)))}
    shown = _evidence([row.id for row in rows])
    return tuple(_step(row, behind.get(row.resource_id or ""), tuple(shown[row.id])) for row in rows)


def _evidence(step_ids: Collection[str]) -> dict[str, list[EvidenceView]]:
    found: dict[str, list[EvidenceView]] = defaultdict(list)
    rows = session.execute(
        sa.select(StepEvidence, StoredFile.name)
        .outerjoin(StoredFile, StoredFile.id == StepEvidence.file_id)
        .where(StepEvidence.step_id.in_(step_ids))
        .order_by(StepEvidence.at)
    )
    for row, name in rows:
        found[row.step_id].append(EvidenceView(row.text, row.at, row.file_id, name))
    return found


def _step(row: RouteStep, resource: Resource | None, shown: tuple[EvidenceView, ...]) -> StepView:
    return StepView(
        id=row.id,
        order=row.order,
        kind=row.kind,
        state=row.state,
        title=row.title,
        content=row.content,
        competence=row.competence,
        reason=row.reason,
        hours=row.hours,
        place=row.place,
        starts_on=row.starts_on,
        due_on=row.due_on,
        evidence=row.evidence,
        outcome=row.outcome,
        confirmed_at=row.confirmed_at,
        resource_id=row.resource_id,
        dated=row.date_id is not None,
        form=resource.format if resource else "",
        mode=resource.mode if resource else "",
        link=(resource.link or "") if resource else "",
        shown=shown,
    )
