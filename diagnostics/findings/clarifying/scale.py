"""A pinned calibration as clarifying needs it: tasks with their difficulties, the cut of each block, its people.

One language for all forms: the cut is the ability that is expected to reach the preset's per cent on the reference
form (the first of the work), and every figure is told as the per cent expected there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from diagnostics.catalogue import queries as catalogue
from diagnostics.database import Json
from diagnostics.findings.calibrations import known_items
from diagnostics.findings.pins import Pins
from diagnostics.measurement.latent.items import LatentItem, curves
from diagnostics.measurement.latent.persons import Population
from diagnostics.measurement.method import Method
from diagnostics.measurement.numeric import FloatArray
from instruments.document import Instrument, Item, is_opinion
from instruments.framework import Framework
from instruments.items import type_of
from instruments.scoring import Scoring

#: Abilities between which a cut is looked for, and how close it is met.
REACH, HALVINGS = 12.0, 60


@dataclass(frozen=True, slots=True)
class BlockScale:
    """One block. `items`: every calibrated task that feeds it; `reference`: weights of those of the first form."""

    code: str
    cut: float
    population: Population
    items: Mapping[str, LatentItem]
    reference: tuple[tuple[LatentItem, float], ...]

    def percent_at(self, ability: FloatArray) -> FloatArray:
        """Expected per cent on the reference form."""
        return 100 * _share(self.reference, ability)


@dataclass(frozen=True, slots=True)
class Ruler:
    """`steps`: task → whole steps of its points; `drawable`: tasks fit to be asked alone.

    `reason`: why there is no scale at all (`none`, `small`, `old`, `other_work`); then no block has one.
    """

    blocks: Mapping[str, BlockScale]
    steps: Mapping[str, int]
    drawable: frozenset[str]
    persons: int = 0
    reason: str | None = None


def ruler_of(pins: Pins) -> Ruler:
    """The scale that the stage pins; frozen versions stand behind it, so it is kept."""
    if pins.clarify_id is None or pins.instrument_id is None or pins.scoring_id is None:
        return Ruler({}, {}, frozenset(), reason="none")
    return ruler(
        pins.clarify_id,
        pins.instrument_id,
        pins.scoring_id,
        pins.framework_id,
        pins.preset,
        catalogue.method(pins.method_id),
    )


@lru_cache(maxsize=32)
def ruler(
    calibration_id: str, instrument_id: str, scoring_id: str, framework_id: str, preset: str, method: Method
) -> Ruler:
    """What a calibration gives for one work under one scale of levels."""
    body = catalogue.calibration(calibration_id)
    part, same = _part(body, scoring_id)
    reason = _reason(part, method)
    if reason is not None:
        return Ruler({}, {}, frozenset(), int((part or {}).get("persons", 0)), reason)
    instrument, scoring = catalogue.instrument(instrument_id), catalogue.scoring(scoring_id)
    framework = catalogue.framework(framework_id)
    below = framework.scales[preset].deficit_below / 100
    items = {code: item for code, item in known_items(part).items() if code in same}
    found = (
        _block(code, part, items, instrument, scoring, framework, below, method) for code in scoring.blocks
    )
    return Ruler(
        {block.code: block for block in found if block is not None},
        {code: int(part["steps"][code]) for code in items},
        frozenset(
            item.code for item in instrument.asked_items if item.code in items and is_drawable(item, scoring)
        ),
        int(part["persons"]),
    )


def is_drawable(item: Item, scoring: Scoring) -> bool:
    """Whether a task can be asked alone and is marked at once: no part of a case, no condition, a key."""
    key = scoring.items.get(item.code)
    if (
        key is None
        or not key.points
        or item.stimulus is not None
        or item.show_if is not None
        or is_opinion(item)
    ):
        return False
    return item.type != "long_text" and type_of(item).scorer(item, key) is not None


def _part(body: Json, scoring_id: str) -> tuple[Json, frozenset[str]]:
    """What is said about this scoring, or about an earlier key of the work: tasks whose key is still the same."""
    parts: Mapping[str, Json] = body.get("scorings", {})
    now = catalogue.scoring(scoring_id)
    if scoring_id in parts:
        return parts[scoring_id], frozenset(now.items)
    for other, part in parts.items():
        then = catalogue.scoring(other)
        if then.code == now.code:
            return part, frozenset(code for code, key in now.items.items() if then.items.get(code) == key)
    return {}, frozenset()


def _reason(part: Json, method: Method) -> str | None:
    if not part:
        return "other_work"
    if not part.get("rasch"):
        return "none"
    if int(part["persons"]) < method.clarifying_from:
        return "small"
    return None if part.get("populations") else "old"


def _block(
    code: str,
    part: Json,
    items: Mapping[str, LatentItem],
    instrument: Instrument,
    scoring: Scoring,
    framework: Framework,
    below: float,
    method: Method,
) -> BlockScale | None:
    """None where too little of the reference form is calibrated, or the cut lies beyond every ability."""
    nodes, people = set(framework.pool(code)), part["populations"].get(code)
    feeds = {
        one: sum(weight for node, weight in key.competences.items() if node in nodes) * key.points
        for one, key in scoring.items.items()
    }
    weights = _reference(instrument, {one: weight for one, weight in feeds.items() if weight > 0})
    known = tuple((items[one], weight) for one, weight in weights.items() if one in items)
    whole = sum(weights.values())
    if people is None or len(known) < method.min_items:
        return None
    if sum(weight for _, weight in known) < method.answered_from * whole:
        return None
    cut = _cut(known, below)
    fed = {one: item for one, item in items.items() if feeds.get(one, 0) > 0}
    return None if cut is None else BlockScale(code, cut, Population(**people), fed, known)


def _reference(instrument: Instrument, weights: Mapping[str, float]) -> dict[str, float]:
    for form in instrument.forms:
        found = {code: weights[code] for code in form.item_codes if code in weights}
        if found:
            return found
    return {}


def _cut(reference: Sequence[tuple[LatentItem, float]], below: float) -> float | None:
    low, high = -REACH, REACH
    ends = _share(reference, np.array([low, high]))
    if not ends[0] < below < ends[1]:
        return None
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        if _share(reference, np.array([middle]))[0] < below:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _share(reference: Sequence[tuple[LatentItem, float]], ability: FloatArray) -> FloatArray:
    items = [item for item, _ in reference]
    weights = np.array([weight for _, weight in reference])
    shares = curves(items, ability).expected() / np.array([item.maximum for item in items])
    return np.asarray(shares @ weights / weights.sum())
