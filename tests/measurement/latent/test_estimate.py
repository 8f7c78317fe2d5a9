from __future__ import annotations

import functools
import tracemalloc
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diagnostics.measurement.latent.calibration import LatentCalibration
from diagnostics.measurement.latent.estimate import calibrate
from diagnostics.measurement.latent.items import Curve, LatentItem, curves
from diagnostics.measurement.latent.persons import abilities
from diagnostics.measurement.latent.prior import Prior
from diagnostics.measurement.naive import latent as naive
from diagnostics.measurement.numeric import FloatArray
from diagnostics.measurement.simulate import show_forms
from diagnostics.measurement.simulate_latent import latent_answers

Case = Callable[[str], dict[str, Any]]
Answers = Callable[[str], FloatArray]
NAN = float("nan")
TWO = [LatentItem(f"i{place}", slope, (at,)) for place, (slope, at) in enumerate(
    [(0.8, -1.2), (1.5, -0.5), (1.0, 0.0), (1.9, 0.4), (0.7, 1.0), (1.2, 0.8)]
)]  # fmt: skip
GRADED = [
    LatentItem(f"i{place}", slope, steps, Curve.GRADED)
    for place, (slope, steps) in enumerate(
        [(1.1, (-1.0, 0.5)), (1.8, (-0.6, 0.3, 1.2)), (0.9, (0.1,)), (1.4, (-1.4, -0.2, 0.9))]
    )
]
CREDIT = [LatentItem(item.name, item.slope, item.thresholds) for item in GRADED]
ITEMS = {"2pl": TWO, "grm": GRADED, "gpcm": CREDIT}


@functools.cache
def people(model: str, persons: int = 600, seed: int = 1) -> FloatArray:
    rng = np.random.default_rng(seed)
    return latent_answers(rng.normal(size=persons), ITEMS[model], rng)


def slopes(found: LatentCalibration) -> FloatArray:
    return np.array([item.slope for item in found.items])


def thresholds(items: Sequence[LatentItem]) -> FloatArray:
    return np.concatenate([item.thresholds for item in items])


def errors(found: LatentCalibration) -> FloatArray:
    return np.concatenate([(one.se_slope or NAN, *one.se_thresholds) for one in found.estimates])


def parameters(found: Sequence[LatentItem]) -> FloatArray:
    return np.concatenate([(item.slope, *item.thresholds) for item in found])


def test_graded_items_agree_with_the_published_estimates(case: Case, answers: Answers) -> None:
    expected = case("grm_bfi_A")

    found = calibrate(answers("ctt_bfi_A"), "grm")

    assert found.loglik == pytest.approx(expected["loglik"], abs=0.01)
    assert slopes(found) == pytest.approx(np.array(expected["a"]), abs=5e-3)
    assert thresholds(found.items) == pytest.approx(np.concatenate(expected["b"]), abs=1e-2)
    assert {item.lowest for item in found.items} == {1}


def rows_of(scores: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Different rows (missing = −1 while sorting) and how many persons gave each."""
    rows, persons = np.unique(np.nan_to_num(scores, nan=-1.0), axis=0, return_counts=True)
    return np.where(rows < 0, NAN, rows), persons.astype(np.float64)


@pytest.mark.parametrize("model", ["2pl", "grm", "gpcm"])
def test_the_likelihood_equals_the_naive_one(model: str) -> None:
    scores = people(model, 160).copy()
    scores[:5, 0] = scores[5:9, -1] = NAN
    found = calibrate(scores, model, way="map")
    rows, persons = rows_of(scores)

    assert found.loglik == pytest.approx(
        naive.marginal_log_likelihood(rows, found.items, persons.tolist()), abs=1e-5
    )


def surface(scores: FloatArray, found: LatentCalibration) -> Callable[[FloatArray], float]:
    """Marginal log-likelihood by slopes and thresholds, reckoned anew from the curves of the items."""
    rows, persons = rows_of(scores)
    theta = np.linspace(-8, 8, 161)
    weight = np.exp(-(theta**2) / 2) / np.exp(-(theta**2) / 2).sum()
    ends = np.cumsum([1 + item.maximum for item in found.items])[:-1]

    def value(at: FloatArray) -> float:
        items = [
            LatentItem(item.name, float(own[0]), tuple(own[1:]), item.curve)
            for item, own in zip(found.items, np.split(at, ends), strict=True)
        ]
        chances = curves(items, theta).chances
        likelihood = np.ones((theta.size, len(rows)))
        for column in range(len(items)):
            known = np.isfinite(rows[:, column])
            likelihood[:, known] *= chances[:, column, rows[known, column].astype(int)]
        return float(persons @ np.log(weight @ likelihood))

    return value


def curvature(value: Callable[[FloatArray], float], at: FloatArray, step: float = 1e-3) -> FloatArray:
    """Numeric second derivatives."""
    unit = np.eye(at.size) * step
    return np.array([
        [(value(at + a + b) - value(at + a - b) - value(at - a + b) + value(at - a - b)) / (4 * step**2) for b in unit]
        for a in unit
    ])  # fmt: skip


@pytest.mark.parametrize("model", ["2pl", "grm", "gpcm"])
def test_the_estimate_is_flat_and_its_errors_are_the_curvature_there(model: str) -> None:
    scores = people(model, 800).copy()
    scores[:120, 0] = scores[100:200, -1] = NAN
    found = calibrate(scores, model)
    value, at, unit = (
        surface(scores, found),
        parameters(found.items),
        np.eye(parameters(found.items).size) * 1e-4,
    )

    gradient = np.array([(value(at + one) - value(at - one)) / 2e-4 for one in unit])
    covariance = np.linalg.inv(-curvature(value, at))

    assert found.loglik == pytest.approx(value(at), abs=1e-5)
    assert np.abs(covariance @ gradient).max() < 1e-4
    assert errors(found) == pytest.approx(np.sqrt(np.diag(covariance)), rel=2e-3)


def test_priors_give_the_mode_of_the_posterior_and_its_curvature() -> None:
    scores, prior = people("grm", 200), Prior(log_slope_mean=0.1, log_slope_sd=0.4, threshold_sd=1.5)
    found = calibrate(scores, "grm", way="map", prior=prior)
    likelihood, at = surface(scores, found), parameters(found.items)
    is_slope = np.concatenate([[True] + [False] * item.maximum for item in found.items])

    def value(here: FloatArray) -> float:
        away = np.where(is_slope, (np.log(np.abs(here)) - 0.1) / 0.4, here / 1.5)
        return likelihood(here) - float(away @ away) / 2

    gradient = np.array([(value(at + one) - value(at - one)) / 2e-4 for one in np.eye(at.size) * 1e-4])
    covariance = np.linalg.inv(-curvature(value, at))

    assert found.log_posterior == pytest.approx(value(at), abs=1e-5)
    assert np.abs(covariance @ gradient).max() < 1e-4
    assert errors(found) == pytest.approx(np.sqrt(np.diag(covariance)), rel=2e-3)


def test_priors_draw_slopes_together() -> None:
    free, held = calibrate(people("2pl"), "2pl"), calibrate(people("2pl"), "2pl", way="map")

    assert np.log(slopes(held)).std() < np.log(slopes(free)).std()
    assert held.loglik < free.loglik


@pytest.mark.parametrize("model", ["2pl", "grm", "gpcm", "1pl"])
def test_the_order_of_persons_and_items_changes_nothing(model: str) -> None:
    scores = people("2pl" if model == "1pl" else model, 500)
    rng = np.random.default_rng(0)
    columns = rng.permutation(scores.shape[1])

    straight = calibrate(scores, model)
    shuffled = calibrate(rng.permutation(scores)[:, columns], model)

    assert shuffled.loglik == pytest.approx(straight.loglik, abs=1e-6)
    assert slopes(shuffled) == pytest.approx(slopes(straight)[columns], abs=1e-4)


@given(seed=st.integers(0, 2**32 - 1), model=st.sampled_from(["2pl", "grm", "gpcm", "rasch"]))
@settings(max_examples=8, deadline=None)
def test_the_same_persons_twice_give_the_same_items_and_smaller_errors(seed: int, model: str) -> None:
    scores = people("2pl" if model == "rasch" else model, 500, seed)

    once, twice = calibrate(scores, model), calibrate(np.vstack((scores, scores)), model)

    assert parameters(twice.items) == pytest.approx(parameters(once.items), abs=2e-4)
    assert errors(twice) * np.sqrt(2) == pytest.approx(errors(once), rel=2e-3, nan_ok=True)
    assert twice.loglik == pytest.approx(2 * once.loglik, abs=1e-5)


def test_scores_counted_from_elsewhere_are_the_same_items() -> None:
    plain, shifted = calibrate(people("gpcm"), "gpcm"), calibrate(people("gpcm") + 3, "gpcm")

    assert parameters(shifted.items) == pytest.approx(parameters(plain.items))
    assert {item.lowest for item in shifted.items} == {3}
    assert shifted.collapsed == tuple(item.name for item in shifted.items)


def test_right_or_wrong_items_are_one_model_under_three_names() -> None:
    found = [calibrate(people("2pl"), model) for model in ("2pl", "grm", "gpcm")]

    assert parameters(found[1].items) == pytest.approx(parameters(found[0].items), abs=1e-5)
    assert parameters(found[2].items) == pytest.approx(parameters(found[0].items), abs=1e-5)


def test_two_forms_with_common_items_have_the_naive_likelihood() -> None:
    scores = people("2pl", 3000)
    forms = show_forms(scores, [[0, 1, 2, 3], [2, 3, 4, 5]], np.arange(3000) % 2)
    for model in ("2pl", "1pl"):
        found = calibrate(forms, model)
        rows, persons = rows_of(forms)
        naively = naive.marginal_log_likelihood(rows, found.items, persons.tolist())
        assert found.loglik == pytest.approx(naively, abs=1e-3)


@pytest.mark.parametrize("model", ["2pl", "1pl"])
def test_persons_by_booklet_and_persons_one_by_one_are_two_ways_to_one_result(
    model: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    rng = np.random.default_rng(4)
    items = [LatentItem(f"i{place}", 1.0, (at,)) for place, at in enumerate(np.linspace(-2, 2, 24))]
    forms = [list(range(16)), list(range(8, 24))]
    scores = show_forms(latent_answers(rng.normal(size=900), items, rng), forms, np.arange(900) % 2)
    booklets = calibrate(scores, model)
    monkeypatch.setattr("diagnostics.measurement.latent.posterior.GROUP", 10**9)
    monkeypatch.setattr("diagnostics.measurement.latent.one_slope.GROUP", 10**9)

    singly = calibrate(scores, model)

    assert singly.loglik == pytest.approx(booklets.loglik, abs=1e-7)
    assert parameters(singly.items) == pytest.approx(parameters(booklets.items), abs=1e-5)
    assert errors(singly) == pytest.approx(errors(booklets), rel=1e-4)


def test_errors_of_very_large_designs_rest_on_a_sample_and_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(6)
    items = [LatentItem(f"i{at}", 1.2, (at / 5 - 1, at / 5)) for at in range(10)]
    scores = latent_answers(rng.normal(size=3000), items, rng)
    whole = calibrate(scores, "grm")
    monkeypatch.setattr("diagnostics.measurement.latent.posterior.BUDGET", 0)
    for module in ("posterior", "climb"):
        monkeypatch.setattr(f"diagnostics.measurement.latent.{module}.SAMPLE", 700)

    sampled = calibrate(scores, "grm")

    assert (whole.errors, sampled.errors) == ("observed_information", "observed_information_of_a_sample")
    assert parameters(sampled.items) == pytest.approx(parameters(whole.items), abs=1e-4)
    assert errors(sampled) == pytest.approx(errors(whole), rel=0.05)


@pytest.mark.parametrize("model", ["2pl", "grm", "gpcm"])
def test_known_parameters_are_recovered(model: str) -> None:
    found = calibrate(people(model, 12_000), model)

    assert parameters(found.items) == pytest.approx(parameters(ITEMS[model]), abs=0.15)


def covered(model: str, persons: int, runs: int) -> float:
    """Share of 95 % intervals that hold the true parameter."""
    true, hits = parameters(ITEMS[model]), []
    for seed in range(runs):
        found = calibrate(people.__wrapped__(model, persons, 1000 + seed), model)
        if not found.excluded:
            hits.append(np.abs(parameters(found.items) - true) <= 1.96 * errors(found))
    assert len(hits) > 0.9 * runs
    return float(np.mean(hits))


@pytest.mark.parametrize("model", ["2pl", "grm", "gpcm"])
def test_intervals_cover_the_truth(model: str) -> None:
    assert 0.93 < covered(model, 1000, 60) < 0.975


@pytest.mark.slow
@pytest.mark.parametrize("model", ["2pl", "grm", "gpcm"])
def test_intervals_cover_the_truth_in_many_runs(model: str) -> None:
    assert 0.94 < covered(model, 1000, 1000) < 0.96


def test_the_document_is_read_back_to_the_byte() -> None:
    found = calibrate(people("grm") * 2, "grm", ("a", "b", "c", "d"))

    again = LatentCalibration.from_json(found.to_json())

    assert again == found
    assert again.to_json() == found.to_json()
    assert again.item("a") == found.estimates[0]
    assert again.item("unknown") is None


@pytest.mark.slow
def test_a_million_persons_are_worked_on_in_blocks() -> None:
    """Beside the answers there are their bytes and one block in floating point."""
    scores = people.__wrapped__("2pl", 1_000_000, 3)
    tracemalloc.start()
    found = calibrate(scores, "2pl")
    placed = abilities(scores, found.items, "eap")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert parameters(found.items) == pytest.approx(parameters(TWO), abs=0.02)
    assert len(placed.theta) == 1_000_000
    assert peak < 5 * scores.nbytes


@pytest.mark.slow
def test_a_million_persons_with_many_items_are_worked_on_in_blocks() -> None:
    items = [LatentItem(f"i{at}", 1.0, (at / 15 - 1,)) for at in range(30)]
    rng = np.random.default_rng(2)
    scores = latent_answers(rng.normal(size=1_000_000), items, rng)
    tracemalloc.start()
    calibrate(scores, "2pl")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert peak < scores.nbytes / 2
