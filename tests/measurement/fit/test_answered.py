from __future__ import annotations

import numpy as np
import pytest

from diagnostics.measurement.errors import BadInputError, EmptyDataError
from diagnostics.measurement.fit.answered import BLOCK, answered, categories
from diagnostics.measurement.latent.items import LatentItem

NAN = float("nan")


def test_scores_become_the_categories_of_their_item() -> None:
    items = [
        LatentItem("plain", 1.0, (0.0, 1.0)),
        LatentItem("higher", 1.0, (0.0, 1.0), lowest=1),
        LatentItem("gap", 1.0, (0.0, 1.0), scores=(0, 1, 3)),
    ]
    raw: list[list[float]] = [[0.0, 0, 0], [1, 1, 1], [2, 2, 2], [3, 3, 3], [9, 9, 9], [NAN, NAN, NAN]]

    steps, shown = categories(raw, items)

    assert steps.tolist() == [[0, 0, 0], [1, 0, 1], [2, 1, 1], [2, 2, 2], [2, 2, 2], [0, 0, 0]]
    assert shown.tolist() == [[True] * 3] * 5 + [[False] * 3]


def test_each_person_keeps_a_place_in_one_block() -> None:
    rng = np.random.default_rng(1)
    items = [LatentItem(str(place), 1.0, (0.0,)) for place in range(3)]
    scores = rng.integers(0, 2, (BLOCK * 2 + 50, 3)).astype(float)

    found = answered(scores, items, rng.integers(-2, 3, len(scores)))

    rows = np.concatenate([block.rows for block in found.blocks()])
    assert (rows == np.flatnonzero(found.used)).all()
    for block in found.blocks():
        expected = 1 / (1 + np.exp(-found.theta[block.rows]))
        assert block.curves.chances[block.place, 0, 1] == pytest.approx(expected)


def test_a_test_without_items_or_with_other_columns_is_refused() -> None:
    with pytest.raises(EmptyDataError):
        categories(np.zeros((2, 0)), [])
    with pytest.raises(BadInputError):
        categories(np.zeros((2, 2)), [LatentItem("a", 1.0, (0.0,))])
