from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diagnostics.measurement.ability import score_table
from diagnostics.measurement.calibration import CalibratedItem
from diagnostics.measurement.errors import BadInputError, EmptyDataError
from diagnostics.measurement.latent.items import Curve, LatentItem, of_calibrated
from diagnostics.measurement.latent.persons import Estimator, Population, abilities
from diagnostics.measurement.naive import latent as naive
from diagnostics.measurement.numeric import FloatArray
from diagnostics.measurement.rasch import calibrate
from diagnostics.measurement.simulate import rasch_answers

Case = Callable[[str], dict[str, Any]]
NAN = float("nan")
MIXED = (
    LatentItem("two", 1.3, (0.4,)),
    LatentItem("credit", 0.8, (-0.5, 0.9, 0.2)),
    LatentItem("graded", 1.7, (-1.0, 0.1, 1.2), Curve.GRADED),
    LatentItem("guessed", 1.1, (0.3,), guessing=0.2),
)
TWO = (LatentItem("a", 0.7, (-1.0,)), LatentItem("b", 1.0, (0.0,)), LatentItem("c", 1.6, (0.8,)))
KINDS = list(Estimator)


def numbers(values: tuple[float | None, ...]) -> FloatArray:
    return np.array([NAN if value is None else value for value in values])


@pytest.mark.parametrize(("kind", "tolerance"), [("ml", 1e-6), ("wle", 1e-6), ("map", 1e-6), ("eap", 1e-4)])
def test_estimates_under_known_parameters_agree_with_root_finding(
    kind: str, tolerance: float, case: Case
) -> None:
    data = case("scoring_a")
    items = [
        LatentItem(f"i{place}", a, (b,))
        for place, (a, b) in enumerate(zip(data["a"], data["b"], strict=True))
    ]
    error = {"ml": "ml_se", "wle": "wle_se_info", "map": "map_se", "eap": "eap_psd"}[kind]

    found = abilities([one["pattern"] for one in data["cases"]], items, kind)

    for place, one in enumerate(data["cases"]):
        assert found.theta[place] == pytest.approx(one[kind], abs=tolerance)
        assert found.se[place] == pytest.approx(one[error], abs=tolerance)


@pytest.mark.parametrize("kind", ["eap", "map"])
def test_persons_of_the_published_tasks_stand_where_they_were_found(kind: str, case: Case) -> None:
    data = case("lsat6")
    items = [
        LatentItem(f"i{place}", a, (b,))
        for place, (a, b) in enumerate(zip(data["two_pl"]["a"], data["two_pl"]["b"], strict=True))
    ]
    expected = data["scores_2pl"]

    found = abilities([[int(one) for one in pattern] for pattern in expected["pattern"]], items, kind)

    assert numbers(found.theta) == pytest.approx(np.array(expected[kind]), abs=2e-3)
    assert numbers(found.se) == pytest.approx(
        np.array(expected["psd" if kind == "eap" else "map_se"]), abs=2e-3
    )


def patterns(items: tuple[LatentItem, ...]) -> FloatArray:
    """Every pattern of answers."""
    return np.array(np.meshgrid(*(range(item.maximum + 1) for item in items))).reshape(len(items), -1).T * 1.0


def test_the_posterior_mean_of_any_items_equals_the_naive_one() -> None:
    answers = patterns(MIXED)
    answers[::5, 1] = NAN

    found = abilities(answers, MIXED, "eap")

    for place, row in enumerate(answers):
        mean, deviation = naive.posterior_mean(row, MIXED)
        assert found.theta[place] == pytest.approx(mean, abs=1e-6)
        assert found.se[place] == pytest.approx(deviation, abs=1e-6)


@pytest.mark.parametrize("kind", ["wle", "map"])
@pytest.mark.parametrize("items", [MIXED[:3], TWO])
def test_estimates_are_roots_of_the_naive_score(kind: str, items: tuple[LatentItem, ...]) -> None:
    answers = patterns(items)

    found = abilities(answers, items, kind)

    for row, theta in zip(answers, found.theta, strict=True):
        assert theta is not None
        assert naive.pulled_score(row, items, theta, kind) == pytest.approx(0, abs=1e-4)


@pytest.mark.parametrize("kind", KINDS)
def test_both_ways_of_reckoning_agree(kind: Estimator, monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(3)
    answers = rasch_answers(rng.normal(size=60), [-1, 0, 1], rng)
    quick = abilities(answers, TWO, kind)
    monkeypatch.setattr("diagnostics.measurement.latent.canonical.is_canonical", lambda _: False)

    slow = abilities(answers, TWO, kind)

    assert numbers(slow.theta) == pytest.approx(numbers(quick.theta), abs=1e-6, nan_ok=True)
    assert numbers(slow.se) == pytest.approx(numbers(quick.se), abs=1e-6, nan_ok=True)


def test_warm_estimates_of_rasch_items_are_those_of_the_score_table() -> None:
    rng = np.random.default_rng(2)
    items: tuple[CalibratedItem, ...] = calibrate(
        rasch_answers(rng.normal(size=200), np.linspace(-1, 1, 6), rng)
    ).items
    totals = np.tril(np.ones((7, 6)), -1)

    found = abilities(totals, of_calibrated(items))

    assert numbers(found.theta) == pytest.approx(np.array(score_table(items).theta), abs=1e-7)
    assert numbers(found.se) == pytest.approx(np.array(score_table(items).se), abs=1e-7)


@pytest.mark.parametrize("kind", KINDS)
def test_missing_answers_are_as_if_the_items_were_not_there(kind: Estimator) -> None:
    whole = abilities(np.array([[1.0, NAN, 0.0]]), TWO, kind)
    part = abilities([[1.0, 0.0]], (TWO[0], TWO[2]), kind)

    assert numbers(whole.theta) == pytest.approx(numbers(part.theta), abs=1e-8)


def test_a_person_without_answers_has_no_ability_and_the_reason() -> None:
    found = abilities(np.array([[NAN, NAN, NAN], [1, 0, 1]]), TWO)

    assert (found.theta[0], found.se[0], found.reason) == (None, None, ("no_answers", None))


def test_everything_right_has_no_finite_likelihood_estimate_but_a_weighted_one() -> None:
    assert abilities([[1, 1, 1]], TWO, "ml").reason == ("no_finite_estimate",)
    assert abilities([[1, 1, 1]], TWO, "wle").reason == (None,)


def test_a_population_elsewhere_draws_the_posterior_there() -> None:
    answers = [[1.0, 0.0, 1.0]]
    moved = tuple(item.moved(2.0, 3.0) for item in TWO)

    plain = abilities(answers, TWO, "eap")
    there = abilities(answers, moved, "eap", population=Population(3.0, 2.0))

    assert numbers(there.theta) == pytest.approx(2 * numbers(plain.theta) + 3, abs=1e-6)
    assert numbers(there.se) == pytest.approx(2 * numbers(plain.se), abs=1e-6)


def test_scores_that_the_calibration_never_saw_count_as_the_nearest_below() -> None:
    items = (LatentItem("gap", 1.2, (-0.5, 0.5), lowest=1, scores=(1, 2, 4)), TWO[0])

    found = abilities([[3, 1], [2, 1], [0, 1], [1, 1], [5, 1], [4, 1]], items)

    assert found.theta[0] == found.theta[1]
    assert found.theta[2] == found.theta[3]
    assert found.theta[4] == found.theta[5]


def test_negative_slopes_are_scored() -> None:
    items = (LatentItem("against", -0.6, (0.2,)), *TWO)

    found = abilities(patterns(items), items)

    assert all(reason is None for reason in found.reason)


@given(st.integers(0, 2**32 - 1))
@settings(max_examples=15, deadline=None)
def test_more_right_answers_never_lower_the_estimate(seed: int) -> None:
    rng = np.random.default_rng(seed)
    items = [
        LatentItem(f"i{place}", float(rng.uniform(0.1, 3)), (float(rng.normal(scale=2)),))
        for place in range(6)
    ]
    ladder = np.tril(np.ones((7, 6)), -1)[:, rng.permutation(6)]

    found = numbers(abilities(ladder, items, "wle").theta)

    assert (np.diff(found) > 0).all()


@pytest.mark.parametrize(
    ("scores", "problem"),
    [
        ([[1, 0]], "columns"),
        ([[1, 0, 0.5]], "halves"),
        ([[1, 0, -1]], "negative"),
        ([[1, 0, np.inf]], "infinite"),
        ([["x", 0, 1]], "letters"),
        ([[1, 0, 1], [1, 0]], "ragged"),
        ([1, 0, 1], "a row"),
    ],
)
def test_what_is_no_matrix_of_answers_is_refused(scores: list[Any], problem: str) -> None:
    with pytest.raises(BadInputError):
        abilities(scores, TWO)


def test_scores_above_the_declared_maximum_are_refused_by_name() -> None:
    with pytest.raises(BadInputError) as refused:
        abilities([[1, 2, 1]], TWO, maxima=[1, 1, 1])

    assert refused.value.params["items"] == ("b",)


def test_no_items_and_no_population_are_refused() -> None:
    with pytest.raises(EmptyDataError):
        abilities(np.empty((3, 0)), ())
    with pytest.raises(BadInputError):
        Population(sd=0.0)


def test_nobody_has_no_abilities() -> None:
    assert abilities(np.empty((0, 3)), TWO).theta == ()
