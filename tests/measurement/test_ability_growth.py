from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from diagnostics.measurement.ability import Abilities, abilities
from diagnostics.measurement.ability_growth import AbilityChange, ability_change
from diagnostics.measurement.calibration import CalibratedItem
from diagnostics.measurement.change import Change
from diagnostics.measurement.errors import BadInputError
from diagnostics.measurement.growth import Selection
from diagnostics.measurement.linkage.scale import Scale
from diagnostics.measurement.simulate import rasch_answers

Case = Callable[[str], dict[str, Any]]
DIFFICULTY = np.linspace(-2, 2, 25)


def known(theta: list[float | None], se: float | None = 0.5) -> Abilities:
    return Abilities(
        tuple(theta),
        tuple(None if one is None else se for one in theta),
        tuple("no_answers" if one is None else None for one in theta),
    )


def items(difficulty: np.ndarray) -> tuple[CalibratedItem, ...]:
    return tuple(
        CalibratedItem(f"i{place}", value, 0.1, (value,), (0.1,), 0, (0.0, -value))
        for place, value in enumerate(difficulty.tolist())
    )


def half(found: AbilityChange) -> float:
    assert found.means is not None
    assert found.means.interval is not None
    return (found.means.interval.high - found.means.interval.low) / 2


def test_means_and_effects_agree_with_the_published_case(case: Case) -> None:
    truth = case("paired_sleep")

    found = ability_change(known(truth["pre"] * 2), known(truth["post"] * 2))

    assert found.means is not None
    assert found.effects is not None
    assert found.means.change == pytest.approx(truth["mean_diff"])
    twice = np.sqrt(19 / 18)  # the same ten people twice have a smaller n − 1 spread
    assert found.effects.d_z.value == pytest.approx(truth["d_z"] * twice)
    assert found.effects.d_av.value == pytest.approx(truth["d_av"] * twice)


def test_reliable_change_agrees_with_the_published_example(case: Case) -> None:
    truth = case("rci_a")

    found = ability_change(known([truth["pre"]], truth["sem"]), known([truth["post"]], truth["sem"]))

    person = found.persons[0]
    assert person is not None
    assert person.ratio == pytest.approx(truth["rci"], abs=1e-9)
    assert person.verdict is Change.GREW
    assert found.directions is not None
    assert found.directions.reliably_improved == 1


def test_each_person_has_the_error_of_their_own_score() -> None:
    """The same gain in points near the end of the test is less sure than in its middle."""
    rows = [np.arange(25) < total for total in (11, 17, 18, 24)]
    taken = abilities(np.array(rows, dtype=float), items(DIFFICULTY))

    found = ability_change(
        Abilities(taken.theta[::2], taken.se[::2], taken.reason[::2]),
        Abilities(taken.theta[1::2], taken.se[1::2], taken.reason[1::2]),
    )

    middle, end = found.persons
    assert middle is not None
    assert end is not None
    assert middle.se is not None
    assert end.se is not None
    assert end.se > 1.3 * middle.se
    assert middle.se == pytest.approx(np.hypot(taken.se[0] or 0.0, taken.se[1] or 0.0))


def test_people_who_did_not_change_are_rarely_called_changed() -> None:
    rng = np.random.default_rng(1)
    theta = rng.normal(size=3000)
    first, second = (abilities(rasch_answers(theta, DIFFICULTY, rng), items(DIFFICULTY)) for _ in range(2))

    ways = ability_change(first, second).directions

    assert ways is not None
    called = (ways.reliably_improved or 0) + (ways.reliably_worse or 0)
    assert 0.02 < called / ways.n_with_error < 0.06


def test_intervals_of_the_mean_gain_cover_the_truth() -> None:
    rng = np.random.default_rng(2)
    hits, gains = [], []
    for _ in range(60):
        theta = rng.normal(size=40)
        first = abilities(rasch_answers(theta, DIFFICULTY, rng), items(DIFFICULTY))
        second = abilities(rasch_answers(theta + 0.6, DIFFICULTY, rng), items(DIFFICULTY))
        found = ability_change(first, second)
        assert found.means is not None
        gains.append(found.means.change)
        hits.append(abs(found.means.change - 0.6) <= half(found))

    assert np.mean(gains) == pytest.approx(0.6, abs=0.04)
    assert 0.88 <= np.mean(hits) <= 1.0


def test_an_exit_on_another_scale_is_moved_with_its_error() -> None:
    rng = np.random.default_rng(3)
    entry = rng.normal(size=30)
    own = (entry + 0.5 - 0.3) / 1.2 + rng.normal(0, 0.1, 30)
    line = Scale(1.2, 0.3, ((0.0, 0.0), (0.0, 0.04)))

    sure = ability_change(known(entry.tolist()), known(own.tolist()), line=Scale(1.2, 0.3))
    linked = ability_change(known(entry.tolist()), known(own.tolist()), line=line)

    assert linked.means is not None
    assert linked.means.change == pytest.approx(0.5, abs=0.1)
    assert half(linked) == pytest.approx(np.hypot(half(sure), 1.959964 * 0.2), rel=1e-6)
    person = linked.persons[0]
    assert person is not None
    assert person.se == pytest.approx(np.sqrt(0.5**2 + 0.6**2 + 0.04))


def test_a_common_error_of_the_link_enters_as_that_of_a_line() -> None:
    entry, leave = known(np.linspace(-1, 1, 30).tolist()), known(np.linspace(-0.8, 1.6, 30).tolist())

    plain = ability_change(entry, leave, link_error=0.2)
    line = ability_change(entry, leave, line=Scale(1.0, 0.0, ((0.0, 0.0), (0.0, 0.04))))

    assert plain == line


def test_schools_are_drawn_whole() -> None:
    rng = np.random.default_rng(4)
    schools = np.repeat(np.arange(8), 10)
    entry = rng.normal(size=80)
    leave = entry + rng.normal(0.5, 0.6, 8)[schools] + rng.normal(0, 0.2, 80)

    alone, drawn = (
        ability_change(known(entry.tolist()), known(leave.tolist()), clusters=by) for by in (None, schools)
    )

    assert drawn.means is not None
    assert drawn.means.interval_kind == "clusters"
    assert half(drawn) > 1.5 * half(alone)


def test_who_was_chosen_for_low_results_is_expected_to_return() -> None:
    rng = np.random.default_rng(5)
    theta = rng.normal(size=2000)
    first, second = (theta + rng.normal(0, 0.5, 2000) for _ in range(2))
    low = first <= np.quantile(first, 0.25)

    found = ability_change(
        known(first[low].tolist()), known(second[low].tolist()), selection=Selection(first.mean(), 0.8)
    )

    assert found.regression is not None
    assert found.regression.expected_change > 0.2
    assert found.regression.beyond == pytest.approx(0, abs=0.05)


def test_who_is_missing_is_counted_and_never_filled_in() -> None:
    found = ability_change(known([0.1, 0.2, None, 0.4]), known([0.3, None, 0.5, None]))

    assert (found.n_entry, found.n_exit, found.n_matched) == (3, 2, 1)
    assert [one is None for one in found.persons] == [False, True, True, True]
    assert (found.effects, found.ranks) == (None, None)
    assert found.attrition.n_left == 2


@pytest.mark.parametrize(("entry", "leave"), [([], []), ([0.1], [None]), ([None, 0.1], [0.2, None])])
def test_without_pairs_only_the_counts_remain(entry: list[float | None], leave: list[float | None]) -> None:
    found = ability_change(known(entry), known(leave))

    assert (found.n_matched, found.means, found.directions, found.reason) == (0, None, None, "no_pairs")
    assert len(found.persons) == len(entry)


def test_results_without_errors_have_directions_and_no_verdict() -> None:
    found = ability_change(known([0.0] * 6, None), known([1.0, 1, 1, 1, 1, -1.0], None))

    assert found.directions is not None
    assert (found.directions.improved, found.directions.reliably_improved) == (5, None)
    assert found.persons[0] is not None
    assert found.persons[0].verdict is Change.UNKNOWN_ERROR


@pytest.mark.parametrize("link_error", [-0.1, float("nan"), float("inf")])
def test_an_impossible_error_of_the_link_is_refused(link_error: float) -> None:
    with pytest.raises(BadInputError):
        ability_change(known([0.0]), known([1.0]), link_error=link_error)


def test_other_people_at_the_exit_are_refused() -> None:
    with pytest.raises(BadInputError):
        ability_change(known([0.0]), known([1.0, 2.0]))
