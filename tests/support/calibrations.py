"""A calibration of a work from people who were made up: every keyed item of every form, 400 of them."""

from __future__ import annotations

import json
from typing import Any

import numpy as np

from diagnostics.catalogue import actions as catalogue
from diagnostics.catalogue import queries as versions
from diagnostics.measurement import rasch
from diagnostics.measurement.simulate import rasch_answers


def body(instrument_id: str, scoring_id: str, *, persons: int = 400, seed: int = 5) -> dict[str, Any]:
    """As a closed stage would publish it."""
    instrument, scoring = versions.instrument(instrument_id), versions.scoring(scoring_id)
    names = tuple(item.code for item in instrument.asked_items if item.code in scoring.items)
    rng = np.random.default_rng(seed)
    places = rng.normal(0.0, 0.7, len(names))
    scores = rasch_answers(rng.normal(0.3, 1.0, persons), places, rng)
    found = json.loads(rasch.calibrate(scores, names).to_json())
    return {
        "kind": "calibration",
        "wave": "made-up",
        "persons": persons,
        "method": "5",
        "scorings": {
            scoring_id: {
                "persons": persons,
                "priors": {},
                "reliability": {},
                "rasch": found,
                "rasch_reason": None,
                "steps": dict.fromkeys(names, 1),
                "populations": {block: {"mean": 0.3, "sd": 1.0} for block in scoring.blocks},
            }
        },
    }


def publish_calibration(instrument_id: str, scoring_id: str, **facts: Any) -> str:
    """Published; returns its id."""
    version = catalogue.publish_calibration(
        versions.scoring(scoring_id).code,
        body(instrument_id, scoring_id, **facts),
        scoring_id=scoring_id,
        actor_id=None,
        reason="made up",
    )
    return version.id
