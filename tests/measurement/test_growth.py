from __future__ import annotations

from dataclasses import asdict
from typing import Any

import numpy as np
import pytest

from diagnostics.measurement.clusters import cluster_bootstrap
from diagnostics.measurement.errors import BadInputError
from diagnostics.measurement.growth import Selection, group_change
from diagnostics.measurement.levels import Scale

LEVELS3 = Scale(("high", "medium", "minimal"), (0, 60, 80), 60)
NAN = float("nan")


def test_the_worked_example_to_the_digit() -> None:
    found = group_change([40, 55, 70, 60], [60, 65, 70, 50], scale=LEVELS3)

    assert found.means is not None
    assert (found.means.entry, found.means.exit, found.means.change) == (56.25, 61.25, 5.0)
    assert found.directions is not None
    assert (found.directions.improved, found.directions.same, found.directions.worse) == (2, 1, 1)
    assert found.levels is not None
    assert (found.levels.closed, found.levels.remaining, found.levels.new) == (2, 0, 1)
    assert [round(gain, 2) for gain in found.personal_gains if gain is not None] == [0.33, 0.22, 0, -0.25]
    assert found.group_gain == pytest.approx(5 / 43.75)


def test_four_pairs_have_no_interval_and_no_effect() -> None:
    found = group_change([40, 55, 70, 60], [60, 65, 70, 50])

    assert found.means is not None
    assert (found.means.interval, found.means.reason) == (None, "too_few_pairs")
    assert (found.effects, found.ranks, found.levels) == (None, None, None)


def people(n: int, seed: int = 1) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    entry = rng.uniform(30, 70, n)
    return entry, np.clip(entry + rng.normal(6, 8, n), 0, 100)


def test_the_error_of_a_link_stands_in_the_intervals_of_the_effects_too() -> None:
    entry, leave = people(60)
    alone, linked = (group_change(entry, leave, link_error=error).effects for error in (0.0, 3.0))

    assert alone is not None
    assert linked is not None
    assert linked.g_av.value == alone.g_av.value
    factor = alone.g_av.value / alone.d_av.value
    extra = 1.959964 * 3.0 * factor / ((entry.std(ddof=1) + leave.std(ddof=1)) / 2)
    half = np.hypot(alone.g_av.interval.high - alone.g_av.value, extra)
    assert linked.g_av.interval.high == pytest.approx(alone.g_av.value + half)
    spread = (leave - entry).std(ddof=1)
    half = np.hypot(alone.d_z.value - alone.d_z.interval.low, 1.959964 * 3.0 / spread)
    assert linked.d_z.interval.low == pytest.approx(alone.d_z.value - half)


def test_who_is_missing_is_counted_and_never_filled_in() -> None:
    entry, leave = people(30)
    leave[:4], entry[4:7] = NAN, NAN

    found = group_change(entry, leave)

    assert (found.n_entry, found.n_exit, found.n_matched) == (27, 26, 23)
    assert (found.attrition.n_left, found.attrition.n_stayed) == (4, 23)
    assert found.attrition.mean_left == pytest.approx(entry[:4].mean())
    assert found.attrition.difference == pytest.approx(entry[:4].mean() - entry[7:].mean())
    assert found.means is not None
    assert found.means.change == pytest.approx((leave[7:] - entry[7:]).mean())


@pytest.mark.parametrize(("n", "kind"), [(5, "bootstrap"), (19, "bootstrap"), (20, "t"), (200, "t")])
def test_small_groups_are_bootstrapped(n: int, kind: str) -> None:
    found = group_change(*people(n)).means

    assert found is not None
    assert found.interval_kind == kind
    assert found.interval is not None
    assert found.interval.low < found.change < found.interval.high


def test_a_linking_error_widens_the_interval() -> None:
    alone, linked = (group_change(*people(40), link_error=error).means for error in (0.0, 3.0))

    assert alone is not None
    assert linked is not None
    assert alone.interval is not None
    assert linked.interval is not None
    half, wider = alone.change - alone.interval.low, linked.change - linked.interval.low
    assert wider == pytest.approx(np.hypot(half, 1.959964 * 3.0), rel=1e-6)


def test_reliable_counts_need_a_known_error() -> None:
    entry, leave = [50, 50, 50, 50, 50], [62, 58, 50, 38, 70]

    unknown = group_change(entry, leave).directions
    known = group_change(entry, leave, change_errors=[5, 5, 5, 5, NAN]).directions

    assert unknown is not None
    assert (unknown.reliably_improved, unknown.reliably_worse, unknown.n_with_error) == (None, None, 0)
    assert known is not None
    assert (known.reliably_improved, known.reliably_worse, known.n_with_error) == (1, 1, 4)
    assert (known.improved, known.same, known.worse) == (3, 1, 1)


def test_the_lowest_quarter_seems_to_gain_a_quarter_of_a_deviation() -> None:
    """Reliability 0.8, nobody changed: the published worked figure of the selection effect."""
    rng = np.random.default_rng(9)
    true = rng.normal(50, 10 * np.sqrt(0.8), 40_000)
    first, second = (np.clip(true + rng.normal(0, 10 * np.sqrt(0.2), true.size), 0, 100) for _ in range(2))
    chosen = first <= np.quantile(first, 0.25)

    found = group_change(first[chosen], second[chosen], selection=Selection(float(first.mean()), 0.8))

    assert found.regression is not None
    assert found.regression.expected_change == pytest.approx(2.54, abs=0.05)
    assert found.regression.beyond == pytest.approx(0, abs=0.15)


def test_intervals_of_the_mean_cover_the_truth() -> None:
    rng = np.random.default_rng(4)
    hits = []
    for _ in range(400):
        entry = rng.uniform(30, 60, 25)
        found = group_change(entry, entry + rng.normal(5, 8, 25)).means
        assert found is not None
        assert found.interval is not None
        hits.append(found.interval.low <= 5 <= found.interval.high)

    assert 0.93 <= np.mean(hits) <= 0.975


def test_the_same_data_give_the_same_figures() -> None:
    assert group_change(*people(12), scale=LEVELS3) == group_change(*people(12), scale=LEVELS3)


def test_the_order_of_persons_does_not_matter_to_a_large_group() -> None:
    entry, leave = people(60)
    order = np.random.default_rng(0).permutation(60)

    straight, shuffled = group_change(entry, leave), group_change(entry[order], leave[order])

    assert shuffled.means is not None
    assert straight.means is not None
    assert shuffled.means.change == pytest.approx(straight.means.change)
    assert shuffled.directions == straight.directions


@pytest.mark.parametrize(
    ("entry", "leave", "reason", "n_left"),
    [([], [], "no_pairs", 0), ([50, 60], [NAN, NAN], "no_pairs", 2), ([NAN], [50], "no_pairs", 0)],
)
def test_without_pairs_only_the_counts_remain(
    entry: list[float], leave: list[float], reason: str, n_left: int
) -> None:
    found = group_change(entry, leave, scale=LEVELS3, selection=Selection(50, 0.8))

    assert (found.reason, found.n_matched, found.attrition.n_left) == (reason, 0, n_left)
    assert (found.means, found.levels, found.directions, found.regression) == (None, None, None, None)


@pytest.mark.parametrize("value", [0.0, 100.0, 50.0])
def test_a_group_in_which_nothing_moved_has_a_mean_and_no_interval(value: float) -> None:
    found = group_change([value] * 30, [value] * 30, scale=LEVELS3)

    assert found.means is not None
    assert (found.means.change, found.means.interval, found.means.reason) == (0.0, None, "no_variance")
    assert (found.effects, found.ranks) == (None, None)
    assert no_nan(asdict(found))


def no_nan(found: Any) -> bool:
    if isinstance(found, dict):
        return all(map(no_nan, found.values()))
    if isinstance(found, list | tuple):
        return all(map(no_nan, found))
    return not isinstance(found, float) or bool(np.isfinite(found))


@pytest.mark.parametrize("n", [1, 2, 3, 5, 25])
def test_no_figure_is_ever_not_a_number(n: int) -> None:
    entry, leave = people(n)

    assert no_nan(asdict(group_change(entry, leave, scale=LEVELS3, selection=Selection(50, 0.8))))


@pytest.mark.parametrize(
    ("entry", "leave", "errors", "link"),
    [
        ([50], [50, 60], None, 0.0),
        ([120], [50], None, 0.0),
        ([50], [-1], None, 0.0),
        ([float("inf")], [50], None, 0.0),
        ([50], [50], [-1], 0.0),
        ([50], [50], [1, 2], 0.0),
        ([50], [50], None, -1.0),
        ([50], [50], None, NAN),
    ],
)
def test_impossible_results_are_refused(
    entry: list[float], leave: list[float], errors: list[float] | None, link: float
) -> None:
    with pytest.raises(BadInputError):
        group_change(entry, leave, change_errors=errors, link_error=link)


def test_from_five_schools_on_whole_schools_are_drawn_again() -> None:
    entry, leave = people(60)
    schools = [f"school {place % 6}" for place in range(60)]
    found = group_change(entry, leave, clusters=schools).means
    assert found is not None
    drawn = cluster_bootstrap((leave - entry)[:, None], schools)
    assert (found.interval_kind, found.interval) == ("clusters", drawn.intervals[0])


def test_four_schools_say_nothing_of_schools_and_people_are_counted() -> None:
    entry, leave = people(60)
    found = group_change(entry, leave, clusters=[place % 4 for place in range(60)]).means
    assert found == group_change(entry, leave).means


def test_schools_that_differ_widen_the_interval_and_unmatched_people_bring_no_school() -> None:
    rng = np.random.default_rng(5)
    schools = np.repeat(np.arange(8), 12)
    entry = rng.uniform(30, 60, 96)
    leave = entry + rng.normal(0, 6, 8)[schools] + rng.normal(5, 2, 96)
    apart, alike = (group_change(entry, leave, clusters=one).means for one in (schools, None))
    assert apart is not None
    assert alike is not None
    assert apart.interval is not None
    assert alike.interval is not None
    assert apart.interval.high - apart.interval.low > 2 * (alike.interval.high - alike.interval.low)
    leave[schools > 3] = NAN
    few = group_change(entry, leave, clusters=schools).means
    assert few is not None
    assert few.interval_kind == "t"


def test_the_error_of_the_link_widens_the_interval_of_schools_too() -> None:
    entry, leave = people(60)
    schools = [place % 6 for place in range(60)]
    plain, linked = (group_change(entry, leave, clusters=schools, link_error=one).means for one in (0.0, 4.0))
    assert plain is not None
    assert linked is not None
    assert plain.interval is not None
    assert linked.interval is not None
    assert linked.interval.low < plain.interval.low < plain.interval.high < linked.interval.high


def test_one_school_a_person_is_asked_for() -> None:
    with pytest.raises(BadInputError):
        group_change(*people(20), clusters=[1, 2])
