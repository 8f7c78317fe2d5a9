"""Whether a finding measures or tells an opinion."""

from __future__ import annotations

from diagnostics.findings import scales
from diagnostics.findings.queries.findings import FindingView


def asks_opinions(instrument_id: str | None, scoring_id: str | None, form: str, framework_id: str) -> bool:
    """A work whose findings will all be opinions: nobody gets a route from it."""
    if instrument_id is None or scoring_id is None:
        return False
    found = scales.ready(instrument_id, scoring_id, form, framework_id)
    return bool(found.blocks) and found.blocks <= found.opinions


def is_opinion(view: FindingView) -> bool:
    """A self-assessment: every reported block is fed by marks that are neither right nor wrong."""
    if view.instrument_id is None or view.scoring_id is None:
        return False
    form = scales.ready(view.instrument_id, view.scoring_id, view.form, view.framework_id)
    return bool(view.blocks) and all(one.competence in form.opinions for one in view.blocks)
