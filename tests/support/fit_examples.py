"""Numbers of the worked examples of docs/methodology about fit, links of forms and growth in logits."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from diagnostics.measurement.ability import score_table
from diagnostics.measurement.calibration import CalibratedItem
from diagnostics.measurement.change import Measure, person_change
from diagnostics.measurement.fit.conditional import conditional_item_fit
from diagnostics.measurement.fit.persons import person_fit
from diagnostics.measurement.fit.score_groups import score_group_fit
from diagnostics.measurement.latent.items import LatentItem, of_calibrated
from diagnostics.measurement.linkage.moments import mean_sigma
from diagnostics.measurement.linkage.stable import Facts, link_curves
from diagnostics.measurement.rasch import calibrate
from diagnostics.measurement.simulate import rasch_answers


def item() -> list[float]:
    """300 people, 20 items from −2 to 2, the eleventh answered by chance."""
    rng = np.random.default_rng(1)
    scores = rasch_answers(rng.normal(size=300), np.linspace(-2, 2, 20), rng)
    scores[:, 10] = rng.integers(0, 2, 300)
    items = of_calibrated(calibrate(scores).items)
    fit, groups = conditional_item_fit(scores, items)[10], score_group_fit(scores, items)[10]
    assert fit.infit is not None
    assert groups.p is not None
    assert groups.p < 0.001
    return [fit.infit.value, fit.infit.z or 0, groups.statistic or 0, groups.df or 0]


def pattern() -> list[float]:
    """Ten of twenty items solved: the five easiest and the five hardest; the ten easiest."""
    items = [
        LatentItem(f"i{place}", 1.0, (value,)) for place, value in enumerate(np.linspace(-2, 2, 20).tolist())
    ]
    place = np.arange(20)
    odd, usual = (place < 5) | (place >= 15), place < 10
    return [one.lz_star or 0 for one in person_fit([odd, usual], items, [0.0, 0.0])]


BASE = tuple(
    LatentItem(f"i{place}", slope, (value,))
    for place, (slope, value) in enumerate(
        [(0.9, -1.6), (1.1, 0.2), (1.6, 0.3), (1.3, 1.5), (0.8, 0.4), (1.0, 0.6), (0.9, -1.4), (1.2, 2.1)]
    )
)
NEW = tuple(
    LatentItem(f"i{place}", slope, (value,))
    for place, (slope, value) in enumerate(
        [(1.0, -1.8), (1.2, -0.2), (1.7, -0.1), (1.5, 1.0), (0.8, 0.1), (1.1, 0.1), (1.0, -1.7), (1.2, 1.6)]
    )
)


def line() -> list[float]:
    names = [item.name for item in BASE]
    found = link_curves(BASE, NEW, names, facts=Facts(dict.fromkeys(names, (0.1, 0.1))))
    assert found.scale is not None
    assert found.n_kept == len(BASE)
    errors = found.scale.error_at([0.0, 2.0])
    assert errors is not None
    moments = mean_sigma(BASE, NEW)
    return [found.scale.slope, found.scale.shift, *errors.tolist(), moments.slope, moments.shift]


def gain() -> list[float]:
    """25 Rasch items from −2 to 2: 12 → 18 points and 18 → 24 points."""
    items = [
        CalibratedItem(f"i{place}", value, 0, (value,), (0,), 0, (0.0, -value))
        for place, value in enumerate(np.linspace(-2, 2, 25).tolist())
    ]
    table = score_table(items)
    found = []
    for before, after in ((12, 18), (18, 24)):
        one = person_change(
            Measure(table.theta[before], table.se[before]), Measure(table.theta[after], table.se[after])
        )
        found += [one.change, one.se or 0, one.ratio or 0]
    return found


EXAMPLES: dict[str, Callable[[], list[float]]] = {
    "item": item,
    "pattern": pattern,
    "line": line,
    "gain": gain,
}
