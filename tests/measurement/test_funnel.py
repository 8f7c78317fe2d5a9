from __future__ import annotations

import numpy as np
import pytest

from diagnostics.measurement.errors import BadInputError
from diagnostics.measurement.funnel import Place, mean_limits, share_limits
from diagnostics.measurement.naive import groups as naive


@pytest.mark.parametrize(("target", "n"), [(0.3, 20), (0.5, 7), (0.05, 40), (0.9, 150)])
def test_limits_of_a_share_equal_those_counted_point_by_point(target: float, n: int) -> None:
    found = share_limits(target, [n])[0]

    assert found.inner.low == pytest.approx(max(0, naive.binomial_limit(target, n, 0.025)), abs=1e-9)
    assert found.inner.high == pytest.approx(naive.binomial_limit(target, n, 0.975), abs=1e-9)
    assert found.outer.high == pytest.approx(min(1, naive.binomial_limit(target, n, 0.999)), abs=1e-9)


def test_limits_narrow_as_the_number_grows_and_nest() -> None:
    found = share_limits(0.4, [10, 50, 400])

    widths = [one.inner.high - one.inner.low for one in found]
    assert widths == sorted(widths, reverse=True)
    assert all(one.outer.low <= one.inner.low < one.inner.high <= one.outer.high for one in found)


def test_schools_that_differ_by_chance_stay_within() -> None:
    rng = np.random.default_rng(1)
    sizes = rng.integers(20, 120, 3000)
    shares = rng.binomial(sizes, 0.35) / sizes

    places = [limits.place(share) for limits, share in zip(share_limits(0.35, sizes), shares, strict=True)]

    assert np.mean([place is Place.WITHIN for place in places]) == pytest.approx(0.95, abs=0.015)
    outside = [place in {Place.ABOVE_OUTER, Place.BELOW_OUTER} for place in places]
    assert np.mean(outside) == pytest.approx(0.002, abs=0.003)


@pytest.mark.parametrize(
    ("value", "place"),
    [
        (50, Place.WITHIN),
        (53.92, Place.ABOVE_INNER),
        (46.0, Place.BELOW_INNER),
        (56.5, Place.ABOVE_OUTER),
        (40.0, Place.BELOW_OUTER),
    ],
)
def test_a_mean_has_one_of_five_places(value: float, place: Place) -> None:
    """SD 20, 100 people: limits 50 ± 3.92 and 50 ± 6.18."""
    assert mean_limits(50, 20, [100])[0].place(value) is place


@pytest.mark.parametrize(("target", "counts"), [(0.0, [5]), (1.0, [5]), (0.5, [0]), (0.5, [2.5])])
def test_shares_without_people_or_chance_are_refused(target: float, counts: list[float]) -> None:
    with pytest.raises(BadInputError):
        share_limits(target, counts)


@pytest.mark.parametrize(("sd", "counts"), [(0.0, [5]), (1.0, [0]), (float("nan"), [5])])
def test_means_without_spread_or_people_are_refused(sd: float, counts: list[float]) -> None:
    with pytest.raises(BadInputError):
        mean_limits(50, sd, counts)
