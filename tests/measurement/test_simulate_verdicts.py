from __future__ import annotations

import numpy as np
import pytest

from diagnostics.measurement.errors import BadInputError
from diagnostics.measurement.simulate_verdicts import Design, VerdictTrial, change_power, verdict_trial

COARSE = Design(tests=10, persons=500)


@pytest.fixture(scope="module")
def trials() -> dict[int, VerdictTrial]:
    return {items: verdict_trial(items, np.random.default_rng(3), COARSE) for items in (6, 10, 20, 30)}


@pytest.mark.parametrize(
    ("items", "undecided", "wrong", "found"),
    [(6, 0.36, 0.065, 0.40), (10, 0.31, 0.045, 0.45), (20, 0.24, 0.038, 0.56), (30, 0.19, 0.028, 0.66)],
)
def test_verdicts_are_as_often_open_and_wrong_as_the_method_says(
    trials: dict[int, VerdictTrial], items: int, undecided: float, wrong: float, found: float
) -> None:
    """The full table is benchmarks/error_rates.py; six items find fewer deficits than the method says."""
    rates = trials[items].known

    assert rates.undecided == pytest.approx(undecided, abs=0.05)
    assert rates.wrong == pytest.approx(wrong, abs=0.02)
    assert rates.found == pytest.approx(found, abs=0.09)


def test_every_item_more_leaves_less_open(trials: dict[int, VerdictTrial]) -> None:
    for place in ("known", "share", "weak"):
        found = [getattr(trials[items], place).undecided for items in (6, 10, 20, 30)]
        assert found == sorted(found, reverse=True)


def test_the_list_of_confirmed_names_keeps_its_promise(trials: dict[int, VerdictTrial]) -> None:
    for trial in trials.values():
        assert trial.list_false == pytest.approx(trial.list_promised, abs=0.03)
        assert trial.list_promised is not None
        assert trial.list_promised <= 0.10


def test_six_clarifying_items_halve_the_open_verdicts_of_a_short_block(
    trials: dict[int, VerdictTrial],
) -> None:
    found = trials[6].clarified

    assert found.after.undecided < 0.55 * found.before.undecided
    assert (found.after.found or 0) > 1.3 * (found.before.found or 1)
    assert found.before.undecided == pytest.approx(trials[6].known.undecided)
    assert found.before.wrong == pytest.approx(trials[6].known.wrong)


def test_clearing_up_without_a_calibration_names_more_people_falsely(trials: dict[int, VerdictTrial]) -> None:
    trial = trials[6]
    assert (trial.clarified_weak.after.false_names or 0) > 1.2 * (trial.clarified.after.false_names or 1)
    assert trial.clarified_weak.before.undecided == pytest.approx(trial.weak.undecided, abs=0.08)


@pytest.mark.parametrize(("items", "shown"), [(10, 0.07), (20, 0.24)])
def test_a_gain_of_one_sd_is_shown_as_seldom_as_the_method_says(items: int, shown: float) -> None:
    gain, loss = change_power(items, 1.0, np.random.default_rng(3), persons=8000)
    assert gain == pytest.approx(shown, abs=0.02)
    assert loss < 0.003


def test_nobody_who_stayed_changes_more_often_than_one_in_twenty() -> None:
    gain, loss = change_power(40, 0.0, np.random.default_rng(3), persons=8000)
    assert 0.02 < gain + loss < 0.055
    assert gain == pytest.approx(loss, abs=0.01)


def test_fewer_items_than_anything_is_concluded_from_are_refused() -> None:
    with pytest.raises(BadInputError):
        verdict_trial(2, np.random.default_rng(1), COARSE)
