from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from diagnostics.measurement.errors import BadInputError, EmptyDataError
from diagnostics.measurement.rudner import classification

Case = Callable[[str], dict[str, Any]]


def test_levels_of_calibrated_persons_agree_with_the_published_values(case: Case) -> None:
    truth = case("rudner_a")

    found = classification(truth["theta"], truth["se"], truth["cuts"])

    assert np.array(found.chances) == pytest.approx(np.array(truth["class_probabilities"]), abs=1e-9)
    assert list(found.assigned) == truth["assigned"]
    assert found.accuracy == pytest.approx(truth["accuracy"], abs=1e-9)
    assert found.consistency == pytest.approx(truth["consistency"], abs=1e-9)
    assert found.accuracy_by_class == pytest.approx(truth["accuracy_by_class"], abs=1e-9)
    assert found.undecided == truth["indeterminate_at_90"]


def test_measured_again_people_are_classified_as_often_as_foretold() -> None:
    """θ is drawn around the estimate: accuracy is the chance that the true value shares the class."""
    rng = np.random.default_rng(1)
    estimate, error = rng.normal(size=400), rng.uniform(0.3, 0.5, 400)
    cuts = np.array([-0.5, 0.7])
    true = estimate + error * rng.normal(size=(300, 400))

    hits = np.searchsorted(cuts, true) == np.searchsorted(cuts, estimate)

    assert classification(estimate, error, cuts).accuracy == pytest.approx(hits.mean(), abs=0.005)


def test_a_class_without_persons_has_no_accuracy() -> None:
    assert classification([0.0], [0.3], [-1.0, 1.0]).accuracy_by_class[::2] == (None, None)


@pytest.mark.parametrize(
    ("theta", "se", "cuts", "error"),
    [
        ([], [], [0.0], EmptyDataError),
        ([0.0], [0.0], [0.0], BadInputError),
        ([0.0], [0.3, 0.3], [0.0], BadInputError),
        ([0.0], [0.3], [], BadInputError),
        ([0.0], [0.3], [1.0, 0.0], BadInputError),
        ([float("nan")], [0.3], [0.0], BadInputError),
    ],
)
def test_what_cannot_be_classified_is_refused(
    theta: list[float], se: list[float], cuts: list[float], error: type[Exception]
) -> None:
    with pytest.raises(error):
        classification(theta, se, cuts)
