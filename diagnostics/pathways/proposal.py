"""From the desk to lines: solve, put in order of time, give each line its reason, name what did not fit."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from diagnostics.database import Json
from diagnostics.measurement.allocation.plan import Plan, propose
from diagnostics.pathways import reasons
from diagnostics.pathways.desk import CLARIFY_DAYS, CLARIFY_HOURS, Desk, Wishes
from diagnostics.pathways.models import StepKind
from diagnostics.resources.queries import ResourceView, RunView

#: Russian is the language of the document; the page translates these two titles.
CLARIFY_TITLE = "Уточнить вывод"
EXIT_TITLE = "Итоговая диагностика"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One step to be: what, why, how long, until when. `content` stays empty where the page says it."""

    kind: StepKind
    title: str
    reason: Json
    hours: float
    starts_on: date
    due_on: date
    resource: ResourceView | None = None
    run: RunView | None = None
    competence: str | None = None
    content: str = ""
    place: str = ""
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """Lines in the order of time, and what the optimiser said: status, gap, what stayed open, what helps."""

    lines: tuple[Line, ...]
    summary: Json


def proposal(desk: Desk) -> Proposal:
    """The whole route: clarify first, resources by date, the exit diagnosis last."""
    plan = propose(desk.problem)
    taken = [step.resource for step in plan.steps] or sorted(desk.problem.limits.required)
    lines = [*clarifying(desk), *resource_lines(desk, taken), exit_line(desk.wishes)]
    return Proposal(tuple(lines), _summary(desk, plan))


def clarifying(desk: Desk) -> list[Line]:
    """One meeting, one visited lesson or the tutor's decision settles all blocks that are not sure."""
    if not desk.diagnosis.to_clarify:
        return []
    starts = desk.wishes.starts_on
    line = Line(
        kind=StepKind.CLARIFY,
        title=CLARIFY_TITLE,
        reason=reasons.of_clarifying(desk.diagnosis),
        hours=CLARIFY_HOURS,
        starts_on=starts,
        due_on=min(starts + timedelta(days=CLARIFY_DAYS), max(desk.wishes.learn_until, starts)),
    )
    return [line]


def exit_line(wishes: Wishes) -> Line:
    return Line(
        kind=StepKind.EXIT,
        title=EXIT_TITLE,
        reason=reasons.of_exit(),
        hours=wishes.exit_hours,
        starts_on=max(min(wishes.learn_until, wishes.ends_on), wishes.starts_on),
        due_on=wishes.ends_on,
    )


def resource_lines(desk: Desk, taken: Sequence[str]) -> list[Line]:
    """Dated resources stand at their dates; the others follow one another from the first day."""
    free_from = desk.wishes.starts_on
    lines = []
    for code in _after_prerequisites(desk, taken):
        line = resource_line(desk, code, taken, free_from=free_from)
        if line.run is None:
            free_from = min(line.due_on + timedelta(days=1), desk.wishes.learn_until)
        lines.append(line)
    return _by_time(lines)


def resource_line(
    desk: Desk, code: str, taken: Sequence[str], *, free_from: date, by: str = "proposal"
) -> Line:
    resource, run = desk.catalogue[code], desk.runs.get(code)
    starts = run.starts_on if run else free_from
    last = run.ends_on if run else starts + timedelta(days=resource.lasts_days - 1)
    served = desk.served(code)
    return Line(
        kind=StepKind.RESOURCE,
        title=resource.title["ru"],
        reason=reasons.of_resource(desk, code, taken, by=by),
        hours=resource.hours,
        starts_on=starts,
        due_on=last if run else max(min(last, desk.wishes.learn_until), starts),
        resource=resource,
        run=run,
        competence=served[0] if served else None,
        content=resource.summary["ru"],
        place=resource.provider,
        evidence=resource.evidence["ru"],
    )


def _after_prerequisites(desk: Desk, taken: Sequence[str]) -> list[str]:
    """The order of the plan, but never a resource before what it requires."""
    placed: list[str] = []
    waiting = list(taken)
    while waiting:
        ready = [code for code in waiting if not set(desk.catalogue[code].prerequisites) & set(waiting)]
        placed.append((ready or waiting)[0])
        waiting.remove(placed[-1])
    return placed


def _by_time(lines: Collection[Line]) -> list[Line]:
    """By the last day; what a line requires ends before it by the layout of `resource_lines`."""
    return sorted(lines, key=lambda line: (line.due_on, line.starts_on))


def _summary(desk: Desk, plan: Plan) -> Json:
    return {
        "status": plan.status,
        "gap": plan.gap,
        "value": plan.value,
        "covered": [{"block": one.competence, "passes": one.passes} for one in plan.covered],
        "open": [{"block": one.competence, "reason": one.reason} for one in plan.open_needs],
        "relaxations": [dict(one.changes) for one in plan.relaxations],
        "undecided": [block.code for block in desk.diagnosis.undecided],
        "considered": len(desk.problem.resources),
    }
