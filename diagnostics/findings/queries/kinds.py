"""Whether a finding measures or tells an opinion."""

from __future__ import annotations

from diagnostics.findings import scales
from diagnostics.findings.queries.findings import FindingView


def is_opinion(view: FindingView) -> bool:
    """A self-assessment: every reported block is fed by marks that are neither right nor wrong."""
    if view.instrument_id is None or view.scoring_id is None:
        return False
    form = scales.ready(view.instrument_id, view.scoring_id, view.form, view.framework_id)
    return bool(view.blocks) and all(one.competence in form.opinions for one in view.blocks)
