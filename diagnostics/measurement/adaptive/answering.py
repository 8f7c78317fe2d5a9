"""Answers of simulated persons, one item a person, without the curves of all the other items."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from diagnostics.measurement.latent.items import Curve, LatentItem
from diagnostics.measurement.numeric import BoolArray, FloatArray, IntArray


@dataclass(frozen=True, slots=True, eq=False)
class Answering:
    """Parameters of items as tables: thresholds are items × steps, infinite beyond the last."""

    slopes: FloatArray
    thresholds: FloatArray
    graded: BoolArray
    guessing: FloatArray

    @classmethod
    def of(cls, items: Sequence[LatentItem]) -> Answering:
        """Lay the items out."""
        thresholds = np.full((len(items), max(item.maximum for item in items)), np.inf)
        for row, item in zip(thresholds, items, strict=True):
            row[: item.maximum] = item.thresholds
        return cls(
            np.array([item.slope for item in items]),
            thresholds,
            np.array([item.curve is Curve.GRADED for item in items]),
            np.array([item.guessing for item in items]),
        )

    def at_least(self, theta: FloatArray, items: IntArray) -> FloatArray:
        """Persons × steps: P(category ≥ step) of one item each."""
        steps = self.slopes[items, None] * (theta[:, None] - self.thresholds[items])
        alone = steps.shape[1] == 1
        above = 1 / (1 + np.exp(np.clip(-steps, -700.0, 700.0))) if alone else self._mixed(steps, items)
        guessing = self.guessing[items, None]
        return np.asarray(np.where(np.isinf(self.thresholds[items]), 0.0, above + guessing * (1 - above)))

    def _mixed(self, steps: FloatArray, items: IntArray) -> FloatArray:
        logits = np.concatenate((np.zeros((items.size, 1)), np.cumsum(steps, axis=1)), axis=1)
        chances = np.exp(logits - logits.max(axis=1, keepdims=True))
        chances /= chances.sum(axis=1, keepdims=True)
        above = np.cumsum(chances[:, :0:-1], axis=1)[:, ::-1]
        graded = self.graded[items]
        above[graded] = 1 / (1 + np.exp(np.clip(-steps[graded], -700.0, 700.0)))
        return np.asarray(above)

    def draw(self, theta: FloatArray, items: IntArray, draws: FloatArray) -> IntArray:
        """(persons,) category: the number of steps whose chance exceeds the draw (0…1)."""
        return np.asarray((draws[:, None] < self.at_least(theta, items)).sum(axis=1))
