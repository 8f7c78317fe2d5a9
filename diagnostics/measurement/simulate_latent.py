"""Answers to items with slopes of their own, by their curves; the generator is passed in."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from diagnostics.measurement.latent.items import LatentItem, curves
from diagnostics.measurement.numeric import FloatArray

#: Persons whose curves are held in memory at once.
BLOCK = 4096


def latent_answers(abilities: ArrayLike, items: Sequence[LatentItem], rng: np.random.Generator) -> FloatArray:
    """Persons × items of categories 0…m; abilities in logits on the items' scale."""
    theta = np.asarray(abilities, dtype=np.float64)
    parts = [_answers(theta[start : start + BLOCK], items, rng) for start in range(0, theta.size, BLOCK)]
    return np.concatenate(parts) if parts else np.zeros((0, len(items)))


def _answers(theta: FloatArray, items: Sequence[LatentItem], rng: np.random.Generator) -> FloatArray:
    below = np.cumsum(curves(items, theta).chances, axis=2)[:, :, :-1]
    found = (rng.random((theta.size, len(items), 1)) > below).sum(axis=2)
    # Rounding may leave the sum of all chances a hair below one.
    return np.minimum(found, [item.maximum for item in items]).astype(np.float64)
