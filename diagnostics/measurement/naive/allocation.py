"""Slow twin of `allocation`: every subset of the resources is tried."""

from __future__ import annotations

from itertools import chain, combinations

from diagnostics.measurement.allocation.problem import Problem, Resource
from diagnostics.measurement.allocation.value import broken_limits, value


def best_value(problem: Problem) -> float | None:
    """Greatest value of a set within the limits; None where there is no such set."""
    values = [value(problem, chosen) for chosen in _subsets(problem) if not broken_limits(problem, chosen)]
    return max(values, default=None)


def least_excess(problem: Problem, kind: str, competences: set[str]) -> float | None:
    """Smallest excess over one limit with which each competence gets a resource; None if impossible."""
    sizes = [
        _excess(problem, kind, chosen)
        for chosen in _subsets(problem)
        if set(broken_limits(problem, chosen)) <= {kind}
        and competences <= {competence for resource in chosen for competence, _ in resource.covers}
    ]
    return min(sizes, default=None)


def _excess(problem: Problem, kind: str, chosen: tuple[Resource, ...]) -> float:
    limits = problem.limits
    sizes = {
        "hours": sum(resource.hours for resource in chosen) - limits.hours,
        "steps": len(chosen) - limits.max_steps,
        "period": max(map(problem.days_outside, chosen), default=0),
        "formats": sum(problem.unwished(resource) for resource in chosen),
    }
    return max(float(sizes[kind]), 0.0)


def _subsets(problem: Problem) -> chain[tuple[Resource, ...]]:
    sizes = range(len(problem.resources) + 1)
    return chain.from_iterable(combinations(problem.resources, size) for size in sizes)
