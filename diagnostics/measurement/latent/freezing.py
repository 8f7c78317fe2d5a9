"""From slopes and levels with their covariance to items with standard errors."""

from __future__ import annotations

import numpy as np

from diagnostics.measurement.latent.answers import Answers
from diagnostics.measurement.latent.calibration import EstimatedItem
from diagnostics.measurement.latent.climb import Top
from diagnostics.measurement.latent.families import Family, Shape
from diagnostics.measurement.latent.items import Curve, LatentItem
from diagnostics.measurement.latent.prior import steps_of
from diagnostics.measurement.numeric import FloatArray, IntArray


def estimated_items(
    top: Top, answers: Answers, family: Family, *, is_tied: bool
) -> tuple[EstimatedItem, ...]:
    """Thresholds b = −t / a and their mean with errors by the delta method; with a tied slope it stands first, or is fixed."""
    shape = Shape.of(answers.maxima)
    steps, places = steps_of(top.table, family.curve), _places(top, shape, is_tied=is_tied)
    found = []
    for item, maximum in enumerate(answers.maxima.tolist()):
        slope = float(top.table[item, 0])
        thresholds = -steps[item, :maximum] / slope
        covariance = _covariance(top.covariance, places[item, : maximum + 1])
        turn = np.column_stack((-thresholds, _by_levels(maximum, family.curve))) / slope
        turn = np.vstack((turn, turn.mean(axis=0)))  # the last row is the mean of the thresholds
        errors = np.sqrt(np.einsum("ki,ij,kj->k", turn, covariance, turn)).tolist()
        raw = answers.scores[item]
        estimate = LatentItem(
            name=answers.names[item],
            slope=slope,
            thresholds=tuple(thresholds.tolist()),
            curve=family.curve,
            lowest=raw[0],
            scores=() if raw[-1] - raw[0] == maximum else raw,
        )
        se_slope = float(np.sqrt(covariance[0, 0])) if places[item, 0] >= 0 else None
        found.append(EstimatedItem(estimate, se_slope, tuple(errors[:-1]), errors[-1]))
    return tuple(found)


def _places(top: Top, shape: Shape, *, is_tied: bool) -> IntArray:
    """Items × (1 + most steps): where each parameter stands in the covariance, −1 for a fixed slope."""
    if not is_tied:
        return np.asarray(np.cumsum(shape.valid.ravel()).reshape(shape.valid.shape) - 1, dtype=np.int64)
    is_free = top.covariance.shape[0] > int(shape.maxima.sum())
    levels = np.cumsum(shape.steps.ravel()).reshape(shape.steps.shape) - (0 if is_free else 1)
    return np.column_stack((np.full(shape.maxima.size, 0 if is_free else -1), levels))


def _covariance(whole: FloatArray, own: IntArray) -> FloatArray:
    """Of slope and levels of one item; 0 for a fixed slope."""
    found = np.zeros((own.size, own.size))
    known = np.flatnonzero(own >= 0)
    found[np.ix_(known, known)] = whole[np.ix_(own[known], own[known])]
    return found


def _by_levels(maximum: int, curve: Curve) -> FloatArray:
    """Thresholds × levels: derivative of −t_k by e_h."""
    own = -np.eye(maximum)
    return own if curve is Curve.GRADED else own + np.eye(maximum, k=-1)
