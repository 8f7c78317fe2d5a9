"""One sitting as the rule sees it: answers as scores on the calibrated scale, and the tasks still free for this person."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

import sqlalchemy as sa

from diagnostics.campaigns.models import Assignment, Wave, WaveState
from diagnostics.catalogue import queries as catalogue
from diagnostics.database import session
from diagnostics.findings.clarifying.rule import BlockCase, Known
from diagnostics.findings.clarifying.scale import BlockScale, Ruler
from diagnostics.findings.pins import Pins
from diagnostics.measurement.method import Method
from diagnostics.sittings.queries import Standing
from diagnostics.sittings.queries.drawn import drawn_in_wave, seen_before
from instruments.document import Instrument
from instruments.items import ItemScore
from instruments.scoring import score_item


def further_scores(pins: Pins, standing: Standing) -> dict[str, ItemScore]:
    """Points of the tasks drawn. One that was passed is 0; one left open when the person ended is left out."""
    instrument_id, scoring_id = pins.documents()
    instrument, scoring = catalogue.instrument(instrument_id), catalogue.scoring(scoring_id)
    return {
        code: score_item(instrument.item(code), scoring.items.get(code), standing.answers.get(code))
        for code in standing.drawn
        if code in standing.taken or code in standing.answers
    }


def cases(
    ruler: Ruler,
    fixed: Mapping[str, ItemScore],
    further: Mapping[str, ItemScore],
    asked: Iterable[str],
    free: Collection[str] = (),
) -> list[BlockCase]:
    """A case for each block on the scale that was asked about. `asked`: codes of the form's items."""
    form = frozenset(asked)
    return [
        BlockCase(
            block,
            _known(block, ruler, {code: one for code, one in fixed.items() if code in form}),
            _known(block, ruler, further),
            tuple(item for code, item in block.items.items() if code in free),
        )
        for block in ruler.blocks.values()
        if any(code in form for code in block.items)
    ]


def free_items(pins: Pins, ruler: Ruler, standing: Standing, sitting_id: str) -> frozenset[str]:
    """Drawable tasks of the work that this person has not met and will not meet in another stage."""
    instrument = catalogue.instrument(pins.instrument_id or "")
    gone = set(instrument.form(pins.form).item_codes) | set(standing.drawn) | kept_apart(pins, instrument)
    if pins.person_id is not None:
        for other_id, form, drawn in seen_before(pins.person_id, sitting_id):
            other = catalogue.instrument(other_id)
            if other.code == instrument.code:
                gone |= {*other.form(form).item_codes, *drawn}
    return frozenset(ruler.drawable) - gone


def kept_apart(pins: Pins, instrument: Instrument) -> set[str]:
    """Tasks of the forms that stages still to come may give: whoever met one here would answer it better there."""
    forms = session.scalars(
        sa.select(Assignment.form)
        .join(Wave, Wave.id == Assignment.wave_id)
        .where(
            Wave.campaign_id == pins.campaign_id,
            Wave.id != pins.wave_id,
            Wave.state != WaveState.CLOSED,
            Assignment.instrument_id == pins.instrument_id,
        )
    )
    return {code for form in set(forms) for code in instrument.form(form).item_codes}


def worn_out(pins: Pins, method: Method) -> frozenset[str]:
    """Tasks that were drawn for too large a share of those who take this stage."""
    takers, drawn = drawn_in_wave(pins.wave_id)
    most = max(method.exposed_from, method.most_exposed * takers)
    return frozenset(item for item, number in drawn.items() if number >= most)


def _known(block: BlockScale, ruler: Ruler, scores: Mapping[str, ItemScore]) -> Known:
    """Scores in whole steps, as the calibration counted them; missing ones are left out."""
    return tuple(
        (block.items[code], round(one.points / one.maximum * ruler.steps[code]))
        for code, one in scores.items()
        if code in block.items and one.points is not None and one.maximum > 0
    )
