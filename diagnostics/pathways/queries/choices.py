"""What the person may choose between while editing, and what a removal loses."""

from __future__ import annotations

from dataclasses import dataclass

from diagnostics.pathways import loading
from diagnostics.pathways.edits import Alternative, alternatives
from diagnostics.pathways.needs import Diagnosis
from diagnostics.pathways.queries.diagnoses import diagnosis
from diagnostics.pathways.questions import lines_of


@dataclass(frozen=True, slots=True)
class Removal:
    """Titles of the blocks that would have no support left."""

    blocks: tuple[str, ...]


def alternatives_to(step_id: str) -> list[Alternative]:
    """Resources that could stand instead of the step; none for steps without a resource."""
    route, step = loading.step_row(step_id)
    steps = loading.steps_of(route.id)
    desk = loading.desk_of(route, steps)
    codes = {one.id: one.code for one in desk.catalogue.values()}
    code = codes.get(step.resource_id or "")
    if code is None or code not in desk.problem.places:
        return []
    taken = [codes[one.resource_id] for one in steps if one.resource_id in codes]
    spent = sum(one.hours for one in steps)
    return alternatives(desk, taken, code, hours_left=route.hours_budget - spent)


def loss_of(step_id: str) -> Removal:
    """What taking the step out loses."""
    route, step = loading.step_row(step_id)
    steps = loading.steps_of(route.id)
    found = diagnosis(route.finding_id)
    served = lines_of([one for one in steps if one.id != step_id])
    lost = [block for block in step.reason.get("serves", ()) if block not in served]
    return Removal(tuple(found.title(block) for block in lost))


def diagnosis_of(route_id: str) -> Diagnosis:
    return diagnosis(loading.route_row(route_id).finding_id)
