"""The desk on which a route is laid out: needs, suitable resources, limits, as one problem to solve.

A resource is tagged by sub-nodes while needs are named per block: its coverage of a block is the largest of
its sub-nodes there, each weighted by the points the person lost in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import product
from typing import get_args

from diagnostics.measurement.allocation import problem as allocation
from diagnostics.pathways.needs import BlockFacts, Diagnosis
from diagnostics.resources.document import Format, Mode
from diagnostics.resources.queries import ResourceView, RunView

#: A resource that touches a block with less than this is no line for it.
MEANINGFUL = 0.3
CLARIFY_HOURS = 1.0
CLARIFY_DAYS = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What the route must keep to. `learn_until`: the exit diagnosis begins, lessons are over.

    `formats` and `modes` empty = any; `excluded`: codes of resources taken out by hand.
    """

    starts_on: date
    ends_on: date
    learn_until: date
    hours: float = 24.0
    max_steps: int = 5
    formats: frozenset[str] = frozenset()
    modes: frozenset[str] = frozenset()
    excluded: frozenset[str] = frozenset()
    exit_hours: float = 1.0

    def acceptable(self) -> frozenset[str] | None:
        """Format and mode together, as one word of the problem; None = any."""
        if not self.formats and not self.modes:
            return None
        pairs = product(self.formats or get_args(Format), self.modes or get_args(Mode))
        return frozenset(f"{form}:{mode}" for form, mode in pairs)


@dataclass(frozen=True, slots=True)
class Kept:
    """What stays whatever is proposed: resources begun or put in by hand, and the weight of own lines."""

    required: frozenset[str] = frozenset()
    begun: frozenset[str] = frozenset()  # their dates are settled
    lines: int = 0
    hours: float = 0.0


NOTHING_KEPT = Kept()


@dataclass(frozen=True, slots=True)
class Desk:
    """One person's problem with its resources; `runs`: the run of a dated resource that would be joined."""

    diagnosis: Diagnosis
    wishes: Wishes
    catalogue: Mapping[str, ResourceView]
    runs: Mapping[str, RunView]
    problem: allocation.Problem
    kept: Kept = field(default=NOTHING_KEPT)

    def covers(self, code: str) -> dict[str, float]:
        """Block → share that the resource covers; empty for one that serves no need."""
        place = self.problem.places.get(code)
        return {} if place is None else dict(self.problem.resources[place].covers)

    def served(self, code: str) -> tuple[str, ...]:
        """Blocks that the resource serves, the weightiest first."""
        weights = {need.competence: need.weight for need in self.problem.needs}
        covers = self.covers(code)
        return tuple(sorted(covers, key=lambda block: -covers[block] * weights[block]))

    def in_time(self, code: str) -> bool:
        return self.problem.days_outside(self.problem.chosen([code])[0]) == 0


def lay_out(
    diagnosis: Diagnosis, resources: Iterable[ResourceView], wishes: Wishes, kept: Kept = NOTHING_KEPT
) -> Desk:
    """The problem of one person: what serves no need or has no place left is not on the desk."""
    catalogue = {one.code: one for one in resources}
    runs = {code: run for code, one in catalogue.items() if (run := run_for(one, wishes)) is not None}
    candidates = tuple(
        _candidate(one, runs.get(code), shares, wishes, begun=code in kept.begun)
        for code, one in catalogue.items()
        if (shares := block_coverage(one, diagnosis)) and (one.is_open or code in kept.required)
    )
    known = {one.code for one in candidates}
    required = kept.required & known
    clarify = bool(diagnosis.to_clarify)
    fixed_hours = kept.hours + wishes.exit_hours + CLARIFY_HOURS * clarify
    limits = allocation.Limits(
        hours=max(wishes.hours - fixed_hours, 0.0),
        max_steps=max(wishes.max_steps - 1 - clarify - kept.lines, 0),
        begins=wishes.starts_on,
        ends=max(wishes.learn_until, wishes.starts_on),
        formats=wishes.acceptable(),
        required=required,
        excluded=(wishes.excluded & known) - required,
    )
    needs = tuple(diagnosis.rules.need(block) for block in diagnosis.entering)
    return Desk(diagnosis, wishes, catalogue, runs, allocation.Problem(candidates, needs, limits), kept)


def block_coverage(resource: ResourceView, diagnosis: Diagnosis) -> dict[str, float]:
    """Block → share covered, for the blocks that enter the route and whose level the resource suits."""
    found = {}
    for block in diagnosis.entering:
        if block.level is not None and block.level not in resource.levels:
            continue
        weights = block.node_weights()
        inside = {node: share for node, share in resource.covers.items() if node in weights}
        if max(inside.values(), default=0.0) >= MEANINGFUL:
            found[block.code] = max(share * weights[node] for node, share in inside.items())
    return found


def best_node(resource: ResourceView, block: BlockFacts) -> str | None:
    """The sub-node for which the resource is chosen: covered much and lost much."""
    weights = block.node_weights()
    inside = [node for node in resource.covers if node in weights]
    return max(inside, key=lambda node: resource.covers[node] * weights[node], default=None)


def run_for(resource: ResourceView, wishes: Wishes) -> RunView | None:
    """The first open run inside the period, else the first open one after its start."""
    coming = [run for run in resource.runs if run.is_open and run.starts_on >= wishes.starts_on]
    inside = [run for run in coming if run.ends_on <= wishes.learn_until]
    return next(iter(inside or coming), None)


def _candidate(
    resource: ResourceView,
    run: RunView | None,
    shares: Mapping[str, float],
    wishes: Wishes,
    *,
    begun: bool,
) -> allocation.Resource:
    """What can be taken any time still needs its days inside the period."""
    begins = run.starts_on if run else wishes.starts_on
    ends = run.ends_on if run else wishes.starts_on + timedelta(days=resource.lasts_days - 1)
    return allocation.Resource(
        code=resource.code,
        hours=resource.hours,
        covers=tuple(sorted(shares.items())),
        begins=None if begun else begins,
        ends=None if begun else ends,
        requires=frozenset(resource.prerequisites),
        content=resource.content_group,
        format=f"{resource.format}:{resource.mode}",
        cost=_waiting(begins, wishes),
    )


def _waiting(begins: date, wishes: Wishes) -> float:
    """Of two equal resources the sooner one: the share of the period that passes before it begins."""
    days = (wishes.learn_until - wishes.starts_on).days
    return min(max((begins - wishes.starts_on).days / days, 0.0), 1.0) if days > 0 else 0.0
