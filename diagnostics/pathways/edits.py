"""What an edit by hand costs: blocks left alone, hours, coverage; nothing is forbidden here."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from diagnostics.measurement.allocation.value import coverage, worth
from diagnostics.pathways.desk import Desk
from diagnostics.resources.queries import ResourceView, RunView

#: Coverage that differs by less is called the same.
SAME = 0.1
MOST_ALTERNATIVES = 4


@dataclass(frozen=True, slots=True)
class BlockChange:
    """How the coverage of a block changes: `more`, `same`, `less`, or `none` is left."""

    block: str
    title: str
    change: str


@dataclass(frozen=True, slots=True)
class Alternative:
    """A resource that could stand instead. `needs`: prerequisites that the route lacks."""

    resource: ResourceView
    run: RunView | None
    hours_more: float
    blocks: tuple[BlockChange, ...]
    over_budget: bool
    late: bool
    needs: tuple[ResourceView, ...]


def alternatives(desk: Desk, taken: Sequence[str], code: str, *, hours_left: float) -> list[Alternative]:
    """Up to four resources that serve the same block, the most useful first; those too late stand last."""
    rest = [one for one in taken if one != code and one in desk.problem.places]
    groups = {desk.catalogue[one].content_group for one in rest}
    found = [
        _alternative(desk, rest, code, one.code, hours_left)
        for one in desk.problem.resources
        if one.code not in taken
        and set(desk.covers(one.code)) & set(desk.served(code))
        and desk.catalogue[one.code].content_group not in groups
        and not desk.problem.unwished(one)
    ]
    found.sort(key=lambda one: (one.late, one.over_budget, len(one.needs), -_worth(desk, rest, one)))
    return found[:MOST_ALTERNATIVES]


def _worth(desk: Desk, rest: Sequence[str], one: Alternative) -> float:
    chosen = desk.problem.chosen([*rest, one.resource.code])
    return float(worth(desk.problem, coverage(desk.problem, chosen)).sum())


def _alternative(desk: Desk, rest: Sequence[str], old: str, new: str, hours_left: float) -> Alternative:
    resource = desk.catalogue[new]
    more = resource.hours - desk.catalogue[old].hours
    missing = [one for one in resource.prerequisites if one not in rest and one in desk.catalogue]
    return Alternative(
        resource=resource,
        run=desk.runs.get(new),
        hours_more=more,
        blocks=changes(desk, [*rest, old], [*rest, new], only=desk.served(old)),
        over_budget=more > hours_left + 1e-9,
        late=not desk.in_time(new),
        needs=tuple(desk.catalogue[one] for one in missing),
    )


def changes(
    desk: Desk, before: Sequence[str], after: Sequence[str], *, only: Collection[str]
) -> tuple[BlockChange, ...]:
    """How each block fares when one set of resources replaces the other."""
    old = coverage(desk.problem, desk.problem.chosen(before))
    new = coverage(desk.problem, desk.problem.chosen(after))
    return tuple(
        BlockChange(need.competence, desk.diagnosis.title(need.competence), _word(float(was), float(now)))
        for need, was, now in zip(desk.problem.needs, old, new, strict=True)
        if need.competence in only
    )


def _word(was: float, now: float) -> str:
    if now <= 0 < was:
        return "none"
    if abs(now - was) < SAME:
        return "same"
    return "more" if now > was else "less"
