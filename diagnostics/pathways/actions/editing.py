"""The person edits the proposal: swap, take out, move, add from the catalogue or of one's own."""

from __future__ import annotations

from datetime import date

from diagnostics.audit import actions as audit
from diagnostics.database import Json, session
from diagnostics.errors import FieldRefused, Missing
from diagnostics.pathways import loading, reasons
from diagnostics.pathways.actions.proposing import editable, step_of
from diagnostics.pathways.desk import Desk
from diagnostics.pathways.errors import MoveRefused, RouteRefused
from diagnostics.pathways.models import Route, RouteState, RouteStep, StepKind, StepState
from diagnostics.pathways.proposal import resource_line
from diagnostics.resources import actions as resource_actions
from diagnostics.resources.queries import ResourceView

LONGEST_TITLE, LONGEST_TEXT = 200, 2000
MOST_LINES = 15


def swap(step_id: str, resource_id: str, *, actor_id: str | None) -> RouteStep:
    """Another resource in the place of this one; the new one stays when the route is proposed again."""
    route, step = _open_step(step_id)
    steps = loading.steps_of(route.id)
    desk = loading.desk_of(route, steps)
    new = _on_desk(desk, resource_id)
    _check_same_content(desk, new, [one for one in steps if one.id != step_id])
    _release(step)
    line = resource_line(
        desk, new.code, _codes(desk, steps), free_from=step.starts_on or route.starts_on, by="hand"
    )
    made = step_of(route.id, line, order=step.order)
    session.delete(step)
    session.add(made)
    _exclude(route, step.resource_id, desk)
    session.flush()
    _note("route.swap", route, actor_id, {"out": step.resource_id, "in": resource_id})
    return made


def add_resource(route_id: str, resource_id: str, *, actor_id: str | None) -> RouteStep:
    """A resource of the catalogue that the person chose; what it requires must already stand in the route."""
    route = editable(route_id)
    steps = loading.steps_of(route_id)
    desk = loading.desk_of(route, steps)
    new = _on_desk(desk, resource_id)
    if any(step.resource_id == new.id for step in steps):
        raise RouteRefused("route_has_resource", title=new.title["ru"])
    _check_same_content(desk, new, steps)
    _check_prerequisites(desk, new, steps)
    line = resource_line(desk, new.code, _codes(desk, steps), free_from=_free_from(route, steps), by="hand")
    made = _insert(steps, step_of(route_id, line))
    _unexclude(route, new.code)
    _note("route.add", route, actor_id, {"in": resource_id})
    return made


def add_own(
    route_id: str,
    *,
    title: str,
    content: str,
    hours: float,
    due_on: date,
    evidence: str,
    competence: str | None,
    actor_id: str | None,
    author: str = "teacher",
) -> RouteStep:
    """A step in one's own words: an exchange of lessons, work of the methodical union, a book."""
    route = editable(route_id) if author == "teacher" else _under_review(route_id)
    steps = loading.steps_of(route_id)
    title = " ".join(title.split())
    if not title or len(title) > LONGEST_TITLE:
        raise FieldRefused("step_title_wrong", field="title", most=LONGEST_TITLE)
    if not 0 < hours <= route.hours_budget:
        raise FieldRefused("step_hours_wrong", field="hours", most=route.hours_budget)
    if not route.starts_on <= due_on <= route.ends_on:
        raise FieldRefused("step_due_outside", field="due_on")
    if len(steps) >= MOST_LINES:
        raise RouteRefused("route_too_long", most=MOST_LINES)
    step = RouteStep(
        route_id=route_id,
        order=0,
        kind=StepKind.OWN,
        competence=competence,
        title=title,
        content=content.strip()[:LONGEST_TEXT],
        reason=reasons.of_own(competence, author),
        hours=hours,
        starts_on=route.starts_on,
        due_on=due_on,
        evidence=evidence.strip()[:LONGEST_TITLE],
    )
    made = _insert(steps, step)
    _note("route.add_own", route, actor_id, {"title": title})
    return made


def remove(step_id: str, *, actor_id: str | None) -> None:
    """Take a step out; it is not proposed again until the person puts it back."""
    route, step = _open_step(step_id)
    _release(step)
    if step.resource_id is not None:
        _exclude(route, step.resource_id, loading.desk_of(route, loading.steps_of(route.id)))
    session.delete(step)
    session.flush()
    _renumber([one for one in loading.steps_of(route.id) if one.id != step_id])
    _note("route.remove", route, actor_id, {"out": step.title})


def move(step_id: str, *, down: bool, actor_id: str | None) -> None:
    """One place up or down; the exit diagnosis stays last, a step does not go before what it requires."""
    route, step = loading.step_row(step_id)
    editable(route.id)
    steps = loading.steps_of(route.id)
    place = next(number for number, one in enumerate(steps) if one.id == step_id)
    other = place + (1 if down else -1)
    if not 0 <= other < len(steps) or StepKind.EXIT in {step.kind, steps[other].kind}:
        raise RouteRefused("step_stays")
    first, second = (steps[other], step) if not down else (step, steps[other])
    _check_order(route, steps, before=second, after=first)
    steps[place], steps[other] = steps[other], steps[place]
    _renumber(steps)
    _note("route.reorder", route, actor_id, {"step": step_id, "down": down})


def _check_order(route: Route, steps: list[RouteStep], *, before: RouteStep, after: RouteStep) -> None:
    """`before` is about to stand before `after`: refused when it requires it."""
    desk = loading.desk_of(route, steps)
    codes = {one.id: one for one in desk.catalogue.values()}
    early, late = codes.get(before.resource_id or ""), codes.get(after.resource_id or "")
    if early and late and late.code in early.prerequisites:
        raise RouteRefused("step_needs_before", title=early.title["ru"], before=late.title["ru"])


def _open_step(step_id: str) -> tuple[Route, RouteStep]:
    """A step that may still be changed: not begun, and not the exit diagnosis."""
    route, step = loading.step_row(step_id)
    editable(route.id)
    if step.kind is StepKind.EXIT:
        raise RouteRefused("step_stays")
    if step.state not in {StepState.NOT_STARTED, StepState.POSTPONED}:
        raise MoveRefused("step_begun")
    return route, step


def _under_review(route_id: str) -> Route:
    route = loading.route_row(route_id)
    if route.state is not RouteState.SENT:
        raise MoveRefused("route_not_under_review")
    return route


def _on_desk(desk: Desk, resource_id: str) -> ResourceView:
    """The resource among those that serve a need of this person and have a place."""
    for one in desk.catalogue.values():
        if one.id == resource_id:
            if one.code not in desk.problem.places:
                raise RouteRefused("resource_serves_no_need", title=one.title["ru"])
            return one
    raise Missing


def _codes(desk: Desk, steps: list[RouteStep]) -> list[str]:
    codes = {one.id: one.code for one in desk.catalogue.values()}
    found = [codes[step.resource_id] for step in steps if step.resource_id in codes]
    return [code for code in found if code in desk.problem.places]


def _check_same_content(desk: Desk, new: ResourceView, others: list[RouteStep]) -> None:
    views = {one.id: one for one in desk.catalogue.values()}
    for step in others:
        standing = views.get(step.resource_id or "")
        if standing and standing.content_group == new.content_group:
            raise RouteRefused("route_same_content", a=standing.title["ru"], b=new.title["ru"])


def _check_prerequisites(desk: Desk, new: ResourceView, steps: list[RouteStep]) -> None:
    standing = {step.resource_id for step in steps}
    for code in new.prerequisites:
        before = desk.catalogue.get(code)
        if before is not None and before.id not in standing:
            raise RouteRefused("step_needs_before", title=new.title["ru"], before=before.title["ru"])


def _free_from(route: Route, steps: list[RouteStep]) -> date:
    """After the last undated step, so that two self-study steps do not stand in the same days."""
    ends = [
        step.due_on for step in steps if step.kind is StepKind.RESOURCE and not step.date_id and step.due_on
    ]
    return max([*ends, route.starts_on])


def _insert(steps: list[RouteStep], made: RouteStep) -> RouteStep:
    """By its last day among the others; clarifying stays first and the exit diagnosis last."""
    last = date.max
    place = next(
        (
            number
            for number, step in enumerate(steps)
            if step.kind is StepKind.EXIT
            or (step.kind is not StepKind.CLARIFY and (step.due_on or last) > (made.due_on or last))
        ),
        len(steps),
    )
    session.add(made)
    _renumber([*steps[:place], made, *steps[place:]])
    session.flush()
    return made


def _renumber(steps: list[RouteStep]) -> None:
    for order, step in enumerate(steps, 1):
        step.order = order
    session.flush()


def _release(step: RouteStep) -> None:
    if step.booked and step.resource_id is not None:
        resource_actions.free_place(step.resource_id, step.date_id)


def _exclude(route: Route, resource_id: str | None, desk: Desk) -> None:
    code = next((one.code for one in desk.catalogue.values() if one.id == resource_id), None)
    if code is not None:
        route.wishes = route.wishes | {"excluded": sorted({*route.wishes.get("excluded", ()), code})}


def _unexclude(route: Route, code: str) -> None:
    rest = [one for one in route.wishes.get("excluded", ()) if one != code]
    route.wishes = route.wishes | {"excluded": rest}
    session.flush()


def _note(action: str, route: Route, actor_id: str | None, after: Json) -> None:
    audit.record(action, actor_id=actor_id, kind="route", object_id=route.id, after=after)
    session.flush()
