from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose

from diagnostics.measurement.errors import BadInputError
from diagnostics.measurement.latent.items import Curve, LatentItem, curves
from diagnostics.measurement.simulate_latent import latent_answers

ITEMS = (
    LatentItem("two", 1.3, (0.4,)),
    LatentItem("graded", 1.7, (-1.0, 0.1, 1.2), Curve.GRADED),
    LatentItem("guessed", 1.1, (0.3,), guessing=0.2),
)


def test_categories_come_as_often_as_their_curves_say() -> None:
    scores = latent_answers(np.full(20_000, 0.3), ITEMS, np.random.default_rng(1))

    for place, chances in enumerate(curves(ITEMS, [0.3]).chances[0]):
        seen = [(scores[:, place] == category).mean() for category in range(len(chances))]
        assert_allclose(seen, chances, atol=0.015)


def test_the_same_seed_gives_the_same_people() -> None:
    first, second = (latent_answers(np.zeros(50), ITEMS, np.random.default_rng(2)) for _ in range(2))

    assert (first == second).all()


def test_nobody_answers_nothing() -> None:
    assert latent_answers([], ITEMS, np.random.default_rng(3)).shape == (0, 3)


def test_an_unknown_ability_is_refused() -> None:
    with pytest.raises(BadInputError):
        latent_answers([float("nan")], ITEMS, np.random.default_rng(4))
