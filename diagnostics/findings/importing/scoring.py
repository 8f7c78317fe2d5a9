"""Imported points → scored results, by the same rules as answers given here."""

from __future__ import annotations

from collections.abc import Mapping

from diagnostics.findings import reading, scales
from diagnostics.findings.importing.reading import BlockPoints, Entry
from diagnostics.findings.pins import Pins
from diagnostics.findings.scales import Scale, Scored
from instruments.framework import LevelPreset
from instruments.items import ItemScore, Status
from instruments.items.outcome import judged


def of_items(entry: Entry, pins: Pins, codes: Mapping[str, str]) -> Scored:
    """Points of items; a cell left empty is a task that was not reached."""
    instrument_id, scoring_id = pins.documents()
    form = scales.ready(instrument_id, scoring_id, pins.form, pins.framework_id)
    points = {codes[item]: value for item, value in entry.items.items() if item in codes}
    items = {item.code: _score(points.get(item.code), item.unreached.maximum) for item in form.scorer.items}
    return scales.pool(form, items, reading.preset_of(pins), reading.method_of(pins))


def of_blocks(entry: Entry, pins: Pins) -> Scored:
    """Points of blocks: an official level, and no conclusion, since the error of the test is unknown."""
    preset, method = reading.preset_of(pins), reading.method_of(pins)
    found = tuple(
        _block(code, points, preset, method.min_items) for code, points in sorted(entry.blocks.items())
    )
    return Scored({}, found, sum(one.points for one in found), sum(one.maximum for one in found))


def _score(points: float | None, maximum: float) -> ItemScore:
    return ItemScore(None, maximum, Status.UNREACHED) if points is None else judged(points, maximum)


def _block(code: str, points: BlockPoints, preset: LevelPreset, min_items: int) -> Scale:
    percent = 100 * points.points / points.maximum
    few = 0 < points.items < min_items
    return Scale(
        competence=code,
        is_block=True,
        n_items=points.items,
        omitted=0,
        unreached=0,
        points=points.points,
        maximum=points.maximum,
        percent=percent,
        level=None if few else preset.level_of(percent).code,
        effective=0.0,
    )
