"""Difficulties of the calibration that the findings of a stage pin, and how the answers fit them."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np

from diagnostics.catalogue import queries as catalogue
from diagnostics.findings.queries import FindingView, WaveMatrix
from diagnostics.measurement.calibration import CalibratedItem, Calibration
from diagnostics.measurement.errors import EstimationError
from diagnostics.measurement.fit.conditional import conditional_item_fit
from diagnostics.measurement.fit.mean_squares import Fit
from diagnostics.measurement.latent.items import of_calibrated
from diagnostics.measurement.method import Method


@dataclass(frozen=True, slots=True)
class Difficulties:
    """`persons` behind the calibration; `steps`: in how many whole steps the points of an item lie."""

    items: tuple[CalibratedItem, ...]
    steps: Mapping[str, int]
    persons: int


def difficulties_of(view: FindingView, names: Collection[str]) -> Difficulties | str:
    """Those of the named items, or why there are none.

    Reasons: "not_calibrated" (the stage is open, or too few people took it), "not_estimated" (no difficulties
    could be found).
    """
    if view.calibration_id is None:
        return "not_calibrated"
    part = catalogue.calibration(view.calibration_id).get("scorings", {}).get(view.scoring_id)
    if part is None or part["rasch"] is None:
        return "not_estimated"
    found = Calibration.from_json(json.dumps(part["rasch"]))
    return Difficulties(tuple(one for one in found.items if one.name in names), dict(part["steps"]), found.n)


def fits_of(found: WaveMatrix, view: FindingView, method: Method) -> dict[str, Fit]:
    """Infit and outfit by item given the totals; empty without difficulties or where a step of an item is unknown.

    Not at estimated abilities: with few tasks those follow the answers, and every task would seem to fit.
    """
    known = difficulties_of(view, found.items)
    if isinstance(known, str) or not known.items:
        return {}
    column = {name: place for place, name in enumerate(found.items)}
    places = [column[one.name] for one in known.items]
    steps = np.array([float(known.steps[one.name]) for one in known.items])
    scores = np.rint(found.points[:, places] / found.maxima[places] * steps)
    try:
        fits = conditional_item_fit(scores, of_calibrated(known.items), method)
    except EstimationError:
        return {}
    return {one.name: fit for one, fit in zip(known.items, fits, strict=True)}
