"""The proposed route with its reasons, and what a change by hand costs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from diagnostics.measurement.allocation.model import SLACKS, Model, Solution
from diagnostics.measurement.allocation.problem import Need, Problem, Resource
from diagnostics.measurement.allocation.value import broken_limits, coverage, price, value, worth
from diagnostics.measurement.numeric import FloatArray

#: Time for the route itself and for each question about a limit.
SECONDS = 0.8
NEGLIGIBLE = 1e-6


@dataclass(frozen=True, slots=True)
class Step:
    """One resource of the route and why it is there.

    Attributes
    ----------
    resource, hours : code and effort
    gain : what it adds to the steps before it; the gains of a route sum to its worth
    loss : what the whole route would lose without it (its prerequisites' followers stay)
    needs : (competence, gain) of each need it adds to, the largest first
    opens : resources of the route that require it
    """

    resource: str
    hours: float
    gain: float
    loss: float
    needs: tuple[tuple[str, float], ...]
    opens: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CoveredNeed:
    """How far a need is covered: passes (1 = once, fully) and the resources behind them."""

    competence: str
    passes: float
    resources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OpenNeed:
    """A need without a step: "no_weight", "no_resource" (nothing could be taken for it) or "limits"."""

    competence: str
    reason: str


@dataclass(frozen=True, slots=True)
class Relaxation:
    """Limits that, exceeded by these amounts, make room for a step for every need.

    `changes` holds (limit, amount): "hours" (hours more), "steps" (steps more), "period" (days longer on
    either side), "formats" (steps of an unwished format). `proven`: no smaller one of this kind exists.
    """

    changes: tuple[tuple[str, float], ...]
    proven: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """Proposed route.

    Attributes
    ----------
    status : "optimal", "within_gap" (time ran out, `gap` is the proven distance) or "infeasible" (what people
        require breaks the limits; no steps)
    value, gap : objective; relative distance to the best conceivable
    covered, open_needs : each need stands in one of them
    relaxations : smallest first; empty where nothing is open or no relaxation helps
    """

    status: str
    steps: tuple[Step, ...]
    value: float
    gap: float
    hours: float
    covered: tuple[CoveredNeed, ...]
    open_needs: tuple[OpenNeed, ...]
    relaxations: tuple[Relaxation, ...]


def propose(problem: Problem, seconds: float = SECONDS) -> Plan:
    """Choose the route that covers the weightiest needs best within the limits.

    Maximises Σ severity · certainty · importance · coverage − small costs; coverage is concave.

    Parameters
    ----------
    problem : resources, needs and limits
    seconds : time for the route; each question about limits gets the same again
    """
    model = Model(problem)
    found = model.best(seconds)
    taken = () if found.taken is None else tuple(problem.resources[place] for place in found.taken)
    open_needs = _open_needs(problem, taken)
    helpless = found.taken is not None and not any(need.reason == "limits" for need in open_needs)
    return Plan(
        status=_status(found),
        steps=_steps(problem, taken),
        value=value(problem, taken),
        gap=found.gap,
        hours=sum(resource.hours for resource in taken),
        covered=_covered(problem, taken),
        open_needs=open_needs,
        relaxations=() if helpless else _relaxations(problem, model, open_needs, seconds),
    )


def _status(found: Solution) -> str:
    if found.taken is None:
        return "infeasible"
    return "optimal" if found.proven else "within_gap"


def _worth(problem: Problem, chosen: Sequence[Resource]) -> FloatArray:
    return worth(problem, coverage(problem, chosen))


def _steps(problem: Problem, taken: tuple[Resource, ...]) -> tuple[Step, ...]:
    """Steps in an order that keeps prerequisites and puts the greatest gain first."""
    left, placed, steps = list(taken), list[Resource](), list[Step]()
    while left:
        waiting = {resource.code for resource in left}
        ready = [resource for resource in left if not resource.requires & waiting] or left
        now = _worth(problem, placed)
        gains = [_worth(problem, [*placed, resource]) - now for resource in ready]
        best = max(range(len(ready)), key=lambda place: float(gains[place].sum()))
        steps.append(_step(problem, taken, ready[best], gains[best]))
        placed.append(ready[best])
        left.remove(ready[best])
    return tuple(steps)


def _step(problem: Problem, taken: tuple[Resource, ...], own: Resource, gains: FloatArray) -> Step:
    others = [resource for resource in taken if resource is not own]
    order = np.argsort(-gains, kind="stable")
    return Step(
        resource=own.code,
        hours=own.hours,
        gain=float(gains.sum()),
        loss=float((_worth(problem, taken) - _worth(problem, others)).sum()),
        needs=tuple((problem.needs[n].competence, float(gains[n])) for n in order if gains[n] > NEGLIGIBLE),
        opens=tuple(resource.code for resource in others if own.code in resource.requires),
    )


def _covered(problem: Problem, taken: tuple[Resource, ...]) -> tuple[CoveredNeed, ...]:
    passes = coverage(problem, taken)
    return tuple(
        CoveredNeed(need.competence, float(much), _behind(need.competence, taken))
        for need, much in zip(problem.needs, passes, strict=True)
        if much > 0
    )


def _behind(competence: str, taken: Iterable[Resource]) -> tuple[str, ...]:
    return tuple(resource.code for resource in taken if competence in dict(resource.covers))


def _open_needs(problem: Problem, taken: tuple[Resource, ...]) -> tuple[OpenNeed, ...]:
    obtainable = _obtainable(problem)
    return tuple(
        OpenNeed(need.competence, _why_open(need, obtainable))
        for need, much in zip(problem.needs, coverage(problem, taken), strict=True)
        if much == 0
    )


def _why_open(need: Need, obtainable: list[Resource]) -> str:
    if need.weight == 0:
        return "no_weight"
    return "limits" if _behind(need.competence, obtainable) else "no_resource"


def _obtainable(problem: Problem) -> list[Resource]:
    """Resources that could be taken if hours, steps, dates and formats were no object."""
    barred = problem.limits.excluded | problem.limits.completed
    found = [resource for resource in problem.resources if resource.code not in barred]
    while True:
        known = {resource.code for resource in found} | problem.limits.completed
        left = [resource for resource in found if resource.requires <= known]
        if len(left) == len(found):
            return left
        found = left


def _relaxations(
    problem: Problem, model: Model, open_needs: tuple[OpenNeed, ...], seconds: float
) -> tuple[Relaxation, ...]:
    """Single limits that help, smallest first; all together only where no single one does."""
    hopeless = {need.competence for need in open_needs if need.reason != "limits"}
    wanted = np.array([need.competence not in hopeless for need in problem.needs], dtype=np.float64)
    for choices in (tuple((kind,) for kind in SLACKS), (SLACKS,)):
        solutions = [model.relaxed(kinds, wanted, seconds) for kinds in choices]
        helping = [one for one in solutions if one.taken is not None and max(one.slacks) > NEGLIGIBLE]
        helping.sort(key=lambda one: float(np.dot(model.units(), one.slacks)))
        if helping:
            return tuple(_relaxation(one) for one in helping)
    return ()


def _relaxation(found: Solution) -> Relaxation:
    changes = zip(SLACKS, found.slacks, strict=True)
    return Relaxation(
        tuple((kind, round(size, 6)) for kind, size in changes if size > NEGLIGIBLE), found.proven
    )


@dataclass(frozen=True, slots=True)
class Edit:
    """A route changed by hand.

    Attributes
    ----------
    value, lost : objective and how much less it is than the proposal's (negative = more)
    broken : codes of the limits it breaks
    uncovered : needs that the proposal covered and this route does not touch
    price : small costs in it
    """

    value: float
    lost: float
    broken: tuple[str, ...]
    uncovered: tuple[str, ...]
    price: float


def weigh_edit(problem: Problem, plan: Plan, codes: Iterable[str]) -> Edit:
    """Say what a route changed by hand loses against the proposal; it is never forbidden here.

    Raises
    ------
    BadInputError
        If a resource is unknown.
    """
    chosen = problem.chosen(dict.fromkeys(codes))
    reached = value(problem, chosen)
    touched = {competence for resource in chosen for competence, _ in resource.covers}
    return Edit(
        value=reached,
        lost=plan.value - reached,
        broken=broken_limits(problem, chosen),
        uncovered=tuple(need.competence for need in plan.covered if need.competence not in touched),
        price=sum(price(problem, resource) for resource in chosen),
    )
