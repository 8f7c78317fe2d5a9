"""The approved route is walked: begin, show evidence, confirm, note what changed, pause, close."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

import sqlalchemy as sa

from diagnostics import clock
from diagnostics.database import session
from diagnostics.errors import FieldRefused
from diagnostics.pathways import loading
from diagnostics.pathways.actions.agreeing import remark
from diagnostics.pathways.errors import MoveRefused, RouteRefused
from diagnostics.pathways.models import (
    Route,
    RouteRemark,
    RouteState,
    RouteStep,
    StepEvidence,
    StepKind,
    StepState,
)
from diagnostics.pathways.moves import WALKABLE, move_route, move_step
from diagnostics.resources import actions as resource_actions

LONGEST_TEXT = 4000
SHOWN, NOT_SHOWN = "shown", "not_shown"


def start_step(step_id: str, *, actor_id: str | None) -> None:
    """Begin a step; what needs no place may be begun while the tutor is still reading."""
    route, step = loading.step_row(step_id)
    early = route.state is RouteState.SENT and step.kind is StepKind.RESOURCE and step.date_id is None
    if not early:
        _set_out(route, actor_id)
    move_step(step_id, StepState.IN_WORK, actor_id=actor_id, came_from=step.state)


def postpone_step(step_id: str, *, actor_id: str | None) -> None:
    route, step = loading.step_row(step_id)
    _walkable(route)
    move_step(step_id, StepState.POSTPONED, actor_id=actor_id, came_from=step.state)


def add_evidence(step_id: str, *, text: str, actor_id: str, file_id: str | None = None) -> StepEvidence:
    """Words, and a file if there is one; the step waits for the tutor's look."""
    route, step = loading.step_row(step_id)
    text = _text(text)
    _set_out(route, actor_id)
    if step.state is not StepState.ON_REVIEW:
        move_step(step_id, StepState.ON_REVIEW, actor_id=actor_id, came_from=step.state)
    made = StepEvidence(step_id=step_id, text=text, file_id=file_id, author_id=actor_id, at=clock.now())
    session.add(made)
    session.flush()
    return made


def confirm_step(step_id: str, *, actor_id: str, text: str = "") -> None:
    """The tutor has seen the evidence."""
    route, step = loading.step_row(step_id)
    _set_out(route, actor_id)
    if step.kind is StepKind.CLARIFY:
        raise RouteRefused("clarify_wants_outcome")
    move_step(step_id, StepState.CONFIRMED, actor_id=actor_id, came_from=step.state, confirmed_at=clock.now())
    if text.strip():
        remark(route.id, "remark", text.strip()[:LONGEST_TEXT], actor_id)


def ask_more(step_id: str, *, text: str, actor_id: str) -> None:
    """The evidence does not yet show it: back to work with words."""
    route, step = loading.step_row(step_id)
    text = _text(text)
    _walkable(route)
    move_step(step_id, StepState.IN_WORK, actor_id=actor_id, came_from=step.state)
    remark(route.id, "remark", text, actor_id)


def clarify(step_id: str, *, confirmed: bool, text: str, actor_id: str) -> tuple[RouteStep, ...]:
    """The tutor's decision after a talk or a visited lesson.

    Where the deficit is not shown, steps that serve the clarified blocks only and have not begun are put
    off; they are the answer. Nothing that has begun is touched.
    """
    route, step = loading.step_row(step_id)
    if step.kind is not StepKind.CLARIFY:
        raise RouteRefused("not_a_clarifying_step")
    text = _text(text)
    _set_out(route, actor_id)
    outcome = SHOWN if confirmed else NOT_SHOWN
    move_step(
        step_id,
        StepState.CONFIRMED,
        actor_id=actor_id,
        came_from=step.state,
        confirmed_at=clock.now(),
        outcome=outcome,
    )
    remark(route.id, "clarified", text, actor_id)
    return () if confirmed else _put_off(route, step, actor_id)


def note_lesson(route_id: str, *, text: str, actor_id: str) -> RouteRemark:
    """«Что изменилось в моём уроке»: two or three sentences for oneself and the tutor."""
    route = loading.route_row(route_id)
    if route.state in {RouteState.CANCELLED, RouteState.DRAFT}:
        raise MoveRefused("route_not_walked")
    return remark(route_id, "lesson", _text(text), actor_id)


def pause(route_id: str, *, until: date, actor_id: str | None) -> None:
    """Confirmed and begun steps stay as they are; places are kept."""
    route = loading.route_row(route_id)
    _walkable(route)
    if until <= clock.now().date():
        raise FieldRefused("pause_in_past", field="until")
    move_route(route_id, RouteState.PAUSED, actor_id=actor_id, came_from=route.state, paused_until=until)


def resume(route_id: str, *, actor_id: str | None) -> None:
    steps = loading.steps_of(route_id)
    begun = any(step.state is not StepState.NOT_STARTED for step in steps)
    move_route(
        route_id,
        RouteState.RUNNING if begun else RouteState.APPROVED,
        actor_id=actor_id,
        came_from=RouteState.PAUSED,
        paused_until=None,
    )


def complete(route_id: str, *, conclusion: str, actor_id: str) -> None:
    """The tutor closes the route: every step is confirmed or put off."""
    route = loading.route_row(route_id)
    waiting = [
        step
        for step in loading.steps_of(route_id)
        if step.state not in {StepState.CONFIRMED, StepState.POSTPONED}
    ]
    if waiting:
        raise RouteRefused("route_has_open_steps", number=len(waiting), first=waiting[0].title)
    move_route(
        route_id,
        RouteState.COMPLETED,
        actor_id=actor_id,
        came_from=route.state,
        conclusion=_text(conclusion),
    )


def note_exits(campaign_id: str, person_ids: Collection[str]) -> None:
    """`note_exit` of many: most have no walked route."""
    walked = sa.select(Route.person_id).where(
        Route.campaign_id == campaign_id, Route.person_id.in_(person_ids), Route.state.in_(WALKABLE)
    )
    for person_id in session.scalars(walked.order_by(Route.person_id)).all():
        note_exit(campaign_id, person_id)


def note_exit(campaign_id: str, person_id: str) -> bool:
    """The exit diagnosis was sent: its step is done. False where no walked route waits for it."""
    route = loading.route_of(campaign_id, person_id)
    if route is None or route.state not in WALKABLE:
        return False
    for step in loading.steps_of(route.id):
        if step.kind is StepKind.EXIT and step.state is not StepState.CONFIRMED:
            _set_out(route, None)
            move_step(
                step.id, StepState.CONFIRMED, actor_id=None, came_from=step.state, confirmed_at=clock.now()
            )
            return True
    return False


def _set_out(route: Route, actor_id: str | None) -> None:
    """The first step that is begun sets the approved route going."""
    _walkable(route)
    if route.state is RouteState.APPROVED:
        move_route(route.id, RouteState.RUNNING, actor_id=actor_id, came_from=RouteState.APPROVED)


def _walkable(route: Route) -> None:
    if route.state not in WALKABLE:
        raise MoveRefused("route_not_walked")


def _put_off(route: Route, clarified: RouteStep, actor_id: str | None) -> tuple[RouteStep, ...]:
    blocks = set(clarified.reason.get("clarifies", ()))
    found = [
        step
        for step in loading.steps_of(route.id)
        if step.kind is StepKind.RESOURCE
        and step.state is StepState.NOT_STARTED
        and set(step.reason.get("serves", ())) <= blocks
    ]
    for step in found:
        if step.booked and step.resource_id is not None:
            resource_actions.free_place(step.resource_id, step.date_id)
            step.booked = False
        move_step(step.id, StepState.POSTPONED, actor_id=actor_id, came_from=StepState.NOT_STARTED)
    return tuple(found)


def _text(text: str) -> str:
    text = text.strip()
    if not text:
        raise FieldRefused("text_empty", field="text")
    return text[:LONGEST_TEXT]
