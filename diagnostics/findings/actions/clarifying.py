"""Clarifying tasks of an open sitting: whether there is anything to offer, and the next one drawn."""

from __future__ import annotations

from dataclasses import dataclass

from diagnostics.campaigns.models import Privacy
from diagnostics.catalogue import queries as catalogue
from diagnostics.findings import pins as pinned
from diagnostics.findings import scales
from diagnostics.findings.clarifying.case import cases, free_items, further_scores, worn_out
from diagnostics.findings.clarifying.rule import BlockCase, Next, next_item, unclear
from diagnostics.findings.clarifying.scale import ruler_of
from diagnostics.findings.pins import Pins
from diagnostics.findings.reading import preset_of
from diagnostics.measurement.adaptive.clarifying import Clarified
from diagnostics.sittings import queries as sittings
from diagnostics.sittings.actions.drawing import draw, locked
from diagnostics.sittings.queries import SittingView, Standing
from instruments import path


@dataclass(frozen=True, slots=True)
class Further:
    """Where clarifying stands.

    most    tasks at most, as people were told
    blocks  codes of the reported blocks that are still in doubt
    next    the task that would be drawn now, or why there is none
    open    the task that was drawn and waits for its answer
    """

    most: int
    blocks: tuple[str, ...]
    next: Next
    open: str | None
    drawn: int


def further(sitting_id: str) -> Further | None:
    """None where nothing is ever offered: not asked for, nameless, a trial, no scale, or the form has gaps."""
    sitting = sittings.one(sitting_id)
    if sitting is None:
        return None
    pins = pinned.of_seat(sitting.seat_id)
    return _further(sitting, sittings.standing_of(sitting_id), pins) if _may(pins) else None


def draw_next(sitting_id: str) -> Further | None:
    """Draw the next task where the rule asks for one; the one that waits for its answer stays the next.

    Raises
    ------
    SittingClosed
        `attempt_closed`.
    """
    row = locked(sitting_id)
    sitting, standing = sittings.one(sitting_id), sittings.standing_of(sitting_id)
    found = None if sitting is None else _further(sitting, standing, pinned.of_seat(sitting.seat_id))
    if found is None or found.open is not None or found.next.item is None:
        return found
    draw(row, found.next.item, len(standing.drawn) + 1)
    return Further(found.most, found.blocks, found.next, found.next.item, found.drawn + 1)


def _further(sitting: SittingView, standing: Standing, pins: Pins) -> Further | None:
    if not _may(pins) or _has_gaps(sitting, standing):
        return None
    method = catalogue.method(pins.method_id)
    waiting = next((code for code in standing.drawn if code not in standing.taken), None)
    found = _cases(pins, sitting, standing)
    worn = worn_out(pins, method)
    step = next_item(found, most=pins.clarify_most, seed=sitting.seed, worn=worn, method=method)
    doubtful = tuple(one.scale.code for one in found if unclear(one, method))
    if not standing.drawn and step.state is not Clarified.ASK:
        return None
    return Further(pins.clarify_most, doubtful, step, waiting, len(standing.drawn))


def _may(pins: Pins) -> bool:
    return bool(pins.clarify_id and pins.clarify_most and pins.privacy is not Privacy.ANONYMOUS)


def _has_gaps(sitting: SittingView, standing: Standing) -> bool:
    instrument = catalogue.instrument(sitting.instrument_id)
    form, answers = sitting.form, standing.answers
    return bool(path.unanswered(instrument, form, answers) or path.not_agreed(instrument, form, answers))


def _cases(pins: Pins, sitting: SittingView, standing: Standing) -> list[BlockCase]:
    ruler = ruler_of(pins)
    instrument_id, scoring_id = pins.documents()
    form = scales.ready(instrument_id, scoring_id, sitting.form, pins.framework_id)
    method = catalogue.method(pins.method_id)
    scored = scales.score(form, standing.answers, standing.shown, preset_of(pins), method)
    return cases(
        ruler,
        scored.items,
        further_scores(pins, standing),
        catalogue.instrument(instrument_id).form(sitting.form).item_codes,
        free_items(pins, ruler, standing, sitting.id),
    )
