"""Fit of items with slopes that were estimated from the same answers, and whatever else comes."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from diagnostics.measurement.fit.andersen import andersen_test
from diagnostics.measurement.fit.conditional import conditional_item_fit
from diagnostics.measurement.fit.dependence import local_dependence
from diagnostics.measurement.fit.persons import person_fit
from diagnostics.measurement.fit.score_groups import Estimated, score_group_fit
from diagnostics.measurement.latent.estimate import calibrate
from diagnostics.measurement.latent.items import Curve, LatentItem
from diagnostics.measurement.latent.persons import Estimator, abilities
from diagnostics.measurement.numeric import FloatArray
from diagnostics.measurement.simulate_latent import latent_answers

NAN = float("nan")
TWO = [LatentItem(f"i{place}", 0.7 + place / 12, (place / 4 - 2,)) for place in range(16)]
GRADED = [
    LatentItem(
        f"i{place}", 0.9 + place / 12, (place / 5 - 1.8, place / 5 - 0.7, place / 5 + 0.3), Curve.GRADED
    )
    for place in range(9)
]


@pytest.mark.parametrize(("items", "model", "runs"), [(TWO, "2pl", 8), (GRADED, "grm", 8)])
def test_true_items_are_rejected_by_score_groups_as_often_as_promised(
    items: list[LatentItem], model: str, runs: int
) -> None:
    rng = np.random.default_rng(1)
    p = []
    for _ in range(runs):
        scores = latent_answers(rng.normal(size=800), items, rng)
        found = score_group_fit(scores, calibrate(scores, model).items, Estimated.SLOPES)
        p += [one.p for one in found if one.p is not None]

    assert (np.array(p) < 0.05).mean() == pytest.approx(0.05, abs=0.045)
    assert np.mean(p) == pytest.approx(0.5, abs=0.1)


def test_a_curve_that_is_no_logistic_one_is_rejected() -> None:
    """A third of all others guess what the best know."""
    rng = np.random.default_rng(2)
    theta = rng.normal(size=1500)
    scores = latent_answers(theta, TWO, rng)
    scores[:, 7] = rng.random(1500) < np.where(theta > 0.8, 0.95, 0.35)

    p = [one.p or 0.0 for one in score_group_fit(scores, calibrate(scores, "2pl").items, Estimated.SLOPES)]

    assert p[7] < 1e-4
    assert np.median(np.delete(p, 7)) > 0.05


@pytest.mark.parametrize("estimator", [Estimator.WLE, Estimator.ML, Estimator.MAP])
def test_false_alarms_about_persons_keep_their_level_with_any_estimate(estimator: Estimator) -> None:
    rng = np.random.default_rng(3)
    scores = latent_answers(rng.normal(size=2500), TWO * 2, rng)
    items = [LatentItem(f"j{place}", one.slope, one.thresholds) for place, one in enumerate(TWO * 2)]

    found = person_fit(scores, items, abilities(scores, items, estimator).theta)

    p = np.array([one.p for one in found if one.p is not None])
    assert (p < 0.05).mean() == pytest.approx(0.05, abs=0.02)


def test_residuals_of_true_items_with_slopes_are_independent() -> None:
    rng = np.random.default_rng(4)
    scores = latent_answers(rng.normal(size=1500), TWO, rng)

    found = local_dependence(scores, TWO, abilities(scores, TWO).theta)

    assert found.flagged == ()
    assert found.mean == pytest.approx(-1 / 15, abs=0.02)


@settings(max_examples=40, deadline=None)
@given(
    arrays(
        float, st.tuples(st.sampled_from([0, 1, 40]), st.just(5)), elements=st.sampled_from([0.0, 1.0, NAN])
    ),
    st.sampled_from([-400.0, 0.0, 2.0]),
)
def test_whatever_comes_gives_numbers_or_reasons(scores: FloatArray, theta: float) -> None:
    rasch = [LatentItem(str(place), 1.0, (place - 2.0,)) for place in range(5)]

    for one in score_group_fit(scores, rasch):
        figures = (one.statistic, one.df, one.p)
        assert (None in figures) == (one.reason is not None)
        assert one.reason is not None or np.isfinite(np.array(figures, dtype=float)).all()
    for fit in conditional_item_fit(scores, rasch):
        assert (fit.infit is None) == (fit.reason is not None)
        assert fit.infit is None or np.isfinite([fit.infit.value, fit.infit.z or 0.0]).all()
    pairs = local_dependence(scores, rasch, np.full(len(scores), theta))
    assert (pairs.mean is None) == (pairs.reason is not None)
    test = andersen_test(scores)
    assert (test.p is None) == (test.reason is not None)
