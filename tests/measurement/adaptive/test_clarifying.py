from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diagnostics.measurement.adaptive.clarifying import (
    Clarification,
    Clarified,
    asking_order,
    by_ability,
    by_share,
    p_below,
)
from diagnostics.measurement.adaptive.clarifying_rates import (
    clarifying_rates,
    judge_by_ability,
    judge_by_share,
)
from diagnostics.measurement.adaptive.population import category
from diagnostics.measurement.conclusion import Conclusion
from diagnostics.measurement.errors import BadInputError, EmptyDataError
from diagnostics.measurement.latent.coding import coded
from diagnostics.measurement.latent.items import LatentItem
from diagnostics.measurement.latent.persons import STANDARD
from diagnostics.measurement.naive import posterior as slow
from diagnostics.measurement.numeric import BoolArray, FloatArray
from diagnostics.measurement.prior import Prior
from diagnostics.measurement.simulate import rasch_answers

UNSEEN = ("u1", "u2", "u3", "u4", "u5", "u6", "u7")
ITEMS = tuple(LatentItem(f"i{number}", 1.2, (0.5 * number - 2.0,)) for number in range(9))


def share(right: int, items: int, **facts: Any) -> Clarification:
    known: dict[str, Any] = {"cut": 0.6, "unseen": UNSEEN, "asked": 0} | facts
    return by_share([1.0] * right + [0.0] * (items - right), [1.0] * items, **known)


@pytest.mark.parametrize(
    ("right", "items", "facts", "state", "item"),
    [
        (3, 6, {}, Clarified.ASK, "u1"),
        (0, 6, {}, Clarified.CLEAR, None),
        (6, 6, {}, Clarified.CLEAR, None),
        (3, 6, {"asked": 6}, Clarified.LIMIT, None),
        (3, 6, {"asked": 9}, Clarified.LIMIT, None),
        (3, 6, {"limit": 0}, Clarified.LIMIT, None),
        (3, 6, {"unseen": ()}, Clarified.NO_ITEMS, None),
        (0, 2, {}, Clarified.ASK, "u1"),
        (0, 0, {}, Clarified.ASK, "u1"),
    ],
)
def test_it_asks_on_until_the_verdict_is_clear_or_nothing_may_be_asked(
    right: int, items: int, facts: dict[str, Any], state: Clarified, item: str | None
) -> None:
    found = share(right, items, **facts)
    assert (found.state, found.item) == (state, item)


def test_the_chance_is_that_of_the_slow_twin_and_provisional_without_a_prior() -> None:
    found = share(3, 7)
    expected = slow.p_below(slow.density(3, 7, 7, 1.0, 1.0), 0.6)

    assert found.conclusion.probability == pytest.approx(expected, abs=1e-3)
    assert found.conclusion.provisional
    assert not share(3, 7, prior=Prior(4.0, 3.0, "empirical", 80)).conclusion.provisional
    assert found.left == 6


def test_fewer_than_three_items_conclude_nothing_but_are_asked_on() -> None:
    found = share(0, 2)
    assert (found.conclusion.code, found.state) == (Conclusion.NO_CONCLUSION, Clarified.ASK)


def test_the_next_calibrated_item_tells_most_at_the_cut() -> None:
    found = by_ability([(ITEMS[0], 1), (ITEMS[1], 0), (ITEMS[8], 0)], ITEMS[2:8], cut=-0.6, asked=0)

    assert (found.state, found.item) == (Clarified.ASK, "i3")
    assert not found.conclusion.provisional
    assert [item.name for item in asking_order(ITEMS[2:8], -0.6)][:3] == ["i3", "i2", "i4"]


def test_an_ability_far_from_the_cut_is_clear_at_once() -> None:
    all_right = [(item, 1) for item in ITEMS[:6]]
    found = by_ability(all_right, ITEMS[6:], cut=-1.5, asked=0)
    assert (found.state, found.conclusion.code) == (Clarified.CLEAR, Conclusion.SURELY_NONE)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.booleans(), min_size=3, max_size=9), st.floats(-2, 2))
def test_the_chance_of_an_ability_below_the_cut_is_an_integral(answers: list[bool], cut: float) -> None:
    known = [(item, int(right)) for item, right in zip(ITEMS, answers, strict=False)]
    grid = np.linspace(-7, 7, 28_001)
    weights = np.exp(-0.5 * grid**2)
    for item, right in known:
        chance = 1 / (1 + np.exp(-item.slope * (grid - item.thresholds[0])))
        weights *= chance if right else 1 - chance

    assert p_below(known, cut, STANDARD) == pytest.approx(
        weights[grid < cut].sum() / weights.sum(), abs=0.004
    )


@given(st.lists(st.booleans(), min_size=3, max_size=9))
def test_one_right_answer_more_never_speaks_for_a_deficit(answers: list[bool]) -> None:
    known = [(item, int(right)) for item, right in zip(ITEMS, answers, strict=False)]
    better = [(known[0][0], 1), *known[1:]]
    assert p_below(better, 0.0, STANDARD) <= p_below(known, 0.0, STANDARD) + 1e-12


@pytest.mark.parametrize(
    "call",
    [
        lambda: share(3, 6, asked=-1),
        lambda: share(3, 6, limit=-1),
        lambda: share(3, 6, cut=1.5),
        lambda: by_share([2.0], [1.0], cut=0.6, unseen=(), asked=0),
        lambda: by_share([1.0], [1.0, 1.0], cut=0.6, unseen=(), asked=0),
        lambda: by_share([float("nan")], [1.0], cut=0.6, unseen=(), asked=0),
        lambda: by_ability([(ITEMS[0], 1)], ITEMS[:2], cut=0.0, asked=0),
        lambda: by_ability([(ITEMS[0], 1), (ITEMS[0], 0)], (), cut=0.0, asked=0),
        lambda: by_ability([(ITEMS[0], -1)], (), cut=0.0, asked=0),
        lambda: by_ability([(ITEMS[0], 1)], (), cut=float("nan"), asked=0),
        lambda: judge_by_ability([LatentItem("steps", 1.0, (0.0, 1.0))], 0.0),
    ],
)
def test_what_cannot_be_cleared_up_is_refused(call: Any) -> None:
    with pytest.raises(BadInputError):
        call()


def test_a_score_that_the_calibration_never_saw_counts_as_the_one_below() -> None:
    joined = LatentItem("joined", 1.0, (0.0, 1.0), scores=(1, 2, 4))
    assert [category(joined, score) for score in range(6)] == [0, 0, 1, 1, 2, 2]
    assert coded([[score] for score in range(6)], [joined]).codes.ravel().tolist() == [0, 0, 1, 1, 2, 2]


def rates_of(start: int, limit: int) -> tuple[FloatArray, BoolArray, list[LatentItem]]:
    rng = np.random.default_rng(4)
    truth = rng.normal(size=6000)
    places = rng.normal(-0.5, 1.0, start + limit)
    items = [LatentItem(f"i{number}", 1.0, (float(place),)) for number, place in enumerate(places)]
    return rasch_answers(truth, places, rng), truth < -0.5, items


def test_clearing_up_decides_more_and_finds_more_for_few_items() -> None:
    answers, deficits, items = rates_of(8, 6)

    found = clarifying_rates(answers, deficits, judge_by_ability(items, -0.5), start=8)

    assert found.after.undecided < 0.65 * found.before.undecided
    assert (found.after.found or 0) > (found.before.found or 0) + 0.1
    assert (found.after.wrong or 0) < 0.13
    assert found.asked == pytest.approx(found.before.undecided)
    assert 2 < (found.more or 0) < 6
    assert found.more_of_all == pytest.approx(found.asked * (found.more or 0))


def test_the_simulated_rule_is_the_rule_for_one_person() -> None:
    answers, deficits, items = rates_of(6, 3)
    judge = judge_by_ability(items, -0.5)
    for person in range(20):
        known = [(item, int(score)) for item, score in zip(items, answers[person], strict=True)]
        one = judge(answers[[person]])[0]
        assert one == pytest.approx(p_below(known, -0.5, STANDARD), abs=1e-12)
        right = answers[person].sum()
        expected = by_share(answers[person], np.ones(9), cut=0.6, unseen=(), asked=3).conclusion.probability
        assert judge_by_share(0.6)(answers[[person]])[0] == pytest.approx(expected), right
    assert deficits.any()


def test_nobody_is_asked_where_nothing_may_be_asked() -> None:
    answers, deficits, items = rates_of(8, 0)
    found = clarifying_rates(answers, deficits, judge_by_ability(items, -0.5), start=8, limit=0)
    assert found.before == found.after
    assert (found.asked, found.more, found.more_of_all) == (0.0, None, 0.0)


@pytest.mark.parametrize(
    ("answers", "start", "error"),
    [
        (np.zeros((0, 12)), 6, EmptyDataError),
        (np.zeros((5, 11)), 6, BadInputError),
        (np.zeros((5, 12)), 2, BadInputError),
        (np.full((5, 12), 0.5), 6, BadInputError),
        (np.full((5, 12), np.nan), 6, BadInputError),
    ],
)
def test_what_cannot_be_tried_is_refused(answers: FloatArray, start: int, error: type[Exception]) -> None:
    with pytest.raises(error):
        clarifying_rates(answers, np.zeros(len(answers), dtype=bool), judge_by_share(0.6), start=start)
