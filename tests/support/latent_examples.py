"""Numbers of the worked examples of docs/methodology about items with slopes and about persons."""

from __future__ import annotations

from collections.abc import Callable

from diagnostics.measurement.latent.estimate import calibrate
from diagnostics.measurement.latent.persons import abilities
from diagnostics.measurement.latent.precision import against_cuts
from tests.support.lsat6 import lsat6


def slopes() -> list[float]:
    """LSAT 6: free slopes and one slope."""
    free, common = calibrate(lsat6(), "2pl"), calibrate(lsat6(), "1pl")
    third = free.estimates[2]
    assert third.se_slope is not None
    return [
        free.loglik,
        third.item.slope,
        third.se_slope,
        third.item.thresholds[0],
        third.se_thresholds[0],
        2 * (free.loglik - common.loglik),
    ]


def person() -> list[float]:
    """Four of the five tasks of LSAT 6 solved; what the test says at a cut."""
    items = calibrate(lsat6(), "2pl").items
    found = []
    for estimator in ("wle", "eap"):
        one = abilities([[1, 1, 0, 1, 1]], items, estimator)
        found += [one.theta[0] or 0.0, one.se[0] or 0.0]
    cut = against_cuts(items, [0.5])
    return [*found, cut.peak.theta, 100 * (cut.cuts[0].share_of_peak or 0.0)]


EXAMPLES: dict[str, Callable[[], list[float]]] = {"slopes": slopes, "person": person}
