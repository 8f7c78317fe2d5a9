from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diagnostics.measurement.errors import BadInputError
from diagnostics.measurement.intervals import normal_quantile
from diagnostics.measurement.method import METHOD
from diagnostics.measurement.naive import survey as naive
from diagnostics.measurement.numeric import special
from diagnostics.measurement.survey.voices import Voice, estimates, over_groups, resample

NAN = float("nan")
FEW = replace(METHOD, bootstrap_draws=200)
INDEX = st.floats(0, 100, allow_nan=False)


def column(values: list[float], weight: float = 1.0, *, declared: bool = False) -> Voice:
    return Voice("group", np.array(values, dtype=float).reshape(-1, 1), weight, declared)


@given(st.lists(INDEX, min_size=2, max_size=8))
@settings(max_examples=25)
def test_draws_agree_with_the_twin_that_goes_one_by_one(values: list[float]) -> None:
    found = resample(column(values), 3, FEW)
    plain = naive.drawn_means(sorted(values), 200, FEW.bootstrap_seed, 3)
    n, mean = len(values), sum(values) / len(values)
    t = float(special().stdtrit(n - 1, 0.975))
    expected = naive.widened(mean, plain, n, t, normal_quantile(0.95))
    assert found.draws[:, 0] == pytest.approx(expected, abs=1e-9)


@given(
    st.lists(
        st.tuples(
            st.lists(st.one_of(st.none(), INDEX), min_size=1, max_size=6), st.sampled_from([0.0, 1.0, 2.5])
        ),
        min_size=1,
        max_size=4,
    )
)
@settings(max_examples=40)
def test_the_index_is_the_weighted_mean_of_group_means(
    groups: list[tuple[list[float | None], float]],
) -> None:
    voices = [column([NAN if one is None else one for one in values], weight) for values, weight in groups]
    found = over_groups(voices, [resample(one, place, FEW) for place, one in enumerate(voices)], 0, FEW)
    expected = naive.over_groups(
        [naive.group_mean(values) for values, _ in groups], [weight for _, weight in groups]
    )
    assert (found is None) == (expected is None)
    if found is not None:
        assert found[0].value == pytest.approx(expected)


def test_a_group_of_two_hundred_does_not_drown_a_group_of_ten() -> None:
    voices = [column([80.0] * 200), column([40.0] * 10)]
    found = over_groups(voices, [resample(one, place) for place, one in enumerate(voices)], 0)
    assert found is not None
    assert found[0].value == pytest.approx(60)


def test_the_sheet_of_the_administration_has_no_interval_and_no_weight() -> None:
    sheet, teachers = column([90.0], 0.0, declared=True), column([50.0, 60.0, 70.0])
    found = [resample(sheet, 0), resample(teachers, 1)]
    (declared,) = estimates(sheet, found[0])
    assert declared is not None
    assert (declared.value, declared.interval) == (90.0, None)
    index = over_groups([sheet, teachers], found, 0)
    assert index is not None
    assert index[0].value == pytest.approx(60)


def test_the_draws_of_a_group_do_not_depend_on_the_other_groups() -> None:
    alone, together = column([10.0, 30.0, 90.0]), column([10.0, 30.0, 90.0])
    assert np.array_equal(resample(alone, 2).draws, resample(together, 2).draws)


def test_the_order_of_respondents_changes_nothing() -> None:
    values = list(np.random.default_rng(1).uniform(0, 100, 40))
    (first,), (second,) = (estimates(one, resample(one, 0)) for one in (column(values), column(values[::-1])))
    assert first == second


def test_who_has_no_index_is_not_counted() -> None:
    (found,) = estimates(one := column([50.0, NAN, 70.0]), resample(one, 0))
    assert found is not None
    assert (found.value, found.n) == (60.0, 2)


def test_a_column_that_nobody_was_asked_is_no_estimate() -> None:
    one = column([NAN, NAN])
    assert estimates(one, resample(one, 0)) == (None,)
    assert over_groups([one], [resample(one, 0)], 0) is None


@pytest.mark.parametrize("n", [6, 12, 48])
def test_intervals_of_small_groups_cover_what_they_promise(n: int) -> None:
    """Answers on four points around 60; percentile intervals without widening cover 85 % at n = 6."""
    rng, truth, hits, runs = np.random.default_rng(5), 60.0, 0, 400
    method = replace(METHOD, bootstrap_draws=500)
    for _ in range(runs):
        values = np.clip(rng.normal(truth, 14, n), 0, 100)
        (found,) = estimates(one := column(list(values)), resample(one, 0, method), method)
        assert found is not None and found.interval is not None  # noqa: PT018
        hits += found.interval.low <= truth <= found.interval.high
    assert 0.92 <= hits / runs <= 0.985


def test_a_row_is_no_voice() -> None:
    with pytest.raises(BadInputError):
        resample(Voice("group", np.array([1.0, 2.0])), 0)
