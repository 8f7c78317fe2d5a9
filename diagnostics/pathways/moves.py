"""Allowed moves of a route and of its steps, one table each; a move is one UPDATE … WHERE state = old."""

from __future__ import annotations

from collections.abc import Mapping

import sqlalchemy as sa

from diagnostics.audit import actions as audit
from diagnostics.database import moved
from diagnostics.pathways.errors import MoveRefused
from diagnostics.pathways.models import Route, RouteState, RouteStep, StepState

R, S = RouteState, StepState

#: Back to the draft from the approved: changes after the approval make the next revision.
ROUTE_MOVES: Mapping[RouteState, frozenset[RouteState]] = {
    R.DRAFT: frozenset({R.SENT, R.CANCELLED}),
    R.SENT: frozenset({R.DRAFT, R.RETURNED, R.APPROVED, R.RUNNING}),
    R.RETURNED: frozenset({R.SENT, R.CANCELLED}),
    R.APPROVED: frozenset({R.DRAFT, R.RUNNING, R.PAUSED, R.CANCELLED}),
    R.RUNNING: frozenset({R.DRAFT, R.PAUSED, R.COMPLETED, R.CANCELLED}),
    R.PAUSED: frozenset({R.APPROVED, R.RUNNING, R.CANCELLED}),
    R.COMPLETED: frozenset(),
    R.CANCELLED: frozenset(),
}
STEP_MOVES: Mapping[StepState, frozenset[StepState]] = {
    S.NOT_STARTED: frozenset({S.IN_WORK, S.ON_REVIEW, S.CONFIRMED, S.POSTPONED}),
    S.IN_WORK: frozenset({S.ON_REVIEW, S.CONFIRMED, S.POSTPONED}),
    S.ON_REVIEW: frozenset({S.IN_WORK, S.CONFIRMED}),
    S.POSTPONED: frozenset({S.NOT_STARTED, S.IN_WORK, S.CONFIRMED}),
    S.CONFIRMED: frozenset(),
}
#: While the route may be changed.
EDITABLE = frozenset({R.DRAFT, R.RETURNED})
#: While its approved steps are walked; a pause keeps everything and waits.
WALKABLE = frozenset({R.APPROVED, R.RUNNING})


def move_route(
    route_id: str, to: RouteState, *, actor_id: str | None, came_from: RouteState, **values: object
) -> None:
    """One move out of the state that the asker saw."""
    if to not in ROUTE_MOVES[came_from]:
        raise MoveRefused("route_move_refused", to=to.value)
    statement = sa.update(Route).where(Route.id == route_id, Route.state == came_from)
    if not moved(statement.values(state=to, **values)):
        raise MoveRefused("route_move_refused", to=to.value)
    audit.record(
        f"route.{to.value}",
        actor_id=actor_id,
        kind="route",
        object_id=route_id,
        before=came_from.value,
        after=to.value,
    )


def move_step(
    step_id: str, to: StepState, *, actor_id: str | None, came_from: StepState, **values: object
) -> None:
    if to not in STEP_MOVES[came_from]:
        raise MoveRefused("step_move_refused", to=to.value)
    statement = sa.update(RouteStep).where(RouteStep.id == step_id, RouteStep.state == came_from)
    if not moved(statement.values(state=to, **values)):
        raise MoveRefused("step_move_refused", to=to.value)
    audit.record(
        f"step.{to.value}",
        actor_id=actor_id,
        kind="route_step",
        object_id=step_id,
        before=came_from.value,
        after=to.value,
    )
