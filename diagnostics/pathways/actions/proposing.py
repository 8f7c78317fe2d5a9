"""Propose a route from a finding, and again when its limits or wishes change."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import sqlalchemy as sa

from diagnostics import clock
from diagnostics.audit import actions as audit
from diagnostics.campaigns.models import Campaign, Wave, WaveKind
from diagnostics.database import Json, session
from diagnostics.errors import FieldRefused
from diagnostics.findings.models import Finding
from diagnostics.findings.queries import finding, is_opinion
from diagnostics.pathways import loading
from diagnostics.pathways.desk import Desk, Wishes, lay_out
from diagnostics.pathways.errors import MoveRefused, RouteRefused
from diagnostics.pathways.models import Route, RouteStep, StepKind
from diagnostics.pathways.moves import EDITABLE
from diagnostics.pathways.needs import Diagnosis
from diagnostics.pathways.proposal import Line, Proposal, proposal
from diagnostics.pathways.queries.diagnoses import diagnosis
from diagnostics.people.models import Group
from diagnostics.resources import queries as resources

LEAST_HOURS, MOST_HOURS = 4.0, 144.0
LEAST_STEPS, MOST_STEPS = 3, 10
LONGEST_DAYS = 400


def propose(finding_id: str, *, actor_id: str | None) -> Route:
    """The person's route in the diagnosis of the finding: proposed anew while it is a draft, else as it stands.

    Raises
    ------
    RouteRefused
        `route_needs_person` for an anonymous finding, `route_after_exit` for one of the exit diagnosis,
        `route_of_opinion` for a self-assessment: an opinion of oneself names no deficit,
        `route_of_trial` for a trial of questions: nobody is judged by it.
    """
    found = diagnosis(finding_id)
    if finding(finding_id).trial:
        raise RouteRefused("route_of_trial")
    if is_opinion(finding(finding_id)):
        raise RouteRefused("route_of_opinion")
    if _wave_kind(finding_id) is WaveKind.EXIT:
        raise RouteRefused("route_after_exit")
    route = session.scalars(
        sa.select(Route).where(Route.campaign_id == found.campaign_id, Route.person_id == found.person_id)
    ).first()
    if route is None:
        return _first(found, actor_id)
    if route.state in EDITABLE:
        route.finding_id = finding_id
        propose_again(route)
    return route


def change_limits(
    route_id: str,
    *,
    hours: float,
    ends_on: date,
    max_steps: int,
    formats: Iterable[str] = (),
    modes: Iterable[str] = (),
    actor_id: str | None,
) -> Route:
    """Other hours, dates or wishes: the route is proposed again; begun steps and those of one's own stay."""
    route = editable(route_id)
    _check_limits(route, hours, ends_on, max_steps)
    route.hours_budget, route.ends_on, route.max_steps = hours, ends_on, max_steps
    route.wishes = route.wishes | {"formats": sorted(formats), "modes": sorted(modes)}
    propose_again(route)
    _note(route, actor_id)
    return route


def put_back(route_id: str, *, actor_id: str | None) -> Route:
    """Forget what was taken out by hand and propose again."""
    route = editable(route_id)
    route.wishes = route.wishes | {"excluded": []}
    propose_again(route)
    _note(route, actor_id)
    return route


def editable(route_id: str) -> Route:
    route = loading.route_row(route_id)
    if route.state not in EDITABLE:
        raise MoveRefused("route_not_editable")
    return route


def propose_again(route: Route) -> None:
    """Replace what the proposal put in; keep what people put in, what has begun and what holds a place."""
    steps = loading.steps_of(route.id)
    desk = loading.desk_of(route, steps)
    made = proposal(desk)
    kept = [step for step in steps if loading.is_kept(step)]
    standing = {step.resource_id for step in kept if step.resource_id}
    fixed = {step.kind for step in kept if step.kind in {StepKind.CLARIFY, StepKind.EXIT}}
    for step in steps:
        if step not in kept:
            session.delete(step)
    session.flush()
    lines = [
        line
        for line in made.lines
        if line.kind not in fixed and (line.resource is None or line.resource.id not in standing)
    ]
    write_lines(route.id, lines, kept)
    route.proposal = made.summary
    session.flush()


def write_lines(route_id: str, lines: Iterable[Line], kept: Iterable[RouteStep] = ()) -> None:
    """Add the lines and number all steps: clarify, by date, exit last."""
    steps = [*kept, *(step_of(route_id, line) for line in lines)]
    steps.sort(key=_place)
    for order, step in enumerate(steps, 1):
        step.order = order
    session.add_all(steps)
    session.flush()


def _place(step: RouteStep) -> tuple[int, date, date]:
    rank = {StepKind.CLARIFY: 0, StepKind.EXIT: 2}.get(step.kind, 1)
    return rank, step.due_on or date.max, step.starts_on or date.max


def step_of(route_id: str, line: Line, *, order: int = 0) -> RouteStep:
    return RouteStep(
        route_id=route_id,
        order=order,
        kind=line.kind,
        resource_id=line.resource.id if line.resource else None,
        date_id=line.run.id if line.run else None,
        competence=line.competence,
        title=line.title,
        content=line.content,
        reason=line.reason,
        hours=line.hours,
        place=line.place,
        starts_on=line.starts_on,
        due_on=line.due_on,
        evidence=line.evidence,
    )


def _first(found: Diagnosis, actor_id: str | None) -> Route:
    made, desk = _made(found)
    wishes = desk.wishes
    route = Route(
        campaign_id=found.campaign_id,
        person_id=found.person_id,
        finding_id=found.finding_id,
        tutor_id=_tutor_of(found.campaign_id),
        hours_budget=wishes.hours,
        starts_on=wishes.starts_on,
        ends_on=wishes.ends_on,
        max_steps=wishes.max_steps,
        wishes={"formats": [], "modes": [], "excluded": []},
        proposal=made.summary,
        created_at=clock.now(),
    )
    session.add(route)
    session.flush()
    write_lines(route.id, made.lines)
    audit.record("route.propose", actor_id=actor_id, kind="route", object_id=route.id, after=made.summary)
    session.flush()
    return route


def _made(found: Diagnosis) -> tuple[Proposal, Desk]:
    period = loading.period_of(found.campaign_id)
    wishes = Wishes(
        starts_on=period.starts_on,
        ends_on=period.ends_on,
        learn_until=period.learn_until,
        exit_hours=period.exit_hours,
    )
    desk = lay_out(found, resources.resources(today=period.starts_on), wishes)
    return proposal(desk), desk


def _tutor_of(campaign_id: str) -> str | None:
    """The diagnosis names its tutor, else its group does, else its owner answers for the routes."""
    row = session.execute(
        sa.select(Campaign.tutor_id, Group.tutor_id, Campaign.owner_id)
        .outerjoin(Group, Group.id == Campaign.group_id)
        .where(Campaign.id == campaign_id)
    ).one()
    return next((one for one in row if one), None)


def _wave_kind(finding_id: str) -> WaveKind | None:
    return session.scalar(
        sa.select(Wave.kind).join(Finding, Finding.wave_id == Wave.id).where(Finding.id == finding_id)
    )


def _check_limits(route: Route, hours: float, ends_on: date, max_steps: int) -> None:
    if not LEAST_HOURS <= hours <= MOST_HOURS:
        raise FieldRefused("route_hours_out_of_range", field="hours", least=LEAST_HOURS, most=MOST_HOURS)
    if not LEAST_STEPS <= max_steps <= MOST_STEPS:
        raise FieldRefused("route_steps_out_of_range", field="max_steps", least=LEAST_STEPS, most=MOST_STEPS)
    if not 1 <= (ends_on - route.starts_on).days <= LONGEST_DAYS:
        raise FieldRefused("route_period_out_of_range", field="ends_on", most=LONGEST_DAYS)


def _note(route: Route, actor_id: str | None) -> None:
    facts: Json = {
        "hours": route.hours_budget,
        "ends_on": route.ends_on.isoformat(),
        "steps": route.max_steps,
        "wishes": route.wishes,
    }
    audit.record("route.change", actor_id=actor_id, kind="route", object_id=route.id, after=facts)
    session.flush()
