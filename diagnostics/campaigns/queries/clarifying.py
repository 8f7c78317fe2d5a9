"""By which calibration a stage could ask clarifying tasks, or why by none."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from diagnostics.catalogue import queries as catalogue
from diagnostics.database import Json


@dataclass(frozen=True, slots=True)
class ClarifyBy:
    """`reason` with no calibration: `none`, `small` (of so few `persons`), `old`, `several` works in one stage."""

    calibration_id: str | None
    persons: int = 0
    reason: str | None = None


def clarify_by(scoring_ids: Collection[str | None], method_id: str) -> ClarifyBy:
    """The newest published calibration of the stage's scoring that rests on enough people."""
    known = {one for one in scoring_ids if one is not None}
    if len(known) != 1:
        return ClarifyBy(None, reason="several" if known else "none")
    scoring_id = known.pop()
    needed = catalogue.method(method_id).clarifying_from
    best = ClarifyBy(None, reason="none")
    views = sorted(catalogue.calibrations_about(scoring_id), key=lambda one: (one.created_at, one.number))
    for view in reversed(views):
        part: Json = catalogue.calibration(view.id)["scorings"].get(scoring_id) or {}
        persons = int(part.get("persons", 0))
        if not part.get("rasch"):
            continue
        if persons >= needed and part.get("populations"):
            return ClarifyBy(view.id, persons)
        if best.reason == "none":
            best = ClarifyBy(None, persons, "old" if persons >= needed else "small")
    return best
