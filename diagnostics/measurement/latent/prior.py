"""Priors that hold slopes and thresholds where few persons answered (maximum a posteriori)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from diagnostics.measurement.latent.families import Shape
from diagnostics.measurement.latent.items import Curve
from diagnostics.measurement.method import METHOD, Method
from diagnostics.measurement.numeric import FloatArray


@dataclass(frozen=True, slots=True)
class Prior:
    """Independent normal priors of ln a and of each threshold b (logits, D = 1).

    The mode is that of the density in (ln a, b), so it does not depend on how we climb.
    Source: Mislevy 1986, Psychometrika 51: 177–195.
    """

    log_slope_mean: float = 0.0
    log_slope_sd: float = METHOD.map_log_slope_sd
    threshold_mean: float = 0.0
    threshold_sd: float = METHOD.map_threshold_sd

    @classmethod
    def of(cls, method: Method) -> Prior:
        """The prior of the method."""
        return cls(log_slope_sd=method.map_log_slope_sd, threshold_sd=method.map_threshold_sd)

    def values(self, table: FloatArray, shape: Shape, curve: Curve) -> FloatArray:
        """(items,) log densities but for constants; −inf where the slope is not positive."""
        slope = np.where(table[:, 0] > 0, table[:, 0], 1.0)
        away = (np.log(slope) - self.log_slope_mean) / self.log_slope_sd
        thresholds = -steps_of(table, curve) / slope[:, None]
        out = np.where(shape.steps, (thresholds - self.threshold_mean) / self.threshold_sd, 0.0)
        return np.where(table[:, 0] > 0, -(away**2 + (out**2).sum(axis=1)) / 2, -np.inf)

    def newton(
        self, table: FloatArray, shape: Shape, curve: Curve, *, exact: bool
    ) -> tuple[FloatArray, FloatArray]:
        """Gradient and negative second derivatives by (a, e_1 … e_m), items side by side.

        Not `exact` = without what could turn the curvature round: positive definite, to climb with.
        """
        slope = table[:, 0]
        log_away = (np.log(slope) - self.log_slope_mean) / self.log_slope_sd**2
        threshold = -steps_of(table, curve) / slope[:, None]
        pull = np.where(shape.steps, (threshold - self.threshold_mean) / self.threshold_sd**2, 0.0)
        firm = np.where(shape.steps, 1 / self.threshold_sd**2, 0.0)
        by_slope = -threshold / slope[:, None]  # ∂b/∂a; ∂b/∂t = −1/a
        gradient = np.zeros(table.shape)
        gradient[:, 0] = -log_away / slope - (pull * by_slope).sum(axis=1)
        gradient[:, 1:] = pull / slope[:, None]
        bend = pull
        if not exact:
            log_away, bend = np.minimum(log_away, 0.0), np.zeros_like(pull)
        information = np.zeros((*table.shape, table.shape[1]))
        information[:, 0, 0] = (1 / self.log_slope_sd**2 - log_away) / slope**2
        information[:, 0, 0] += (firm * by_slope**2 - 2 * bend * by_slope / slope[:, None]).sum(axis=1)
        steps = np.arange(1, table.shape[1])
        information[:, steps, steps] = firm / slope[:, None] ** 2
        cross = -firm * by_slope / slope[:, None] + bend / slope[:, None] ** 2
        information[:, 0, 1:] = information[:, 1:, 0] = cross
        if curve is Curve.GRADED:
            return gradient, information
        turn = _differences(table.shape[1])
        return gradient @ turn, turn.T @ information @ turn


def steps_of(table: FloatArray, curve: Curve) -> FloatArray:
    """t_k = −a b_k: the levels of a graded item, their differences where categories are adjacent."""
    levels = table[:, 1:]
    return levels if curve is Curve.GRADED else np.diff(levels, axis=1, prepend=0.0)


def _differences(size: int) -> FloatArray:
    """(a, e) → (a, t): t_k = e_k − e_(k−1)."""
    turn = np.eye(size)
    places = np.arange(2, size)
    turn[places, places - 1] = -1.0
    return turn
