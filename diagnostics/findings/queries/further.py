"""Clarifying tasks behind a finding: beside the form's, never among them."""

from __future__ import annotations

from diagnostics.catalogue import queries as catalogue
from diagnostics.findings import scales
from diagnostics.findings.queries.evidence import ItemEvidence
from diagnostics.findings.queries.findings import FindingView


def further_evidence(view: FindingView) -> tuple[ItemEvidence, ...]:
    """By block in the order of the framework, then as they were drawn; `number` counts them from 1."""
    if not view.clarified or view.instrument_id is None or view.scoring_id is None:
        return ()
    instrument, scoring = catalogue.instrument(view.instrument_id), catalogue.scoring(view.scoring_id)
    framework, scores = catalogue.framework(view.framework_id), scales.restored(view.clarified["items"])
    return tuple(
        ItemEvidence(
            block=block.competence,
            code=code,
            title=instrument.item(code).title,
            number=number,
            points=one.points,
            maximum=one.maximum,
            status=one.status,
            topics=tuple(scoring.items[code].competences),
        )
        for block in view.blocks
        for number, (code, one) in enumerate(scores.items(), 1)
        if set(scoring.items[code].competences) & set(framework.pool(block.competence))
    )


def asked_further(view: FindingView) -> dict[str, int]:
    """Block → clarifying tasks answered; blocks without any are absent."""
    blocks = (view.clarified or {}).get("blocks", {})
    return {code: int(one["asked"]) for code, one in blocks.items() if one["asked"]}
