from __future__ import annotations

import numpy as np
import pytest

from diagnostics.measurement.clusters import cluster_bootstrap
from diagnostics.measurement.errors import BadInputError
from diagnostics.measurement.naive import groups as naive

NAN = float("nan")


def test_draws_equal_those_made_one_by_one() -> None:
    values, groups = [1.0, 2, 3, 4, 5, 6, 7], ["a", "a", "b", "c", "c", "c", "b"]

    found = cluster_bootstrap(np.array(values)[:, None], groups, draws=50, seed=3)

    slow = np.array(naive.drawn_means(values, groups, 50, 3))
    # t(2) / z · √(3/2)
    widening = 4.302652730 / 1.959963985 * np.sqrt(1.5)
    assert found.draws[:, 0] == pytest.approx(4 + (slow - 4) * widening, rel=1e-6)


@pytest.mark.parametrize("clusters", [8, 30])
def test_intervals_cover_where_people_of_one_school_are_alike(clusters: int) -> None:
    rng = np.random.default_rng(1)
    hits, naive_hits = [], []
    for seed in range(250):
        groups = np.repeat(np.arange(clusters), 12)
        values = rng.normal(0, 1, clusters)[groups] + rng.normal(0, 2, groups.size)
        interval = cluster_bootstrap(values[:, None], groups, draws=600, seed=seed).intervals[0]
        assert interval is not None
        hits.append(interval.low <= 0 <= interval.high)
        naive_hits.append(abs(values.mean()) <= 1.96 * values.std() / np.sqrt(values.size))

    assert 0.92 <= np.mean(hits) <= 0.985
    assert np.mean(naive_hits) < 0.8


def test_the_order_of_persons_does_not_matter() -> None:
    values, groups = np.random.default_rng(2).normal(size=(40, 2)), np.arange(40) % 7
    order = np.random.default_rng(3).permutation(40)

    one, other = (cluster_bootstrap(values[at], groups[at], draws=200) for at in (np.arange(40), order))

    assert one.draws == pytest.approx(other.draws)


def test_values_of_nobody_and_of_one_cluster_have_no_interval() -> None:
    found = cluster_bootstrap([[NAN, 1.0], [NAN, 2.0], [NAN, NAN]], ["a", "a", "b"], draws=20)

    assert (found.means, found.intervals, found.clusters) == ((None, 1.5), (None, None), (0, 1))


@pytest.mark.parametrize(
    ("values", "groups", "draws"), [([1.0], ["a"], 5), ([[1.0]], ["a", "b"], 5), ([[1.0]], ["a"], 0)]
)
def test_what_is_no_table_of_persons_is_refused(values: list[float], groups: list[str], draws: int) -> None:
    with pytest.raises(BadInputError):
        cluster_bootstrap(values, groups, draws=draws)


def test_nobody_at_all_has_no_mean() -> None:
    assert cluster_bootstrap(np.empty((0, 1)), [], draws=5).means == (None,)
