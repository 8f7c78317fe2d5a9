"""Numbers of the worked example of docs/methodology about one block of one person."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from diagnostics.measurement.decisions import livingston_lewis
from diagnostics.measurement.posterior import posterior
from diagnostics.measurement.prior import prior_of_wave

ITEMS = 8
#: People with 0, 1 … 8 tasks right.
PEOPLE = [0, 1, 3, 5, 8, 9, 8, 4, 2]


def block() -> list[float]:
    """A wave of forty people with alpha 0.60; one who has three of the eight tasks right."""
    right = np.repeat(np.arange(ITEMS + 1), PEOPLE).astype(float)
    length = livingston_lewis(right, 0.60, ITEMS).length
    shares, items = right / ITEMS, np.full(right.size, float(ITEMS))
    plain, worthy = (prior_of_wave(shares, items, worth=worth) for worth in (1.0, length / ITEMS))
    below = [posterior(3, ITEMS, ITEMS, one).p_below(0.6) for one in (worthy, plain)]
    sizes = [one.alpha + one.beta for one in (worthy, plain)]
    return [length, worthy.worth, *sizes, *below]


EXAMPLES: dict[str, Callable[[], list[float]]] = {"block": block}
