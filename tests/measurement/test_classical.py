from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from diagnostics.measurement.classical import analyse
from diagnostics.measurement.errors import BadInputError
from diagnostics.measurement.intervals import Interval
from diagnostics.measurement.numeric import FloatArray
from diagnostics.measurement.simulate import congeneric_scores, rasch_answers, show_forms

Case = Callable[[str], dict[str, Any]]
Answers = Callable[[str], FloatArray]
NAN = float("nan")


def test_items_and_test_agree_with_published_values(case: Case, answers: Answers) -> None:
    truth = case("ctt_bfi_A")

    found = analyse(answers("ctt_bfi_A"), [6] * 5)

    assert [item.mean for item in found.items] == pytest.approx(truth["item_mean"], abs=1e-6)
    assert [item.r_rest for item in found.items] == pytest.approx(truth["r_drop"], abs=1e-6)
    assert found.alpha == pytest.approx(truth["alpha"], abs=1e-6)
    assert found.sem == pytest.approx(truth["sem"], abs=1e-6)
    assert found.alpha_interval is not None
    assert [found.alpha_interval.low, found.alpha_interval.high] == pytest.approx(truth["feldt95"], abs=1e-6)


@pytest.fixture
def scores() -> FloatArray:
    rng = np.random.default_rng(1)
    return rasch_answers(rng.normal(size=40), [-1, 0, 0.5, 1, -0.5], rng)


def test_the_rest_correlation_equals_the_correlation_with_the_sum_of_the_others(scores: FloatArray) -> None:
    found = analyse(scores, [1] * 5)

    for place, item in enumerate(found.items):
        rest = np.delete(scores, place, axis=1).sum(axis=1)
        assert item.r_rest == pytest.approx(np.corrcoef(scores[:, place], rest)[0, 1])


def test_persons_twice_change_no_estimate_but_alpha_by_nothing(scores: FloatArray) -> None:
    once, twice = analyse(scores, [1] * 5), analyse(np.vstack((scores, scores)), [1] * 5)

    assert twice.alpha == pytest.approx(once.alpha)
    assert [item.p for item in twice.items] == [item.p for item in once.items]


def test_the_interval_of_a_share_is_wilsons() -> None:
    """Published figure: 8 of 10 gives 0.490 … 0.943 (Wilson 1927; Brown, Cai, DasGupta 2001)."""
    column = np.array([1] * 8 + [0] * 2, dtype=float)

    interval = analyse(np.column_stack((column, column[::-1])), [1, 1]).items[0].p_interval

    assert interval == Interval(pytest.approx(0.490, abs=1e-3), pytest.approx(0.943, abs=1e-3))


def test_omissions_are_counted_among_those_who_saw_the_item(scores: FloatArray) -> None:
    skipped = np.zeros(scores.shape, dtype=bool)
    skipped[:3, 0] = True
    scores[:3, 0] = 0
    scores[0, 0] = NAN

    item = analyse(scores, [1] * 5, omitted=skipped).items[0]

    assert (item.n, item.omitted) == (39, 2)


@pytest.mark.parametrize(("n", "reason"), [(9, "counts_only"), (29, "provisional"), (30, None)])
def test_few_answers_say_less(n: int, reason: str | None) -> None:
    scores = np.tile([[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]], (10, 1))[:n]

    item = analyse(scores, [1, 1]).items[0]

    assert item.reason == reason
    assert (item.p is None) == (reason == "counts_only")


def test_flags_name_what_is_wrong_with_an_item() -> None:
    rng = np.random.default_rng(5)
    theta = rng.normal(size=200)
    good = rasch_answers(theta, np.linspace(-1, 1, 8), rng)
    easy, hard, noise = rng.random((3, 200, 1)) < np.array([0.97, 0.05, 0.5])[:, None, None]

    found = analyse(np.hstack((good, easy, hard, noise)), [1] * 11)

    assert "too_easy" in found.items[8].flags
    assert "too_hard" in found.items[9].flags
    assert found.items[10].flags == ("low_discrimination",)


@pytest.mark.parametrize(
    ("scores", "reason"),
    [
        (np.empty((0, 3)), "too_few_persons"),
        (np.empty((0, 0)), "too_few_items"),
        (np.ones((1, 3)), "too_few_persons"),
        (np.ones((20, 3)), "no_variance"),
        (np.zeros((20, 3)), "no_variance"),
        ([[1.0, 0.0], [0.0, 1.0]], "no_variance"),
        (np.ones((20, 1)), "too_few_items"),
        ([[1, NAN], [NAN, 1], [0, NAN]], "incomplete"),
        (np.full((20, 3), NAN), "incomplete"),
    ],
)
def test_without_information_there_is_a_reason_and_no_alpha(scores: FloatArray, reason: str) -> None:
    found = analyse(scores, [1] * np.shape(scores)[1])

    if np.isnan(scores).all() and np.size(scores):
        reason = "too_few_persons"
    assert (found.alpha, found.sem, found.alpha_interval, found.reason) == (None, None, None, reason)


def test_a_constant_item_has_no_correlation(scores: FloatArray) -> None:
    found = analyse(np.column_stack((scores, np.ones(40))), [1] * 6)

    assert (found.items[5].r_rest, found.items[5].r_interval) == (None, None)
    assert found.items[5].flags == ("too_easy",)


def test_parallel_forms_are_described_item_by_item() -> None:
    rng = np.random.default_rng(2)
    whole = rasch_answers(rng.normal(size=4000), np.linspace(-1, 1, 12), rng)
    forms = show_forms(whole, [list(range(8)), list(range(4, 12))], rng.integers(0, 2, 4000))

    found = analyse(forms, [1] * 12)

    assert found.reason == "incomplete"
    assert all(item.r_rest is not None and 0.2 < item.r_rest < 0.5 for item in found.items)
    assert [item.p for item in found.items] == pytest.approx(whole.mean(axis=0), abs=0.03)


@pytest.mark.parametrize(
    ("scores", "maxima"), [([[2.0]], [1.0]), ([[1.0]], [0.0]), ([[1.0]], [1.0, 1.0]), ([[-1.0]], [1.0])]
)
def test_impossible_scores_are_refused(scores: list[list[float]], maxima: list[float]) -> None:
    with pytest.raises(BadInputError):
        analyse(scores, maxima)


def test_a_negative_alpha_names_the_items_that_run_the_other_way() -> None:
    rng = np.random.default_rng(3)
    scores = np.clip(np.round(congeneric_scores(80, [1.0] * 5, [0.8] * 5, rng, mean=3)), 0, 6)
    scores[:, [1, 3]] = 6 - scores[:, [1, 3]]

    found = analyse(scores, [6] * 5, ("a", "b", "c", "d", "e"))

    assert (found.alpha, found.sem, found.alpha_interval) == (None, None, None)
    assert (found.reason, found.against) == ("unreversed_items", ("b", "d"))


def test_items_that_do_not_hang_together_accuse_no_item() -> None:
    """A negative alpha by chance: turning items round would not make a scale of noise."""
    seeds = range(40)
    noise = [np.random.default_rng(seed).integers(0, 2, (30, 5)).astype(float) for seed in seeds]
    negative = [found for found in (analyse(one, [1] * 5) for one in noise) if found.alpha is None]

    assert len(negative) > 10
    assert sum(found.reason == "negative_alpha" for found in negative) >= len(negative) / 2
    assert all(found.against == () for found in negative if found.reason == "negative_alpha")
