"""What a tutor has to decide before a route may be approved, and what would only be good to look at."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from diagnostics.database import Json
from diagnostics.pathways.models import RouteStep, StepKind
from diagnostics.pathways.needs import Diagnosis


@dataclass(frozen=True, slots=True)
class Question:
    """`code`: no_line (refuses the approval), undecided, over_budget, no_place, own_step, clarify."""

    code: str
    block: str | None = None
    title: str = ""

    @property
    def refuses(self) -> bool:
        return self.code in {"no_line", "no_place"}


def lines_of(steps: Sequence[RouteStep]) -> set[str]:
    """Blocks that have a line of the plan: a resource or a step in own words, not the clarifying alone."""
    return blocks_of(step.reason for step in steps if step.kind in {StepKind.RESOURCE, StepKind.OWN})


def blocks_of(reasons: Iterable[Json]) -> set[str]:
    """Blocks that the reasons say are served; clarifying serves none."""
    return {block for reason in reasons for block in reason.get("serves", ())}


def without_line(
    diagnosis: Diagnosis, steps: Sequence[RouteStep], waived: Collection[str]
) -> tuple[str, ...]:
    """Officially high deficits that have neither a line nor a signed reason."""
    settled = lines_of(steps) | set(waived)
    return tuple(block.code for block in diagnosis.officially_high if block.code not in settled)


def questions(
    diagnosis: Diagnosis,
    steps: Sequence[RouteStep],
    waived: Collection[str],
    *,
    hours_budget: float,
    full: Collection[str] = (),
) -> tuple[Question, ...]:
    """Everything open, what refuses the approval first; `full`: ids of steps whose run has no place left."""
    settled = lines_of(steps) | set(waived)
    missing = without_line(diagnosis, steps, waived)
    found = [Question("no_line", block, diagnosis.title(block)) for block in missing]
    found += [Question("no_place", None, step.title) for step in steps if step.id in full]
    found += [
        Question("undecided", block.code, diagnosis.title(block.code))
        for block in diagnosis.undecided
        if block.code not in settled
    ]
    found += [Question("own_step", None, step.title) for step in steps if step.reason.get("by") == "hand"]
    if sum(step.hours for step in steps) > hours_budget:
        found.append(Question("over_budget"))
    return tuple(found)
