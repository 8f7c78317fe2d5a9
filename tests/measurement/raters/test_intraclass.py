"""Intraclass correlations on Shrout and Fleiss's table, on simulated raters, and where nothing varies."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from diagnostics.measurement.errors import BadInputError
from diagnostics.measurement.naive import raters as naive
from diagnostics.measurement.raters.intraclass import intraclass, severities
from diagnostics.measurement.simulate import marks_of_raters

Case = Callable[[str], dict[str, Any]]
NAN = float("nan")
SEVERITY = [0.5, -0.3, -0.2]


def test_six_correlations_agree_with_the_published_table(case: Case) -> None:
    truth = case("icc_shrout_fleiss")

    found = intraclass(truth["ratings"])

    order = (
        found.one_way, found.single, found.consistent, found.one_way_mean, found.mean, found.consistent_mean
    )  # fmt: skip
    for one, value, low, high in zip(order, truth["icc"], truth["lower95"], truth["upper95"], strict=True):
        assert one is not None
        assert one.interval is not None
        assert one.value == pytest.approx(value, abs=1e-6)
        assert (one.interval.low, one.interval.high) == pytest.approx((low, high), abs=1e-5)


def test_absolute_agreement_equals_the_variance_components() -> None:
    marks = marks_of_raters(12, SEVERITY, work_sd=1, error_sd=0.7, rng=np.random.default_rng(1))
    single, mean = naive.absolute_agreement(marks)

    found = intraclass(marks)

    assert found.single is not None
    assert found.mean is not None
    assert (found.single.value, found.mean.value) == pytest.approx((single, mean))


def test_works_with_a_missing_mark_are_left_out() -> None:
    marks = marks_of_raters(12, SEVERITY, work_sd=1, error_sd=0.7, rng=np.random.default_rng(2))
    marks[3, 1] = NAN

    assert intraclass(marks) == intraclass(np.delete(marks, 3, axis=0))


def test_intervals_of_one_rater_cover_the_truth() -> None:
    rng = np.random.default_rng(3)
    hits = []
    for _ in range(400):
        severity = rng.normal(0, 0.4, 4)
        found = intraclass(marks_of_raters(40, severity, work_sd=1, error_sd=0.8, rng=rng)).single
        assert found is not None
        assert found.interval is not None
        hits.append(found.interval.low <= 1 / (1 + 0.16 + 0.64) <= found.interval.high)

    assert 0.92 <= np.mean(hits) <= 0.98


@pytest.mark.parametrize(
    ("marks", "reason"),
    [
        (np.empty((0, 3)), "too_few_works"),
        ([[1, 2, 3]], "too_few_works"),
        ([[1], [2], [3]], "too_few_raters"),
        (np.full((6, 3), 4.0), "no_variance"),
        (np.full((6, 3), NAN), "too_few_works"),
    ],
)
def test_where_nothing_can_be_said_there_is_a_reason(marks: list[list[float]], reason: str) -> None:
    found = intraclass(marks)

    assert (found.single, found.mean, found.reason) == (None, None, reason)


def test_raters_who_agree_completely_have_one_and_no_interval() -> None:
    found = intraclass([[1, 1], [2, 2], [3, 3]])

    assert found.single is not None
    assert (found.single.value, found.single.interval) == (1.0, None)


def test_works_that_do_not_differ_have_no_correlation_of_means_that_is_infinite() -> None:
    found = intraclass([[1, 2], [2, 1], [1, 2], [2, 1]])

    assert found.single is not None
    assert found.single.value <= 0
    assert all(
        one is None or np.isfinite(one.value)
        for one in (found.mean, found.one_way_mean, found.consistent_mean)
    )


def test_severity_is_the_distance_of_raters_on_complete_marks() -> None:
    marks = marks_of_raters(30, SEVERITY, work_sd=1, error_sd=0.5, rng=np.random.default_rng(4))

    found = severities(marks)

    assert [one.value for one in found] == pytest.approx(list(marks.mean() - marks.mean(axis=0)))
    assert sum(one.value for one in found) == pytest.approx(0, abs=1e-12)


def test_a_rater_of_hard_works_is_not_called_severe() -> None:
    """Rater 2 sees the weak half only: means differ by 3, severity by nothing."""
    quality = np.repeat([5.0, 2.0], 10)
    marks = np.column_stack((quality, quality, quality)) + np.random.default_rng(5).normal(0, 0.1, (20, 3))
    marks[:10, 1], marks[10:, 2] = NAN, NAN

    assert [one.value for one in severities(marks)] == pytest.approx([0, 0, 0], abs=0.1)


def test_intervals_of_severity_cover_the_truth() -> None:
    rng = np.random.default_rng(6)
    hits = []
    for _ in range(800):
        marks = marks_of_raters(15, SEVERITY, work_sd=1, error_sd=0.6, rng=rng)
        marks[rng.random(marks.shape) < 0.15] = NAN
        interval = severities(marks)[0].interval
        assert interval is not None
        hits.append(interval.low <= SEVERITY[0] <= interval.high)

    assert 0.925 <= np.mean(hits) <= 0.975


@pytest.mark.parametrize(
    "marks", [[[1, NAN], [NAN, 2]], [[1, 2, NAN, NAN], [NAN, NAN, 1, 2]], [[1], [2]], [1, 2]]
)
def test_raters_without_common_works_are_not_compared(marks: list[list[float]]) -> None:
    with pytest.raises(BadInputError):
        severities(marks)


def test_one_common_work_gives_a_distance_without_an_error() -> None:
    found = severities([[3.0, 5.0]])

    assert [one.value for one in found] == pytest.approx([1.0, -1.0])
    assert [(one.error, one.interval) for one in found] == [(None, None)] * 2
