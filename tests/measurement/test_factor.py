"""Omega total on published data, on simulated congeneric items, and where there is none."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from diagnostics.measurement.factor import omega_total
from diagnostics.measurement.naive import reliability as naive
from diagnostics.measurement.numeric import FloatArray
from diagnostics.measurement.simulate import congeneric_scores

Case = Callable[[str], dict[str, Any]]
Answers = Callable[[str], FloatArray]
LOADINGS = np.linspace(0.4, 0.9, 6)
ERRORS = np.sqrt(1 - LOADINGS**2)
TRUTH = LOADINGS.sum() ** 2 / (LOADINGS.sum() ** 2 + (ERRORS**2).sum())


def test_omega_agrees_with_the_published_fit(case: Case, answers: Answers) -> None:
    truth = case("ctt_bfi_A")

    found = omega_total(answers("ctt_bfi_A"))

    assert found.value == pytest.approx(truth["omega_total_cov_ml"], abs=1e-5)
    assert found.loadings == pytest.approx(truth["loadings_cov"], rel=2e-3)
    assert found.uniquenesses == pytest.approx(truth["uniq_cov"], rel=2.1e-3)


def test_the_fit_equals_that_of_a_slow_alternation() -> None:
    scores = congeneric_scores(120, LOADINGS, ERRORS, np.random.default_rng(2))

    loadings, unique = naive.one_factor(np.cov(scores, rowvar=False))

    found = omega_total(scores)
    assert found.loadings == pytest.approx(loadings, abs=1e-4)
    assert found.uniquenesses == pytest.approx(unique, abs=1e-4)


def test_intervals_of_omega_cover_the_truth() -> None:
    rng = np.random.default_rng(0)
    hits = []
    for _ in range(300):
        found = omega_total(congeneric_scores(150, LOADINGS, ERRORS, rng)).interval
        assert found is not None
        hits.append(found.low <= TRUTH <= found.high)

    assert 0.93 <= np.mean(hits) <= 0.97


def test_other_units_of_all_items_change_nothing() -> None:
    scores = congeneric_scores(200, LOADINGS, ERRORS, np.random.default_rng(1))

    assert omega_total(scores * 7).value == pytest.approx(omega_total(scores).value, abs=1e-7)


def test_items_that_run_the_other_way_are_named_instead_of_a_number() -> None:
    scores = congeneric_scores(200, LOADINGS, ERRORS, np.random.default_rng(3))
    scores[:, [1, 4]] = 20 - scores[:, [1, 4]]

    found = omega_total(scores)

    assert (found.value, found.reason, found.against) == (None, "mixed_signs", (1, 4))


@pytest.mark.parametrize(
    ("scores", "reason"),
    [
        (np.ones((50, 2)), "too_few_items"),
        (np.arange(12.0).reshape(3, 4), "too_few_persons"),
        (np.empty((0, 4)), "too_few_persons"),
        (np.column_stack((np.eye(20)[:, :3], np.ones(20))), "constant_items"),
        (np.tile(np.arange(20.0)[:, None], (1, 4)), "not_converged"),
    ],
)
def test_where_there_is_no_omega_there_is_a_reason(scores: FloatArray, reason: str) -> None:
    found = omega_total(scores)

    assert (found.value, found.interval, found.reason) == (None, None, reason)


def test_an_item_without_error_of_its_own_is_improper_and_not_perfect() -> None:
    rng = np.random.default_rng(4)
    first = rng.normal(size=60)
    scores = 10 + np.column_stack((first, first + rng.normal(0, 1, 60), first + rng.normal(0, 1, 60)))
    scores[:, 1:] += (rng.normal(0, 0.4, 60) * -1)[:, None] * [1, -1]

    assert omega_total(scores).reason == "improper"
