from __future__ import annotations

import numpy as np
import pytest

from diagnostics.measurement.errors import BadInputError, TooFewPersonsError
from diagnostics.measurement.numeric import FloatArray
from diagnostics.measurement.subscores import augmented


def people(n: int, together: float, reliability: float, seed: int = 1) -> tuple[FloatArray, FloatArray]:
    """True and observed scores of three parts that hang together by `together`."""
    rng = np.random.default_rng(seed)
    common = rng.normal(size=(n, 1)) * np.sqrt(together)
    true = common + rng.normal(size=(n, 3)) * np.sqrt(1 - together)
    return true, true + rng.normal(size=(n, 3)) * np.sqrt(1 / reliability - 1)


def test_foretold_shares_are_what_regression_on_the_truth_finds() -> None:
    true, scores = people(60_000, 0.7, 0.6)

    found = augmented(scores, [0.6] * 3).parts[0]

    total = scores.sum(axis=1)
    assert found.by_part == pytest.approx(np.corrcoef(scores[:, 0], true[:, 0])[0, 1] ** 2, abs=0.01)
    assert found.by_total == pytest.approx(np.corrcoef(total, true[:, 0])[0, 1] ** 2, abs=0.01)
    design = np.column_stack((np.ones(len(scores)), scores))
    fitted = design @ np.linalg.lstsq(design, true[:, 0], rcond=None)[0]
    assert found.by_all == pytest.approx(np.corrcoef(fitted, true[:, 0])[0, 1] ** 2, abs=0.01)


def test_estimates_are_nearer_to_the_truth_than_kelleys_and_err_as_told() -> None:
    true, scores = people(20_000, 0.8, 0.5)

    found = augmented(scores, [0.5] * 3)

    kelley = scores.mean(axis=0) + 0.5 * (scores - scores.mean(axis=0))
    error = np.sqrt(((found.values - true) ** 2).mean(axis=0))
    assert (error < np.sqrt(((kelley - true) ** 2).mean(axis=0))).all()
    assert found.errors == pytest.approx(error, rel=0.03)


def test_one_part_alone_is_kelleys_estimate() -> None:
    scores = np.random.default_rng(2).normal(size=(50, 1))

    found = augmented(scores, [0.7])

    assert found.values == pytest.approx(scores.mean() + 0.7 * (scores - scores.mean()))
    assert (found.parts[0].by_part, found.parts[0].by_all) == pytest.approx((0.7, 0.7))


@pytest.mark.parametrize(("together", "reliability", "own"), [(0.95, 0.5, False), (0.2, 0.8, True)])
def test_a_part_is_reported_where_it_tells_more_than_the_total(
    together: float, reliability: float, *, own: bool
) -> None:
    _, scores = people(5000, together, reliability)

    assert {one.own for one in augmented(scores, [reliability] * 3).parts} == {own}


def test_a_part_without_reliability_is_foretold_by_nothing_of_its_own() -> None:
    _, scores = people(200, 0.5, 0.6)

    found = augmented(scores, [0.0, 0.6, 0.6]).parts[0]

    assert (found.by_part, found.own) == (0.0, False)


def test_persons_with_a_missing_part_get_no_estimate() -> None:
    _, scores = people(30, 0.5, 0.6)
    scores[4, 1] = np.nan

    assert np.isnan(augmented(scores, [0.6] * 3).values).any(axis=1).nonzero()[0].tolist() == [4]


@pytest.mark.parametrize(
    ("scores", "reliabilities", "error"),
    [
        (np.ones((3, 3)), [0.5] * 3, TooFewPersonsError),
        (np.ones((30, 2)), [0.5] * 2, BadInputError),
        (np.tile(np.arange(30.0)[:, None], (1, 2)), [0.5] * 2, BadInputError),
        (np.eye(30)[:, :2], [0.5, 1.2], BadInputError),
        (np.eye(30)[:, :2], [0.5], BadInputError),
    ],
)
def test_parts_that_cannot_be_told_apart_are_refused(
    scores: FloatArray, reliabilities: list[float], error: type[Exception]
) -> None:
    with pytest.raises(error):
        augmented(scores, reliabilities)
