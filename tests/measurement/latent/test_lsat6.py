"""Five published tasks: figures of a 241-point maximisation, which the printed run of Rizopoulos 2006 rounds."""

from __future__ import annotations

import numpy as np
import pytest

from diagnostics.measurement.latent.calibration import LatentCalibration
from diagnostics.measurement.latent.estimate import calibrate
from tests.support.lsat6 import lsat6

LOGLIK = {"2pl": -2466.653377, "1pl": -2466.937600, "rasch": -2473.053847}
SLOPES = {
    "2pl": [0.825660, 0.722744, 0.890875, 0.688368, 0.656857],
    "1pl": [0.755135] * 5,
    "rasch": [1.0] * 5,
}
THRESHOLDS = {
    "2pl": [-3.358811, -1.370058, -0.279666, -1.866381, -3.125907],
    "1pl": [-3.615267, -1.322421, -0.317631, -1.730090, -2.780172],
    "rasch": [-2.871971, -1.063029, -0.257611, -1.388059, -2.218778],
}


def thresholds(found: LatentCalibration) -> list[float]:
    return [item.thresholds[0] for item in found.items]


@pytest.mark.parametrize("model", ["2pl", "1pl", "rasch"])
def test_estimates_are_the_published_ones(model: str) -> None:
    found = calibrate(lsat6(), model)

    assert found.loglik == pytest.approx(LOGLIK[model], abs=2e-3)
    assert [item.slope for item in found.items] == pytest.approx(SLOPES[model], abs=2e-3)
    assert thresholds(found) == pytest.approx(THRESHOLDS[model], abs=4e-3)


def test_standard_errors_of_2pl_are_the_published_ones() -> None:
    found = calibrate(lsat6(), "2pl").estimates

    assert [one.se_slope for one in found] == pytest.approx(
        [0.258115, 0.186680, 0.232764, 0.185143, 0.209909], abs=3e-3
    )
    assert [one.se_thresholds[0] for one in found] == pytest.approx(
        [0.866473, 0.307491, 0.099623, 0.434317, 0.871222], abs=3e-3
    )


def test_standard_errors_with_one_slope_are_the_published_ones() -> None:
    common, rasch = calibrate(lsat6(), "1pl").estimates, calibrate(lsat6(), "rasch").estimates

    assert common[0].se_slope == pytest.approx(0.069433, abs=3e-3)
    assert [one.se_slope for one in rasch] == [None] * 5
    assert [one.se_thresholds[0] for one in rasch] == pytest.approx(
        [0.128750, 0.082114, 0.076591, 0.086495, 0.104828], abs=3e-3
    )


def test_what_was_estimated_and_how_is_told() -> None:
    found = calibrate(lsat6(), "2pl")

    assert (found.model, found.method, found.n, found.n_parameters) == (
        "2pl",
        "marginal_likelihood",
        1000,
        10,
    )
    assert (found.identification, found.metric, found.converged, found.excluded) == (
        "population_standard_normal",
        1.0,
        True,
        (),
    )


def test_free_slopes_tell_nothing_more_than_one() -> None:
    """Likelihood ratio of 0.57 with four degrees of freedom."""
    gain = 2 * (calibrate(lsat6(), "2pl").loglik - calibrate(lsat6(), "1pl").loglik)

    assert gain == pytest.approx(0.568, abs=4e-3)


def test_patterns_and_persons_are_the_same_thing() -> None:
    rng = np.random.default_rng(1)

    assert calibrate(rng.permutation(lsat6()), "2pl").loglik == pytest.approx(LOGLIK["2pl"], abs=1e-4)
