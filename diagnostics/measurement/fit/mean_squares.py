"""Infit and outfit: how far answers lie from what the model expects, by items and by persons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import ArrayLike

from diagnostics.measurement.fit.answered import Answered, Block, Known, answered
from diagnostics.measurement.latent.items import LatentItem
from diagnostics.measurement.method import METHOD, Method
from diagnostics.measurement.numeric import FloatArray

#: Answers of one person below which the person's mean squares are not given.
LEAST_ANSWERS = 5
#: An answer that is all but certain enters with this variance: its residual stays a number.
LEAST_VARIANCE = 1e-10


@dataclass(frozen=True, slots=True)
class MeanSquare:
    """A mean square, 1 where the model holds, and its standardised form (about normal); None if undefined."""

    value: float
    z: float | None


@dataclass(frozen=True, slots=True)
class Fit:
    """How one item, or one person, fits.

    Attributes
    ----------
    n : answers behind it: of judged persons, to the items presented
    infit, outfit : weighted by information (sees unexpected answers near the ability); unweighted (sees
        unexpected answers far from it)
    reason : why they are None: "too_few_answers"; for persons also "no_answers", "no_ability", "extreme"
    """

    n: int
    infit: MeanSquare | None
    outfit: MeanSquare | None
    reason: str | None


def item_fit(
    scores: ArrayLike, items: Sequence[LatentItem], theta: Known, method: Method = METHOD
) -> tuple[Fit, ...]:
    """Mean squares of each item over the persons it was presented to.

    With residual y = x − E, variance V and fourth moment C: outfit Σ y²/V / n, infit Σ y² / Σ V. Their
    standardised form is (v^⅓ − 1)(3/q) + q/3 with q² = Σ (C/V² − 1) / n² and q² = Σ (C − V²) / (Σ V)².
    Source: Wright, Masters 1982, ch. 5; the cube root is Wilson's and Hilferty's (1931).

    Parameters
    ----------
    scores, items, theta : see `answered`

    Raises
    ------
    EmptyDataError, BadInputError
        See `answered`.
    """
    sums = _sums(answered(scores, items, theta), axis=0)
    return tuple(fit_of_sums(column, None, method.item_counts_below) for column in sums.T)


def person_mean_squares(scores: ArrayLike, items: Sequence[LatentItem], theta: Known) -> tuple[Fit, ...]:
    """Mean squares of each person over the presented items; see `item_fit`."""
    found = answered(scores, items, theta)
    sums = _sums(found, axis=1)
    return tuple(
        fit_of_sums(column, reason, LEAST_ANSWERS)
        for column, reason in zip(sums.T, found.reasons, strict=True)
    )


def _sums(found: Answered, axis: int) -> FloatArray:
    """Six sums by items (axis 0) or persons (axis 1): n, y²/V, C/V² − 1, y², V, C − V²."""
    sums = np.zeros((6, found.steps.shape[1 - axis]))
    for block in found.blocks():
        terms = _terms(block).sum(axis=axis + 1)
        if axis:
            sums[:, block.rows] = terms
        else:
            sums += terms
    return sums


def _terms(block: Block) -> FloatArray:
    """6 × persons × items: what is summed, 0 where nothing was presented."""
    category = np.arange(block.curves.chances.shape[2], dtype=np.float64)
    expected = block.curves.expected()
    away = category - expected[:, :, None]
    variance = np.maximum((block.curves.chances * away**2).sum(axis=2), LEAST_VARIANCE)
    fourth = (block.curves.chances * away**4).sum(axis=2)
    square = (block.steps - expected[block.place]) ** 2
    varied = variance[block.place]
    ones = np.ones_like(square)
    terms = np.stack(
        (
            ones,
            square / varied,
            (fourth / variance**2 - 1)[block.place],
            square,
            varied,
            (fourth - variance**2)[block.place],
        )
    )
    return np.asarray(terms * block.shown)


def fit_of_sums(sums: FloatArray, reason: str | None, least: int) -> Fit:
    """Mean squares from Σ over answers of 1, y²/V, C/V² − 1, y², V, C − V²."""
    n, outer, excess, inner, variance, spread = map(float, sums)
    if reason or n < least:
        return Fit(int(n), None, None, reason or "too_few_answers")
    infit = _standardised(inner / variance, spread / variance**2)
    return Fit(int(n), infit, _standardised(outer / n, excess / n**2), None)


def _standardised(value: float, variance: float) -> MeanSquare:
    if variance <= 0:
        return MeanSquare(value, None)
    q = sqrt(variance)
    return MeanSquare(value, (value ** (1 / 3) - 1) * 3 / q + q / 3)
