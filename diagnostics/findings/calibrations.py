"""What a closed wave says about its items and its people: made once, frozen, pinned to the wave."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from fractions import Fraction

import numpy as np

from diagnostics.database import Json
from diagnostics.findings.scales import Scored
from diagnostics.findings.worth import Pools, worth_of
from diagnostics.measurement import rasch
from diagnostics.measurement.calibration import Calibration
from diagnostics.measurement.classical import analyse
from diagnostics.measurement.errors import EstimationError
from diagnostics.measurement.latent.items import LatentItem, of_calibrated
from diagnostics.measurement.latent.peopled import population
from diagnostics.measurement.method import Method
from diagnostics.measurement.numeric import FloatArray
from diagnostics.measurement.prior import Prior, prior_of_wave

#: Partial credit in thirds, quarters … twelfths becomes whole steps; finer credit is not calibrated.
FINEST = 12


def part_of(results: Sequence[tuple[str, Scored]], method: Method, pools: Pools | None = None) -> Json:
    """One scoring's part of a calibration, from (form, result) of each person; `pools` of each form's blocks.

    `priors` by block, `rasch` (or `rasch_reason`: why there is none) over all forms, `reliability` by form;
    `populations`: who stands behind the answers to each block, on the scale of `rasch`. Calibrations made before
    the clarifying tasks have none.
    """
    matrix, names = _matrix([scored for _, scored in results])
    found = _difficulties(matrix, names)
    return {
        "persons": len(results),
        "priors": {block: asdict(prior) for block, prior in _priors(results, method, pools or {}).items()},
        "reliability": {form: _reliability(rows, method) for form, rows in _by_form(results).items()},
        **found,
        "populations": _populations(matrix, names, found, pools or {}),
    }


def prior_for(calibration: Json | None, scoring_id: str | None, block: str) -> Prior | None:
    """The prior of a block; None = the weak prior of the method."""
    parts: Mapping[str, Json] = (calibration or {}).get("scorings", {})
    found = parts.get(scoring_id or "", {}).get("priors", {}).get(block)
    return Prior(**found) if found else None


def steps_of(share_of_maximum: Iterable[float]) -> int | None:
    """In how many equal steps the shares 0…1 lie; None when finer than `FINEST`."""
    parts = {Fraction(share).limit_denominator(FINEST) for share in share_of_maximum}
    whole = int(np.lcm.reduce([part.denominator for part in parts] or [1]))
    return whole if whole <= FINEST else None


def _priors(results: Sequence[tuple[str, Scored]], method: Method, pools: Pools) -> dict[str, Prior]:
    shares: dict[str, list[float]] = defaultdict(list)
    sizes: dict[str, list[float]] = defaultdict(list)
    for _, scored in results:
        for scale in scored.scales:
            if scale.is_block and not scale.opinion and scale.effective > 0:
                shares[scale.competence].append(min(1.0, scale.points / scale.maximum))
                sizes[scale.competence].append(scale.effective)
    forms = _by_form(results)
    return {
        block: prior_of_wave(shares[block], sizes[block], method, worth=worth_of(block, forms, pools, method))
        for block in shares
    }


def _by_form(results: Sequence[tuple[str, Scored]]) -> dict[str, list[Scored]]:
    found: dict[str, list[Scored]] = defaultdict(list)
    for form, scored in results:
        found[form].append(scored)
    return dict(sorted(found.items()))


def _matrix(rows: Sequence[Scored]) -> tuple[FloatArray, tuple[str, ...]]:
    """Persons × items as shares of the maximum, NaN = missing or of another form."""
    maxima = {code: one.maximum for scored in rows for code, one in scored.items.items() if one.maximum > 0}
    names = tuple(sorted(maxima))
    column = {name: index for index, name in enumerate(names)}
    matrix = np.full((len(rows), len(names)), np.nan)
    for row, scored in zip(matrix, rows, strict=True):
        for code, one in scored.items.items():
            if one.points is not None and code in column:
                row[column[code]] = one.points / one.maximum
    return matrix, names


def _difficulties(shares: FloatArray, names: tuple[str, ...]) -> Json:
    steps = {
        name: steps_of(np.unique(column[~np.isnan(column)]).tolist())
        for name, column in zip(names, shares.T, strict=True)
    }
    used = [index for index, name in enumerate(names) if steps[name] is not None]
    kept = tuple(names[index] for index in used)
    whole = np.array([float(steps[name] or 1) for name in kept])
    try:
        found = rasch.calibrate(np.rint(shares[:, used] * whole), kept)
    except EstimationError as error:
        return {"rasch": None, "rasch_reason": error.code, "steps": {}}
    known = {name: steps[name] for name in kept}
    return {"rasch": json.loads(found.to_json()), "rasch_reason": None, "steps": known}


def _populations(shares: FloatArray, names: tuple[str, ...], found: Json, pools: Pools) -> Json:
    """Block → mean and SD of abilities (logits) of those who answered its tasks, of any form."""
    if not found["rasch"]:
        return {}
    items = known_items(found)
    column = {name: place for place, name in enumerate(names)}
    blocks: dict[str, set[str]] = defaultdict(set)
    for pool in pools.values():
        for block, fed in pool.items():
            blocks[block] |= {code for code, weight in fed if weight > 0 and code in items}
    people = {}
    for block, codes in sorted(blocks.items()):
        used = sorted(codes)
        scores = np.array([np.rint(shares[:, column[code]] * found["steps"][code]) for code in used]).T
        if used and (~np.isnan(scores)).any():
            people[block] = asdict(population(scores, [items[code] for code in used]))
    return people


def known_items(part: Json) -> dict[str, LatentItem]:
    """Item → what is known of its difficulty; without those that have a step nobody reached."""
    rasch_part = Calibration.from_json(json.dumps(part["rasch"]))
    whole = [one for one in rasch_part.items if None not in one.thresholds]
    return {item.name: item for item in of_calibrated(whole)}


def _reliability(rows: Sequence[Scored], method: Method) -> Json:
    shares, names = _matrix(rows)
    maxima = np.array([_maximum(rows, name) for name in names])
    found = analyse(shares * maxima, maxima, names, method=method)
    return {
        "n": found.n,
        "n_complete": found.n_complete,
        "n_items": len(names),
        "maximum": float(maxima.sum()),
        "alpha": found.alpha,
        "alpha_interval": asdict(found.alpha_interval) if found.alpha_interval else None,
        "sem": found.sem,
        "reason": found.reason,
    }


def _maximum(rows: Sequence[Scored], item: str) -> float:
    return next(scored.items[item].maximum for scored in rows if item in scored.items)
