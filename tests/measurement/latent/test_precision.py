from __future__ import annotations

import numpy as np
import pytest

from diagnostics.measurement.errors import BadInputError, EmptyDataError
from diagnostics.measurement.latent.items import Curve, LatentItem
from diagnostics.measurement.latent.precision import against_cuts, expected_scores, information, precision

ITEMS = (
    LatentItem("easy", 1.0, (-2.0,)),
    LatentItem("sharp", 2.0, (0.0,)),
    LatentItem("graded", 1.2, (-0.5, 1.5), Curve.GRADED),
)


def test_information_is_the_slope_of_the_expected_score_for_rasch_items() -> None:
    items = (LatentItem("a", 1.0, (-0.4,)), LatentItem("b", 1.0, (0.1, 0.9)))
    step = 1e-5
    rise = (expected_scores(items, [0.3 + step]) - expected_scores(items, [0.3 - step])) / (2 * step)

    assert information(items, [0.3]) == pytest.approx(rise, rel=1e-6)


def test_a_point_has_information_error_and_expected_share() -> None:
    found = precision(ITEMS[1:2], [0.0])[0]

    assert (found.information, found.error, found.expected_share) == pytest.approx((1.0, 1.0, 0.5))


def test_the_peak_and_the_best_items_of_each_cut_are_named() -> None:
    found = against_cuts(ITEMS, [-2.0, 0.0])

    assert abs(found.peak.theta) < 0.2
    assert [cut.items[0] for cut in found.cuts] == ["easy", "sharp"]
    assert found.cuts[0].share_of_peak == pytest.approx(found.cuts[0].at.information / found.peak.information)


def test_a_test_without_slopes_says_nothing_anywhere() -> None:
    found = against_cuts((LatentItem("flat", 0.0, (0.0,)),), [0.0])

    assert (found.cuts[0].at.error, found.cuts[0].share_of_peak, found.cuts[0].items) == (None, None, ())


def test_cuts_that_do_not_rise_and_tests_without_items_are_refused() -> None:
    with pytest.raises(BadInputError):
        against_cuts(ITEMS, [1.0, 0.0])
    with pytest.raises(BadInputError):
        against_cuts(ITEMS, [])
    with pytest.raises(BadInputError):
        information(ITEMS, [np.nan])
    with pytest.raises(EmptyDataError):
        against_cuts((), [0.0])
