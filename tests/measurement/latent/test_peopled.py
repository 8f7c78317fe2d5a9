from __future__ import annotations

import numpy as np
import pytest

from diagnostics.measurement.errors import EmptyDataError
from diagnostics.measurement.latent.items import LatentItem, curves
from diagnostics.measurement.latent.peopled import LEAST_SD, population
from diagnostics.measurement.simulate import rasch_answers

ITEMS = tuple(
    LatentItem(f"i{number}", 1.0, (place,)) for number, place in enumerate(np.linspace(-1.5, 1.5, 20))
)
PLACES = np.array([item.thresholds[0] for item in ITEMS])


def answers(mean: float, sd: float, persons: int = 4000, seed: int = 5) -> np.ndarray:
    rng = np.random.default_rng(seed)
    return rasch_answers(rng.normal(mean, sd, persons), PLACES, rng)


@pytest.mark.parametrize(("mean", "sd"), [(0.0, 1.0), (0.8, 0.6), (-1.0, 1.4)])
def test_known_people_are_found_again(mean: float, sd: float) -> None:
    found = population(answers(mean, sd), ITEMS)
    assert found.mean == pytest.approx(mean, abs=0.07)
    assert found.sd == pytest.approx(sd, abs=0.07)


def test_people_who_took_other_halves_belong_to_one_population() -> None:
    scores = answers(0.5, 0.9)
    scores[::2, :10], scores[1::2, 10:] = np.nan, np.nan
    found = population(scores, ITEMS)
    assert (found.mean, found.sd) == (pytest.approx(0.5, abs=0.08), pytest.approx(0.9, abs=0.08))


def test_it_is_the_top_of_the_likelihood() -> None:
    scores = answers(0.3, 0.8, persons=300)
    found = population(scores, ITEMS)
    best = _loglik(scores, found.mean, found.sd)
    for mean, sd in ((0.02, 0), (-0.02, 0), (0, 0.02), (0, -0.02)):
        assert _loglik(scores, found.mean + mean, found.sd + sd) < best


def test_people_who_are_all_alike_keep_the_least_spread() -> None:
    scores = np.tile([1.0, 0.0], (50, 10))
    assert population(scores, ITEMS).sd == LEAST_SD


def test_nobody_is_no_population() -> None:
    with pytest.raises(EmptyDataError):
        population(np.full((3, len(ITEMS)), np.nan), ITEMS)


def _loglik(scores: np.ndarray, mean: float, sd: float) -> float:
    """Slow and plain: a sum over persons of an integral over abilities."""
    at = np.linspace(-8, 8, 801)
    density = np.exp(-0.5 * ((at - mean) / sd) ** 2) / sd
    chances = curves(ITEMS, at).chances
    found = 0.0
    for row in scores:
        told = density.copy()
        for place, score in enumerate(row):
            told *= chances[:, place, int(score)]
        found += float(np.log(told.sum()))
    return found
