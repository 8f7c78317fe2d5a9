"""What a set of resources is worth, and which limits it breaks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from diagnostics.measurement.allocation.problem import Problem, Resource
from diagnostics.measurement.numeric import FloatArray

#: Worth of the first, second and third full coverage of one competence; nothing beyond.
SLOPES = (1.0, 0.4, 0.15)
#: Prices that only decide between equal routes: an hour, a unit of cost, a step of an unloved format.
HOUR_PRICE, COST_PRICE, FORMAT_PRICE = 0.001, 0.01, 0.01
ROUNDING = 1e-6


def coverage(problem: Problem, chosen: Sequence[Resource]) -> FloatArray:
    """(needs,) sum of the coverage of each need."""
    places = {need.competence: place for place, need in enumerate(problem.needs)}
    total = np.zeros(len(problem.needs))
    for resource in chosen:
        for competence, share in resource.covers:
            if competence in places:
                total[places[competence]] += share
    return total


def worth(problem: Problem, total: FloatArray) -> FloatArray:
    """(needs,) weight × concave worth of the coverage: each further pass counts less."""
    weights = np.array([need.weight for need in problem.needs])
    passes = np.clip(total[:, None] - np.arange(len(SLOPES)), 0.0, 1.0)
    return np.asarray(weights * (passes @ np.array(SLOPES)))


def price(problem: Problem, resource: Resource) -> float:
    """Small cost of taking a resource."""
    preferred = problem.limits.preferred
    unloved = FORMAT_PRICE if preferred and resource.format not in preferred else 0.0
    return HOUR_PRICE * resource.hours + COST_PRICE * resource.cost + unloved


def value(problem: Problem, chosen: Sequence[Resource]) -> float:
    """Objective of the route: worth of all coverage minus small costs."""
    gained = float(worth(problem, coverage(problem, chosen)).sum())
    return gained - sum(price(problem, resource) for resource in chosen)


def broken_limits(problem: Problem, chosen: Sequence[Resource]) -> tuple[str, ...]:
    """Codes of the limits that the set breaks, in a fixed order; none for a route that may be taken."""
    limits, codes = problem.limits, {resource.code for resource in chosen}
    contents = Counter(resource.content for resource in chosen if resource.content is not None)
    known = codes | limits.completed
    checks = {
        "hours": sum(resource.hours for resource in chosen) > limits.hours + ROUNDING,
        "steps": len(chosen) > limits.max_steps,
        "period": any(problem.days_outside(resource) for resource in chosen),
        "formats": any(problem.unwished(resource) for resource in chosen),
        "same_content": any(count > 1 for count in contents.values()),
        "prerequisites": any(not resource.requires <= known for resource in chosen),
        "required": not limits.required <= codes,
        "excluded": bool(codes & (limits.excluded | limits.completed)),
    }
    return tuple(code for code, broken in checks.items() if broken)
