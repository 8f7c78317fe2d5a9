"""Where the true value of a block most likely lies: the mean of the posterior behind its stored interval."""

from __future__ import annotations

from diagnostics.catalogue import queries as catalogue
from diagnostics.findings import scales
from diagnostics.findings.calibrations import prior_for
from diagnostics.findings.queries.findings import FindingView
from diagnostics.measurement.posterior import posterior


def estimates(view: FindingView) -> dict[str, float]:
    """Block → per cent, from the versions that the finding pins; blocks without an interval are left out.

    Results from elsewhere that hold block points only have no items, so nothing is known of their posterior.
    """
    if view.instrument_id is None or view.scoring_id is None:
        return {}
    form = scales.ready(view.instrument_id, view.scoring_id, view.form, view.framework_id)
    calibration = catalogue.calibration(view.calibration_id) if view.calibration_id else None
    method = catalogue.method(view.method_id)
    on_scale = (view.clarified or {}).get("blocks", {})
    found = {}
    for block in view.blocks:
        if block.competence in on_scale:
            found[block.competence] = float(on_scale[block.competence]["percent"])
            continue
        effective = scales.effective_of(form, block.competence, view.items)
        if block.low80 is None or not effective:
            continue
        prior = prior_for(calibration, view.scoring_id, block.competence)
        points = min(block.points, block.maximum)
        found[block.competence] = 100 * posterior(points, block.maximum, effective, prior, method).mean
    return found
