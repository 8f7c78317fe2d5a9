from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from diagnostics.measurement.conclusion import (
    Conclusion,
    InRoute,
    conclude,
    confirmed_list,
    expected_false_share,
    poisson_binomial,
    prevalence,
)
from diagnostics.measurement.errors import BadInputError


@pytest.mark.parametrize(
    ("probability", "code", "in_route"),
    [
        (1.0, Conclusion.CONFIRMED, InRoute.YES),
        (0.80, Conclusion.CONFIRMED, InRoute.YES),
        (0.7999, Conclusion.PROBABLE, InRoute.CLARIFY_FIRST),
        (0.50, Conclusion.PROBABLE, InRoute.CLARIFY_FIRST),
        (0.4999, Conclusion.NOT_SHOWN, InRoute.NO),
        (0.2001, Conclusion.NOT_SHOWN, InRoute.NO),
        (0.20, Conclusion.SURELY_NONE, InRoute.NO),
        (0.0, Conclusion.SURELY_NONE, InRoute.NO),
    ],
)
def test_the_probability_decides(probability: float, code: Conclusion, in_route: InRoute) -> None:
    found = conclude(probability, 8, provisional=False)

    assert (found.code, found.in_route, found.probability) == (code, in_route, probability)


@pytest.mark.parametrize("probability", [0.0, 0.5, 1.0])
def test_two_items_carry_no_conclusion(probability: float) -> None:
    found = conclude(probability, 2, provisional=True)

    assert found.code is Conclusion.NO_CONCLUSION
    assert found.in_route is InRoute.TUTOR_DECIDES
    assert (found.probability, found.reason) == (None, "too_few_items")


@pytest.mark.parametrize("provisional", [True, False])
def test_the_provisional_mark_is_carried(provisional: bool) -> None:
    assert conclude(0.9, 3, provisional=provisional).provisional is provisional


@pytest.mark.parametrize("probability", [-0.1, 1.1, float("nan")])
def test_no_probability_no_conclusion(probability: float) -> None:
    with pytest.raises(BadInputError):
        conclude(probability, 8, provisional=False)


def test_the_expected_false_share_is_the_mean_of_the_doubts() -> None:
    assert expected_false_share([0.9, 0.8, 1.0]) == pytest.approx(0.1)
    assert expected_false_share([]) is None


def test_the_confirmed_list_keeps_the_surest_names_within_the_limit() -> None:
    found = confirmed_list([0.80, 0.99, 0.85, 0.82, 0.30, 0.95])

    assert found.kept == (1, 5, 2, 3)
    assert found.demoted == (0,)
    assert found.expected_false_share == pytest.approx((0.01 + 0.05 + 0.15 + 0.18) / 4)


def test_one_more_name_would_break_the_limit() -> None:
    chances = np.random.default_rng(2).uniform(0.8, 0.95, 200)

    found = confirmed_list(chances)

    assert found.expected_false_share is not None
    assert found.expected_false_share <= 0.10 + 1e-12
    assert expected_false_share(chances[[*found.kept, found.demoted[0]]]) > 0.10  # type: ignore[operator]


@pytest.mark.parametrize("chances", [[], [0.5, 0.79], [0.85]])
def test_a_list_without_sure_names_is_empty(chances: list[float]) -> None:
    found = confirmed_list(chances)

    assert (found.kept, found.expected_false_share) == ((), None)


def test_the_number_of_deficits_equals_the_sum_over_all_outcomes() -> None:
    chances = np.array([0.1, 0.5, 0.9, 0.3])
    slow = np.zeros(5)
    for outcome in product([0, 1], repeat=4):
        slow[sum(outcome)] += np.prod(np.where(outcome, chances, 1 - chances))

    assert poisson_binomial(chances) == pytest.approx(slow)


def test_prevalence_is_the_mean_probability_not_a_count_of_verdicts() -> None:
    found = prevalence([0.45] * 40)

    assert found.share == pytest.approx(0.45)
    assert found.low is not None
    assert found.high is not None
    assert 0.25 < found.low < 0.45 < found.high < 0.65


def test_certain_states_leave_no_interval() -> None:
    found = prevalence([1.0, 0.0, 0.0, 1.0])

    assert (found.share, found.low, found.high) == (0.5, 0.5, 0.5)


@pytest.mark.parametrize(("chances", "minimum"), [([], 1), ([0.5] * 24, 25)])
def test_too_small_a_group_has_no_prevalence(chances: list[float], minimum: int) -> None:
    found = prevalence(chances, min_persons=minimum)

    assert (found.n, found.share, found.low, found.high) == (len(chances), None, None, None)
    assert found.reason == "too_few_persons"
