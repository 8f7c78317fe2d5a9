from __future__ import annotations

import numpy as np
import pytest

from diagnostics.measurement.errors import BadInputError, TooFewPersonsError
from diagnostics.measurement.intervals import Interval
from diagnostics.measurement.standard_setting import angoff, bookmark

PANEL = [[0.6, 0.7, 0.5, 0.8], [0.5, 0.6, 0.6, 0.7], [0.7, 0.8, 0.5, 0.8]]


def test_angoff_by_hand() -> None:
    """Sums 2.6, 2.4, 2.8: cut 2.6 of 4, SD 0.2, SE 0.2 / √3; t(2) = 4.303."""
    found = angoff(PANEL)

    assert found.members == pytest.approx((2.6, 2.4, 2.8))
    assert (found.value, found.share, found.spread) == pytest.approx((2.6, 0.65, 0.2))
    assert found.se == pytest.approx(0.2 / np.sqrt(3))
    assert found.interval == Interval(pytest.approx(2.1032, abs=1e-4), pytest.approx(3.0968, abs=1e-4))


def test_items_of_several_points_are_judged_in_points() -> None:
    assert angoff([[1.5, 0.5], [2.0, 0.5]], [3, 1]).share == pytest.approx(2.25 / 4)


def test_one_member_far_from_the_rest_is_named() -> None:
    assert angoff([[0.6], [0.61], [0.6], [0.59], [0.2]]).outlying == (4,)


def test_members_who_agree_have_no_interval_and_no_error() -> None:
    found = angoff([[0.5, 0.5]] * 5)

    assert (found.se, found.interval, found.outlying) == (0.0, None, ())


def test_a_bookmark_stands_after_the_last_mastered_item() -> None:
    """With rp = 1/2 the cut is the difficulty of the item before the bookmark."""
    found = bookmark([3, 3, 4], [1.0, -1.0, 0.0, 2.0], response=0.5)

    assert found.members == pytest.approx((0.0, 0.0, 1.0))
    assert (found.value, found.share) == (pytest.approx(0.0), None)


def test_a_surer_success_asks_for_more_ability() -> None:
    assert bookmark([2, 2, 3], [0.0, 1.0]).value == pytest.approx(np.log(2))


def test_intervals_of_a_panel_cover_the_cut_of_all_possible_members() -> None:
    rng = np.random.default_rng(3)
    hits = []
    for _ in range(400):
        table = np.clip(0.6 + rng.normal(0, 0.06, (8, 1)) + rng.normal(0, 0.08, (8, 10)), 0, 1)
        found = angoff(table).interval
        assert found is not None
        hits.append(found.low <= 6 <= found.high)

    assert 0.93 <= np.mean(hits) <= 0.975


@pytest.mark.parametrize("table", [[[0.5, 1.2]] * 2, [[0.5, float("nan")]] * 2, [[], []], [0.5, 0.5]])
def test_judgements_that_are_none_are_refused(table: list[list[float]]) -> None:
    with pytest.raises(BadInputError):
        angoff(table)


@pytest.mark.parametrize("pages", [[1, 2], [6, 2], [2.5, 3], [float("nan"), 2]])
def test_pages_outside_the_booklet_are_refused(pages: list[float]) -> None:
    with pytest.raises(BadInputError):
        bookmark(pages, [0.0, 1.0, 2.0])


def test_one_member_is_no_panel() -> None:
    with pytest.raises(TooFewPersonsError):
        angoff([[0.5, 0.5]])
    with pytest.raises(TooFewPersonsError):
        bookmark([2], [0.0, 1.0])
