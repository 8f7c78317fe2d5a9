"""Items of the marginal models and the curves of their categories: the one ground of estimation, fit and linking."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike

from diagnostics.measurement.calibration import CalibratedItem
from diagnostics.measurement.errors import BadInputError, EmptyDataError
from diagnostics.measurement.numeric import FloatArray, complete_vector


class Curve(StrEnum):
    """How the categories of an item follow from its thresholds; the same thing for right-or-wrong items."""

    #: Neighbouring categories are compared: Rasch, partial credit, rating scale, generalised partial credit.
    ADJACENT = "adjacent"
    #: Each category and all above it against the rest: graded response (Samejima 1969).
    GRADED = "graded"


@dataclass(frozen=True, slots=True)
class LatentItem:
    """One item with a slope of its own (logits, D = 1).

    Attributes
    ----------
    name : code of the item
    slope : discrimination a; 1 in the Rasch family
    thresholds : b_1 … b_m; ascending where `curve` is graded
    guessing : lower asymptote of a right-or-wrong item (imported parameters only)
    lowest : score that is category 0
    scores : raw score of each category where these are not lowest, lowest + 1, … (an unseen score between
        others was joined to the one below); empty = they are
    """

    name: str
    slope: float
    thresholds: tuple[float, ...]
    curve: Curve = Curve.ADJACENT
    guessing: float = 0.0
    lowest: int = 0
    scores: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what is no item."""
        if not self.thresholds or not np.isfinite([self.slope, *self.thresholds]).all():
            raise BadInputError("an item has finite thresholds and a finite slope", item=self.name)
        if self.curve is Curve.GRADED and (np.diff(self.thresholds) <= 0).any():
            raise BadInputError("thresholds of a graded item ascend", item=self.name)
        if not 0 <= self.guessing < 1 or (self.guessing and self.maximum > 1):
            raise BadInputError("guessing is a share and belongs to right-or-wrong items", item=self.name)
        if self.scores and (len(self.scores) != self.maximum + 1 or (np.diff(self.scores) <= 0).any()):
            raise BadInputError("one rising raw score a category", item=self.name)

    @property
    def maximum(self) -> int:
        """Highest category."""
        return len(self.thresholds)

    @property
    def location(self) -> float:
        """Mean of the thresholds."""
        return float(np.mean(self.thresholds))

    def moved(self, slope: float, shift: float) -> LatentItem:
        """The same item on the scale θ* = slope · θ + shift."""
        return LatentItem(
            self.name,
            self.slope / slope,
            tuple(slope * one + shift for one in self.thresholds),
            self.curve,
            self.guessing,
            self.lowest,
            self.scores,
        )


@dataclass(frozen=True, slots=True, eq=False)
class Curves:
    """Category curves at some abilities.

    Attributes
    ----------
    chances : points × items × categories, 0 beyond the maximum of an item
    rises : their first derivatives by θ
    """

    chances: FloatArray
    rises: FloatArray

    def expected(self) -> FloatArray:
        """Points × items: mean category."""
        return np.asarray(self.chances @ np.arange(self.chances.shape[2], dtype=np.float64))

    def information(self) -> FloatArray:
        """Points × items: Fisher information Σ P'² / P."""
        safe = np.where(self.chances > 0, self.chances, 1.0)
        return np.asarray((self.rises**2 / safe).sum(axis=2))


def curves(items: Sequence[LatentItem], theta: ArrayLike) -> Curves:
    """Chances of all categories of all items, and how they change with θ.

    Adjacent: ln P_k / P_(k−1) = a(θ − b_k) (Muraki 1992). Graded: P(≥ k) = 1 / (1 + exp(−a(θ − b_k)))
    (Samejima 1969). With guessing c: c + (1 − c) P (Birnbaum 1968).

    Parameters
    ----------
    theta : (points,) abilities

    Raises
    ------
    EmptyDataError
        If there are no items.
    BadInputError
        If an ability is missing or not finite.
    """
    if not items:
        raise EmptyDataError("no calibrated items")
    at = complete_vector(theta, "abilities")
    most = max(item.maximum for item in items)
    thresholds = np.full((len(items), most), np.inf)
    for row, item in zip(thresholds, items, strict=True):
        row[: item.maximum] = item.thresholds
    slopes = np.array([item.slope for item in items])
    graded = np.array([item.curve is Curve.GRADED for item in items])
    chances, rises = _adjacent(at, slopes, thresholds)
    if graded.any():
        chances[:, graded], rises[:, graded] = _graded(at, slopes[graded], thresholds[graded])
    guessing = np.array([item.guessing for item in items])
    if guessing.any():
        chances *= (1 - guessing)[:, None]
        chances[:, :, 1] += guessing
        rises *= (1 - guessing)[:, None]
    return Curves(chances, rises)


def of_calibrated(items: Sequence[CalibratedItem]) -> tuple[LatentItem, ...]:
    """Items of a conditional calibration as items of slope one.

    Raises
    ------
    BadInputError
        If a category between observed ones was never reached, so that its thresholds are unknown.
    """
    found = []
    for item in items:
        known = tuple(one for one in item.thresholds if one is not None)
        if len(known) < len(item.thresholds):
            raise BadInputError("a category between others was never reached", item=item.name)
        found.append(LatentItem(item.name, 1.0, known, lowest=item.lowest))
    return tuple(found)


def _adjacent(at: FloatArray, slopes: FloatArray, thresholds: FloatArray) -> tuple[FloatArray, FloatArray]:
    count, most = thresholds.shape
    steps = slopes[:, None] * (at[:, None, None] - thresholds)  # −inf beyond the maximum
    logits = np.zeros((at.size, count, most + 1))
    np.cumsum(steps, axis=2, out=logits[:, :, 1:])
    chances = np.exp(logits - logits.max(axis=2, keepdims=True))
    chances /= chances.sum(axis=2, keepdims=True)
    category = np.arange(most + 1, dtype=np.float64)
    mean = (chances @ category)[:, :, None]
    return chances, slopes[:, None] * chances * (category - mean)


def _graded(at: FloatArray, slopes: FloatArray, thresholds: FloatArray) -> tuple[FloatArray, FloatArray]:
    with np.errstate(over="ignore"):
        above = 1 / (1 + np.exp(-slopes[:, None] * (at[:, None, None] - thresholds)))
    flank = slopes[:, None] * above * (1 - above)
    return _between(above, first=1.0), _between(flank, first=0.0)


def _between(above: FloatArray, *, first: float) -> FloatArray:
    """Differences of neighbours of `first`, above_1 … above_m, 0."""
    edge = (*above.shape[:2], 1)
    whole = np.concatenate((np.full(edge, first), above, np.zeros(edge)), axis=2)
    return np.asarray(whole[:, :, :-1] - whole[:, :, 1:])
