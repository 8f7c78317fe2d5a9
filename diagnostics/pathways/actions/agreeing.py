"""Teacher and tutor agree: send, take back, return, approve, sign why a block has no line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from diagnostics import clock
from diagnostics.audit import actions as audit
from diagnostics.database import Json, session
from diagnostics.errors import FieldRefused
from diagnostics.pathways import loading
from diagnostics.pathways.errors import BlocksWithoutLine, MoveRefused, RouteRefused
from diagnostics.pathways.models import (
    Route,
    RouteRemark,
    RouteRevision,
    RouteState,
    RouteStep,
    RouteWaiver,
    StepKind,
    StepState,
)
from diagnostics.pathways.moves import WALKABLE, move_route
from diagnostics.pathways.queries.diagnoses import diagnosis
from diagnostics.pathways.questions import without_line
from diagnostics.pathways.review import questions_of, waivers_of
from diagnostics.resources import actions as resource_actions

LEAST_REASON, LONGEST_REASON = 20, 1000
LONGEST_GOAL = 300


def send(route_id: str, *, actor_id: str | None, goal: str | None = None) -> None:
    """The route goes to the tutor; the queue is answered oldest first."""
    route = loading.route_row(route_id)
    if route.tutor_id is None:
        raise RouteRefused("route_has_no_tutor")
    steps = loading.steps_of(route_id)
    if not any(step.kind is not StepKind.EXIT for step in steps):
        raise RouteRefused("route_is_empty")
    if goal is not None:
        route.goal = " ".join(goal.split())[:LONGEST_GOAL]
    move_route(route_id, RouteState.SENT, actor_id=actor_id, came_from=route.state, sent_at=clock.now())


def take_back(route_id: str, *, actor_id: str | None) -> None:
    """Before the tutor answered, the person may go on editing."""
    move_route(route_id, RouteState.DRAFT, actor_id=actor_id, came_from=RouteState.SENT, sent_at=None)


def return_(route_id: str, *, text: str, actor_id: str) -> None:
    """Back to the person with words on what to change."""
    text = _reason(text)
    move_route(route_id, RouteState.RETURNED, actor_id=actor_id, came_from=RouteState.SENT)
    remark(route_id, "returned", text, actor_id)


def approve(route_id: str, *, actor_id: str, text: str = "") -> None:
    """Places are taken, the revision is frozen; begun routes go on running.

    Raises
    ------
    BlocksWithoutLine
        Naming each officially high deficit that has neither a step nor a signed reason.
    NoPlaceLeft
        When a run of the route has filled up meanwhile.
    """
    route = loading.route_row(route_id)
    steps, waived = loading.steps_of(route_id), waivers_of(route_id)
    found = diagnosis(route.finding_id)
    missing = without_line(found, steps, [one.competence for one in waived])
    if missing:
        raise BlocksWithoutLine(missing, tuple(found.title(block) for block in missing))
    _book(steps)
    begun = any(step.state is not StepState.NOT_STARTED for step in steps)
    move_route(
        route_id,
        RouteState.RUNNING if begun else RouteState.APPROVED,
        actor_id=actor_id,
        came_from=RouteState.SENT,
        approved_at=clock.now(),
    )
    session.add(
        RouteRevision(
            route_id=route_id,
            revision=route.revision,
            body=snapshot(route, steps, waived),
            approved_by=actor_id,
            approved_at=clock.now(),
        )
    )
    if text.strip():
        remark(route_id, "approved", text.strip()[:LONGEST_REASON], actor_id)
    session.flush()


@dataclass(frozen=True, slots=True)
class Batch:
    """`left`: routes with open questions, which want to be looked at one by one."""

    approved: tuple[str, ...]
    left: tuple[str, ...]


def approve_batch(route_ids: Iterable[str], *, actor_id: str) -> Batch:
    """Approve the routes without any open question; the others stay in the queue."""
    approved, left = [], []
    for route_id in route_ids:
        if loading.route_row(route_id).state is RouteState.SENT and not questions_of(route_id):
            approve(route_id, actor_id=actor_id)
            approved.append(route_id)
        else:
            left.append(route_id)
    return Batch(tuple(approved), tuple(left))


def waive(route_id: str, competence: str, *, reason: str, actor_id: str) -> RouteWaiver:
    """The tutor signs why the block has no line; it stands in the document and both see it."""
    route = loading.route_row(route_id)
    if route.state is not RouteState.SENT:
        raise MoveRefused("route_not_under_review")
    found = diagnosis(route.finding_id)
    allowed = {block.code for block in (*found.officially_high, *found.undecided, *found.entering)}
    if competence not in allowed:
        raise RouteRefused("waiver_not_needed")
    text = _reason(reason)
    for standing in waivers_of(route_id):
        if standing.competence == competence:
            session.delete(standing)
    session.flush()
    waiver = RouteWaiver(
        route_id=route_id, competence=competence, reason=text, signed_by=actor_id, signed_at=clock.now()
    )
    session.add(waiver)
    audit.record("route.waive", actor_id=actor_id, kind="route", object_id=route_id, after={competence: text})
    session.flush()
    return waiver


def change_approved(route_id: str, *, actor_id: str | None) -> None:
    """Open the next revision: the approved one stays in the history, the tutor confirms the change."""
    route = loading.route_row(route_id)
    if route.state not in WALKABLE:
        raise MoveRefused("route_move_refused", to=RouteState.DRAFT.value)
    move_route(
        route_id,
        RouteState.DRAFT,
        actor_id=actor_id,
        came_from=route.state,
        revision=route.revision + 1,
        sent_at=None,
    )


def _book(steps: Iterable[RouteStep]) -> None:
    for step in steps:
        if step.kind is StepKind.RESOURCE and not step.booked and step.resource_id is not None:
            resource_actions.take_place(step.resource_id, step.date_id)
            step.booked = True
    session.flush()


def snapshot(route: Route, steps: Iterable[RouteStep], waived: Iterable[RouteWaiver]) -> Json:
    """What was approved, readable without the rows of today."""
    return {
        "goal": route.goal,
        "hours_budget": route.hours_budget,
        "starts_on": route.starts_on.isoformat(),
        "ends_on": route.ends_on.isoformat(),
        "finding": route.finding_id,
        "steps": [
            {
                "kind": step.kind.value,
                "title": step.title,
                "resource": step.resource_id,
                "competence": step.competence,
                "hours": step.hours,
                "starts_on": step.starts_on.isoformat() if step.starts_on else None,
                "due_on": step.due_on.isoformat() if step.due_on else None,
                "evidence": step.evidence,
                "reason": step.reason,
            }
            for step in steps
        ],
        "waivers": [
            {"competence": one.competence, "reason": one.reason, "signed_by": one.signed_by} for one in waived
        ],
    }


def remark(route_id: str, kind: str, text: str, author_id: str) -> RouteRemark:
    made = RouteRemark(route_id=route_id, author_id=author_id, kind=kind, text=text, at=clock.now())
    session.add(made)
    session.flush()
    return made


def _reason(text: str) -> str:
    text = " ".join(text.split())
    if len(text) < LEAST_REASON:
        raise FieldRefused("reason_too_short", field="reason", least=LEAST_REASON)
    return text[:LONGEST_REASON]
