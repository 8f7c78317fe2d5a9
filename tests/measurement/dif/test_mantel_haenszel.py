"""Mantel–Haenszel: published values, a slow twin, people whose difference is known, and groups that say nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from diagnostics.measurement.dif.mantel_haenszel import common_odds, letter, mantel_haenszel
from diagnostics.measurement.errors import BadInputError, EmptyDataError
from diagnostics.measurement.naive import dif as naive
from diagnostics.measurement.numeric import BoolArray, FloatArray
from diagnostics.measurement.simulate import rasch_answers, show_forms

Case = Callable[[str], dict[str, Any]]
Answers = Callable[[str], FloatArray]
NAN = float("nan")


def people(
    n: int, seed: int, harder: dict[int, float] | None = None, items: int = 20, behind: float = 0.5
) -> tuple[FloatArray, BoolArray]:
    """Half reference, half focal; the focal group is weaker by `behind`, and some items are harder for it."""
    rng = np.random.default_rng(seed)
    focal = np.arange(n) % 2 == 1
    ability = rng.normal(size=n) - behind * focal
    difficulty = np.linspace(-1.5, 1.5, items)
    shifted = difficulty.copy()
    for place, amount in (harder or {}).items():
        shifted[place] += amount
    scores = rasch_answers(ability, difficulty, rng)
    scores[focal] = rasch_answers(ability[focal], shifted, rng)
    return scores, focal


def test_all_items_agree_with_the_published_values(case: Case, answers: Answers) -> None:
    truth, table = case("dif_verbal"), answers("dif_verbal")

    found = mantel_haenszel(table[:, 1:], table[:, 0] == truth["focal_group"]).items

    for attribute, name in (
        ("odds_ratio", "mh_common_odds_ratio"),
        ("chi2", "mh_chisq_corrected"),
        ("p", "mh_p"),
        ("chi2_uncorrected", "mh_chisq_uncorrected"),
        ("delta", "mh_d_dif"),
    ):
        assert [getattr(item, attribute) for item in found] == pytest.approx(truth[name], rel=1e-5)
    bounds = [item.odds_interval for item in found if item.odds_interval is not None]
    assert [one.low for one in bounds] == pytest.approx(truth["or_ci95_low"], rel=1e-5)
    assert [one.high for one in bounds] == pytest.approx(truth["or_ci95_high"], rel=1e-5)


def test_one_question_over_strata_agrees_with_the_published_values(case: Case) -> None:
    truth = case("mh_ucb")

    odds, interval, chi2, plain = common_odds(truth["tables"])

    assert odds == pytest.approx(truth["common_or"], rel=1e-6)
    assert [interval.low, interval.high] == pytest.approx(truth["ci95"], abs=1e-5)
    assert (chi2, plain) == pytest.approx((truth["chisq_corrected"], truth["chisq_uncorrected"]), rel=1e-6)


def test_every_item_equals_the_sum_person_by_person_on_two_forms() -> None:
    scores, focal = people(300, 1, items=12)
    scores = show_forms(scores, [list(range(8)), list(range(4, 12))], np.arange(300) // 2 % 2)

    found = mantel_haenszel(scores, focal).items

    for place, item in enumerate(found):
        strata = naive.strata_of(scores, focal.tolist(), place, list(range(12)))
        assert (item.odds_ratio, item.chi2) == pytest.approx(naive.mantel_haenszel(strata))


@pytest.mark.parametrize("items", [2, 9])
def test_strata_of_more_people_than_a_byte_counts_are_whole(items: int) -> None:
    scores, focal = people(3000, 7, items=items)

    found = mantel_haenszel(scores, focal).items

    for place, item in enumerate(found):
        strata = naive.strata_of(scores, focal.tolist(), place, list(range(items)))
        assert (item.odds_ratio, item.chi2) == pytest.approx(naive.mantel_haenszel(strata))


def test_an_item_left_out_of_matching_is_still_matched_on_itself() -> None:
    scores, focal = people(1000, 2, {5: 1.5, 6: 1.2})

    found = mantel_haenszel(scores, focal, purify=True)

    assert set(found.removed) >= {"i6", "i7"}
    matching = [place for place in range(20) if f"i{place + 1}" not in found.removed]
    for place in (0, 5):
        strata = naive.strata_of(scores, focal.tolist(), place, matching)
        assert found.items[place].odds_ratio == pytest.approx(naive.mantel_haenszel(strata)[0])


def test_a_weaker_group_alone_makes_no_item_suspect() -> None:
    letters = [item.letter for seed in range(10) for item in mantel_haenszel(*people(1000, seed)).items]

    assert np.mean([one == "A" for one in letters]) > 0.98


def test_an_item_harder_by_one_logit_is_large_and_against_the_focal_group() -> None:
    item = mantel_haenszel(*people(2000, 3, {9: 1.0})).items[9]

    assert item.letter == "C"
    assert item.delta == pytest.approx(-2.35, abs=0.6)
    assert item.share_difference is not None
    assert item.share_difference < 0


def test_swapped_groups_turn_the_effect_round() -> None:
    scores, focal = people(400, 4, {3: 0.8})

    one, other = mantel_haenszel(scores, focal).items[3], mantel_haenszel(scores, ~focal).items[3]

    assert other.delta == pytest.approx(-(one.delta or 0))
    assert (other.chi2, other.p) == pytest.approx((one.chi2, one.p))


def test_intervals_of_the_effect_cover_the_truth() -> None:
    """With many matching items the number-right total is nearly the ability, and the effect is −2.35 · shift."""
    hits = []
    for seed in range(120):
        items = mantel_haenszel(*people(800, seed, {15: 0.6}, items=40, behind=0.0)).items
        interval = items[15].delta_interval
        assert interval is not None
        hits.append(interval.low <= -2.35 * 0.6 <= interval.high)

    assert 0.89 <= np.mean(hits) <= 0.99


@pytest.mark.parametrize(("n", "lettered"), [(198, False), (200, True)])
def test_small_groups_get_an_estimate_and_no_letter(n: int, *, lettered: bool) -> None:
    items = mantel_haenszel(*people(n, 6)).items

    assert all((item.letter is not None) == lettered for item in items)
    assert all(item.delta_interval is not None for item in items)
    assert {item.reason for item in items} == {None if lettered else "too_few_persons"}


@pytest.mark.parametrize(
    ("delta", "error", "p", "found"),
    [
        (0.9, 0.1, 0.001, "A"),
        (-2.0, 1.5, 0.20, "A"),
        (-1.2, 0.3, 0.01, "B"),
        (1.6, 0.5, 0.01, "B"),
        (1.6, 0.2, 0.001, "C"),
        (-1.5, 0.3, 0.001, "C"),
    ],
)
def test_letters_follow_size_and_certainty(delta: float, error: float, p: float, found: str) -> None:
    assert letter(delta, error, p) == found


def test_an_item_that_everybody_solved_says_nothing() -> None:
    scores, focal = people(200, 7)
    scores[:, 2] = 1

    found = mantel_haenszel(scores, focal, purify=True).items[2]

    assert (found.delta, found.chi2, found.letter, found.reason) == (None, None, None, "no_overlap")


def test_an_item_that_only_one_group_solved_is_one_sided() -> None:
    scores, focal = people(200, 8)
    scores[:, 2] = ~focal

    found = mantel_haenszel(scores, focal).items[2]

    assert (found.odds_ratio, found.letter, found.reason) == (None, None, "one_sided")
    assert found.p is not None
    assert found.p < 0.001


@pytest.mark.parametrize(
    ("scores", "focal", "error"),
    [
        ([[2.0], [1.0]], [True, False], BadInputError),
        ([[0.5], [1.0]], [True, False], BadInputError),
        ([[1.0], [0.0]], [True], BadInputError),
        ([[1.0], [0.0]], [1, 0], BadInputError),
        ([[1.0], [0.0]], [True, True], EmptyDataError),
        ([[1.0], [NAN]], [True, False], EmptyDataError),
        ([[NAN], [NAN]], [True, False], EmptyDataError),
    ],
)
def test_what_cannot_be_compared_is_refused(
    scores: list[list[float]], focal: list[bool], error: type[Exception]
) -> None:
    with pytest.raises(error):
        mantel_haenszel(scores, np.array(focal))
