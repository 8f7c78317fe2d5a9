from __future__ import annotations

import pytest

from diagnostics.measurement.errors import BadInputError, EmptyDataError
from diagnostics.measurement.verdict_rates import VerdictRates, verdict_rates


@pytest.mark.parametrize(
    ("below", "deficits", "expected"),
    [
        ([0.9, 0.85, 0.5, 0.1, 0.05], [1, 0, 1, 0, 1], VerdictRates(5, 0.2, 0.5, 1 / 3, 0.5)),
        ([0.5, 0.6], [1, 0], VerdictRates(2, 1.0, None, 0.0, None)),
        ([0.1], [0], VerdictRates(1, 0.0, 0.0, None, None)),
        ([0.8, 0.2], [1, 0], VerdictRates(2, 0.0, 0.0, 1.0, 0.0)),
    ],
)
def test_verdicts_are_counted_against_the_truth(
    below: list[float], deficits: list[int], expected: VerdictRates
) -> None:
    found = verdict_rates(below, deficits)
    assert found.undecided == pytest.approx(expected.undecided)
    assert (found.n, found.wrong, found.found, found.false_names) == (
        expected.n,
        expected.wrong,
        expected.found,
        expected.false_names,
    )


@pytest.mark.parametrize(
    ("below", "deficits", "error"),
    [
        ([], [], EmptyDataError),
        ([0.5], [1, 0], BadInputError),
        ([1.5], [1], BadInputError),
        ([float("nan")], [1], BadInputError),
    ],
)
def test_what_cannot_be_counted_is_refused(
    below: list[float], deficits: list[int], error: type[Exception]
) -> None:
    with pytest.raises(error):
        verdict_rates(below, deficits)
