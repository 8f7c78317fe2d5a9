"""Banks of known items."""

from __future__ import annotations

import numpy as np
import pytest

from diagnostics.measurement.adaptive.bank import Bank, bank
from diagnostics.measurement.latent.items import Curve, LatentItem

CONTENTS = ("plan", "teach", "assess")


@pytest.fixture(scope="session")
def rasch_bank() -> Bank:
    """Sixty right-or-wrong items, three contents by turns."""
    places = np.random.default_rng(5).normal(0.0, 1.2, 60)
    items = [LatentItem(f"i{number}", 1.0, (float(place),)) for number, place in enumerate(places)]
    return bank(items, [CONTENTS[number % 3] for number in range(60)], persons=300)


@pytest.fixture(scope="session")
def mixed_bank() -> Bank:
    """Items of all kinds: two curves, two to four categories, guessing, a lowest score of one."""
    rng, items = np.random.default_rng(6), []
    for number in range(36):
        slope, steps = float(rng.uniform(0.7, 1.8)), sorted(rng.normal(0.0, 1.2, 1 + number % 3).tolist())
        curve = Curve.GRADED if number % 2 else Curve.ADJACENT
        guessing = 0.2 if number % 3 == 0 and number % 2 == 0 else 0.0
        items.append(LatentItem(f"i{number}", slope, tuple(steps), curve, guessing, lowest=number % 2))
    return bank(items, [CONTENTS[number % 3] for number in range(36)], persons=500)
