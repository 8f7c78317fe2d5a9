"""How many right-or-wrong trials one task of a block is worth: what the prior and every posterior count by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from diagnostics.findings.scales import Scored
from diagnostics.measurement.classical import analyse
from diagnostics.measurement.decisions import livingston_lewis
from diagnostics.measurement.errors import EstimationError
from diagnostics.measurement.method import Method
from diagnostics.measurement.numeric import FloatArray

#: Items of a scale with their weights, as a scorer keeps them.
Pool = Sequence[tuple[str, float]]
#: Form → block → its pool.
Pools = Mapping[str, Mapping[str, Pool]]


def worth_of(block: str, forms: Mapping[str, Sequence[Scored]], pools: Pools, method: Method) -> float:
    """Effective length (Livingston, Lewis 1995) of a block over its effective items, the mean over forms.

    Tasks of unequal difficulty scatter less than as many equal ones: with 1 in the place of this number the
    spread of people would pass for chance, and the prior would speak louder than their answers. 1 where the
    reliability cannot be estimated.
    """
    found = []
    for form, rows in forms.items():
        one = _of_form(rows, pools.get(form, {}).get(block, ()), block, method)
        if one is not None:
            found.append(one)
    return max(1.0, float(np.mean(found))) if found else 1.0


def _of_form(rows: Sequence[Scored], pool: Pool, block: str, method: Method) -> float | None:
    points, maxima = _weighted(rows, pool)
    complete = points[~np.isnan(points).any(axis=1)] if maxima.size else points
    if complete.shape[0] < method.min_prior_persons or maxima.size < 2:  # noqa: PLR2004 - a reliability
        return None
    alpha, whole = analyse(complete, maxima, method=method).alpha, float(maxima.sum())
    if alpha is None or not 0 < alpha < 1:
        return None
    sizes = [scale.effective for one in rows for scale in one.scales if scale.competence == block]
    effective = float(np.mean([size for size in sizes if size > 0] or [0.0]))
    try:
        length = livingston_lewis(np.clip(complete.sum(axis=1), 0, whole), alpha, whole).length
    except EstimationError:
        return None
    return length / effective if effective else None


def _weighted(rows: Sequence[Scored], pool: Pool) -> tuple[FloatArray, FloatArray]:
    """Persons × items of a block as the block weighs them, NaN = not shown; greatest points of each item."""
    known = {code: item.maximum for one in rows for code, item in one.items.items() if item.maximum > 0}
    used = [(code, weight) for code, weight in pool if weight > 0 and code in known]
    points = np.full((len(rows), len(used)), np.nan)
    for row, one in zip(points, rows, strict=True):
        for place, (code, weight) in enumerate(used):
            got = one.items[code].points if code in one.items else None
            if got is not None:
                row[place] = weight * got
    return points, np.array([weight * known[code] for code, weight in used])
