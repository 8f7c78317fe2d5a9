"""What clarifying adds to a result: conclusions of its blocks and the tasks drawn, as a finding keeps them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict

from diagnostics.catalogue import queries as catalogue
from diagnostics.database import Json
from diagnostics.findings.clarifying.case import cases, further_scores
from diagnostics.findings.clarifying.rule import measured
from diagnostics.findings.clarifying.scale import ruler_of
from diagnostics.findings.pins import Pins
from diagnostics.findings.scales import Said, Scored, stored
from diagnostics.measurement.conclusion import Conclusion
from diagnostics.sittings.queries import Standing


def clarified(pins: Pins, scored: Scored, standing: Standing) -> Json | None:
    """None where the stage pins no scale to clarify by.

    Every block on the scale is concluded from it, whoever was asked further: the rule that stops asking and the
    conclusion that follows are one.
    """
    if pins.clarify_id is None:
        return None
    ruler, method = ruler_of(pins), catalogue.method(pins.method_id)
    further = further_scores(pins, standing)
    form = catalogue.instrument(pins.instrument_id or "").form(pins.form)
    found = cases(ruler, scored.items, further, form.item_codes)
    known = {one.scale.code: measured(one, method) for one in found if one.known}
    return {
        "calibration": pins.clarify_id,
        "items": stored(further),
        "blocks": {code: asdict(one) | {"conclusion": one.conclusion.value} for code, one in known.items()},
    }


def said_of(kept: Json | None, block: str) -> Said | None:
    """The conclusion layer of a block on the scale; None where the block is none of these."""
    blocks: Mapping[str, Json] = (kept or {}).get("blocks", {})
    found = blocks.get(block)
    if found is None:
        return None
    return Said(
        found["low80"], found["high80"], found["below"], Conclusion(found["conclusion"]), provisional=False
    )
