"""Agreement with another implementation on random data; needs the extra `bench` (PyPI `mirt`)."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np
import pytest

from diagnostics.measurement.latent.calibration import LatentCalibration
from diagnostics.measurement.latent.estimate import calibrate
from diagnostics.measurement.latent.items import Curve, LatentItem
from diagnostics.measurement.latent.persons import abilities
from diagnostics.measurement.numeric import FloatArray
from diagnostics.measurement.simulate_latent import latent_answers

POINTS = 61
STEPS = [(-1.0, 0.3, 1.2), (-0.5, 0.1, 0.9), (-1.4, -0.2, 0.6), (-0.8, 0.4, 1.6), (-0.3, 0.5, 1.1)]


@pytest.fixture(scope="module")
def mirt() -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return pytest.importorskip("mirt", reason="the peer is not installed: extra `bench`")


def people(model: str) -> FloatArray:
    rng = np.random.default_rng(7)
    curve = Curve.GRADED if model == "grm" else Curve.ADJACENT
    steps = [(at,) for at in np.linspace(-1.2, 1.4, 8).tolist()] if model in {"2pl", "rasch"} else STEPS
    slopes = rng.uniform(0.7, 1.9, len(steps))
    items = [
        LatentItem(f"i{at}", float(a), own, curve)
        for at, (a, own) in enumerate(zip(slopes, steps, strict=True))
    ]
    return latent_answers(rng.normal(size=900), items, rng)


def fitted(mirt: Any, scores: FloatArray, model: str) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return mirt.fit_mirt(scores.astype(int), model=model, n_quadpts=POINTS, tol=1e-7, max_iter=5000)


def table(found: LatentCalibration) -> FloatArray:
    return np.array([(item.slope, *item.thresholds) for item in found.items])


@pytest.mark.parametrize(
    ("model", "theirs", "steps"),
    [
        ("rasch", "1PL", "difficulty"),
        ("2pl", "2PL", "difficulty"),
        ("grm", "GRM", "thresholds"),
        ("gpcm", "GPCM", "steps"),
    ],
)
def test_items_and_likelihood_agree_with_the_peer(mirt: Any, model: str, theirs: str, steps: str) -> None:
    scores = people(model)

    ours, other = calibrate(scores, model, points=POINTS), fitted(mirt, scores, theirs)

    expected = np.column_stack((other.model.parameters["discrimination"], other.model.parameters[steps]))
    assert table(ours) == pytest.approx(expected, abs=5e-3)
    assert ours.loglik == pytest.approx(other.log_likelihood, abs=5e-3)
    assert ours.loglik >= other.log_likelihood - 1e-4


def test_standard_errors_agree_with_the_peer(mirt: Any) -> None:
    scores = people("2pl")

    ours, other = calibrate(scores, "2pl", points=POINTS), fitted(mirt, scores, "2PL")

    slopes = [one.se_slope for one in ours.estimates]
    places = [one.se_thresholds[0] for one in ours.estimates]
    assert slopes == pytest.approx(other.standard_errors["discrimination"], rel=0.02)
    assert places == pytest.approx(other.standard_errors["difficulty"], rel=0.02)


def test_posterior_means_agree_with_the_peer(mirt: Any) -> None:
    scores = people("grm")
    other = fitted(mirt, scores, "GRM")
    own = other.model.parameters
    items = [
        LatentItem(f"i{at}", float(a), tuple(steps.tolist()), Curve.GRADED)
        for at, (a, steps) in enumerate(zip(own["discrimination"], own["thresholds"], strict=True))
    ]

    found = abilities(scores, items, "eap")

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs = mirt.fscores(other, scores.astype(int), method="EAP", n_quadpts=POINTS)
    assert np.array(found.theta, dtype=float) == pytest.approx(np.ravel(theirs.theta), abs=2e-3)
