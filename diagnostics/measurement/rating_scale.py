"""Rating scale items by conditional likelihood: steps that lie alike around every item's place."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike

from diagnostics.measurement.calibration import Calibration
from diagnostics.measurement.conditional import Layout
from diagnostics.measurement.errors import BadInputError, NotConvergedError, TooFewItemsError
from diagnostics.measurement.numeric import FloatArray, IntArray, one_blas_thread
from diagnostics.measurement.rasch import (
    FAR,
    MAX_ITERATIONS,
    STILL,
    Fit,
    Identification,
    Problem,
    booklets_of,
    calibration_of,
    counts_of,
    inverse,
)
from diagnostics.measurement.responses import Responses, prepare


def calibrate_rating_scale(
    scores: ArrayLike,
    names: tuple[str, ...] | None = None,
    identification: Identification = Identification.THRESHOLDS,
) -> Calibration:
    """Estimate b_ik = δ_i + τ_k with the same τ_1 … τ_m in all items, Σ τ = 0.

    The partial credit model under a linear constraint on its category parameters, ln e_ih = −h δ_i − Σ_(k≤h) τ_k:
    the same conditional likelihood, climbed by Newton's method in δ and τ. A category that one item lacks has
    a threshold there all the same, since the others determine it.
    Source: Andrich 1978, Psychometrika 43: 561–573; Fischer, Parzer 1991, Psychometrika 56: 637–651.

    Parameters
    ----------
    scores : persons × items, whole steps, NaN = not presented; all items have the same scale
    names : names of the columns
    identification : zero of the scale

    Raises
    ------
    BadInputError
        If scores are negative, infinite or not whole, names do not fit, or nobody reached a category.
    EmptyDataError, TooFewItemsError, NotConnectedError, NotConvergedError
        As for partial credit.
    """
    with one_blas_thread():
        responses = _on_one_scale(prepare(scores, names))
        count, most = responses.maxima.size, int(responses.maxima[0])
        layout = Layout(
            np.repeat(np.arange(count), most), np.tile(np.arange(1, most + 1), count), responses.maxima
        )
        counts = counts_of(responses)[:, 1:].ravel()
        fit = _newton(Problem(layout, booklets_of(responses, layout), counts), _design(count, most))
    found = calibration_of(responses, layout, fit, identification)
    return replace(found, model="rsm", n_parameters=count + most - 2)


def _on_one_scale(responses: Responses) -> Responses:
    """Categories counted from the lowest score of any item."""
    raw = responses.scores + responses.lowest
    lowest, highest = int(np.nanmin(raw)), int(np.nanmax(raw))
    unseen = tuple(score for score in range(lowest, highest) if not (raw == score).any())
    if unseen:
        raise BadInputError("nobody reached a category between others", scores=unseen)
    if highest - lowest < 2:  # noqa: PLR2004 - right-or-wrong items have no steps to share
        raise TooFewItemsError("right-or-wrong items are Rasch items", items=responses.maxima.size)
    count = responses.maxima.size
    return replace(
        responses,
        scores=raw - lowest,
        lowest=np.full(count, lowest, dtype=np.int64),
        maxima=np.full(count, highest - lowest, dtype=np.int64),
    )


def _design(count: int, most: int) -> FloatArray:
    """Category parameters (item after item) × free parameters: δ_1 … δ_(k−1) (Σ δ = 0), then −Σ τ of each step."""
    places: IntArray = np.tile(np.arange(1, most + 1), count)
    contrasts = np.vstack((np.eye(count - 1), -np.ones(count - 1)))
    by_item = -places[:, None] * np.repeat(contrasts, most, axis=0)
    return np.hstack((by_item, np.tile(np.eye(most)[:, : most - 1], (count, 1))))


def _newton(problem: Problem, design: FloatArray) -> Fit:
    at = np.zeros(design.shape[0])
    value = problem.log_likelihood(at)
    for iteration in range(1, MAX_ITERATIONS + 1):
        gradient, information = problem.derivatives(at)
        covariance = inverse(design.T @ information @ design)
        step = design @ (covariance @ (design.T @ gradient))
        at, value = problem.climb(at, value, step)
        if np.abs(step).max() < STILL:
            return Fit(at, design @ covariance @ design.T, value, iteration)
        if np.abs(at / problem.layout.step).max() > FAR:
            break
    raise NotConvergedError("the conditional likelihood has no finite maximum", iterations=iteration)
