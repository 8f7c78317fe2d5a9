from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from diagnostics.measurement.change import (
    Change,
    DeficitChange,
    Measure,
    kelley,
    person_change,
    sem_from_reliability,
)
from diagnostics.measurement.conclusion import Conclusion
from diagnostics.measurement.errors import BadInputError
from diagnostics.measurement.levels import OfficialLevel

Case = Callable[[str], dict[str, Any]]


def test_reliable_change_agrees_with_the_published_example(case: Case) -> None:
    truth = case("rci_a")
    sem = sem_from_reliability(truth["sd_pre"], truth["reliability"])

    found = person_change(Measure(truth["pre"], sem), Measure(truth["post"], sem))

    assert sem == pytest.approx(truth["sem"], abs=1e-9)
    assert found.se == pytest.approx(truth["s_diff"], abs=1e-9)
    assert found.ratio == pytest.approx(truth["rci"], abs=1e-9)
    # The published figure uses z = 1.959964, the method 1.96.
    assert found.smallest == pytest.approx(truth["critical_change_95"], rel=2e-5)
    assert found.verdict is Change.GREW
    assert kelley(truth["pre"], truth["mean_dysfunctional"], truth["reliability"]) == pytest.approx(
        truth["true_score_estimate_pre_kelley"], abs=1e-9
    )


@pytest.mark.parametrize(
    ("entry", "leave", "sem", "link", "verdict"),
    [
        (0.0, 1.96, 1 / np.sqrt(2), 0.0, Change.GREW),
        (0.0, 1.95, 1 / np.sqrt(2), 0.0, Change.WITHIN_ERROR),
        (1.96, 0.0, 1 / np.sqrt(2), 0.0, Change.FELL),
        (0.0, 1.96, 1 / np.sqrt(2), 0.3, Change.WITHIN_ERROR),
        (5.0, 5.0, 1.0, 0.0, Change.WITHIN_ERROR),
        (0.0, 50.0, None, 0.0, Change.UNKNOWN_ERROR),
        (0.0, 50.0, 0.0, 0.0, Change.UNKNOWN_ERROR),
    ],
)
def test_the_change_is_measured_in_its_own_error(
    entry: float, leave: float, sem: float | None, link: float, verdict: Change
) -> None:
    assert person_change(Measure(entry, sem), Measure(leave, sem), link).verdict is verdict


def test_one_unknown_error_leaves_the_change_without_one() -> None:
    found = person_change(Measure(50.0, 4.0), Measure(60.0))

    assert (found.change, found.se, found.ratio, found.smallest) == (10.0, None, None, None)


@pytest.mark.parametrize(
    ("entry", "leave", "expected"),
    [
        (True, False, DeficitChange.CLOSED),
        (True, True, DeficitChange.REMAINING),
        (False, True, DeficitChange.NEW),
        (False, False, DeficitChange.NONE),
        (None, True, None),
    ],
)
def test_official_deficits_stand_beside_reliable_change(
    entry: bool | None, leave: bool, expected: DeficitChange | None
) -> None:
    first = Measure(52, 9, OfficialLevel("x", entry), Conclusion.PROBABLE)
    second = Measure(61, 9, OfficialLevel("y", leave), Conclusion.NOT_SHOWN)

    found = person_change(first, second)

    assert (found.deficit, found.verdict) == (expected, Change.WITHIN_ERROR)
    assert found.conclusions == (Conclusion.PROBABLE, Conclusion.NOT_SHOWN)


@pytest.mark.parametrize(
    ("value", "sem", "link"),
    [(float("nan"), 1.0, 0.0), (1.0, -1.0, 0.0), (1.0, float("nan"), 0.0), (1.0, 1.0, -0.1)],
)
def test_impossible_results_are_refused(value: float, sem: float, link: float) -> None:
    with pytest.raises(BadInputError):
        person_change(Measure(value, sem), Measure(1.0, 1.0), link)


def test_people_who_did_not_change_are_rarely_called_changed() -> None:
    rng = np.random.default_rng(3)
    noise = rng.normal(0, 5, (2000, 2))

    verdicts = [person_change(Measure(50 + a, 5.0), Measure(50 + b, 5.0)).verdict for a, b in noise]

    assert 0.03 < np.mean([verdict is not Change.WITHIN_ERROR for verdict in verdicts]) < 0.07


@pytest.mark.parametrize(("sd", "reliability"), [(-1, 0.8), (1, 1.2), (1, float("nan"))])
def test_an_impossible_reliability_is_refused(sd: float, reliability: float) -> None:
    with pytest.raises(BadInputError):
        sem_from_reliability(sd, reliability)
