"""Slow twins of `factor`, `consistency` and `subscores`: alternation, and people drawn one by one."""

from __future__ import annotations

import math

import numpy as np

from diagnostics.measurement.numeric import FloatArray


def one_factor(covariance: FloatArray, rounds: int = 20_000) -> tuple[list[float], list[float]]:
    """EM of the one-factor model (Rubin, Thayer 1982): loadings and uniquenesses."""
    unique = np.diag(covariance) / 2
    loadings = np.sqrt(np.diag(covariance) / 2)
    for _ in range(rounds):
        weights = np.linalg.solve(np.outer(loadings, loadings) + np.diag(unique), loadings)
        crossed = covariance @ weights
        second = 1 - weights @ loadings + weights @ crossed
        loadings = crossed / second
        unique = np.diag(covariance) - loadings * crossed
    return loadings.tolist(), unique.tolist()


def class_of(points: float, cuts: list[float]) -> int:
    """Number of cuts that are reached."""
    return sum(points >= cut - 1e-9 for cut in cuts)


def binomial(points: int, length: int, share: float) -> float:
    """P(points | true share)."""
    return math.comb(length, points) * share**points * (1 - share) ** (length - points)


def decisions(
    alpha: float, beta: float, length: int, cuts: list[float], true_cuts: list[float], cells: int = 4000
) -> tuple[float, float]:
    """Accuracy and consistency by summing over a grid of true shares."""
    at = (np.arange(cells) + 0.5) / cells
    logs = (alpha - 1) * np.log(at) + (beta - 1) * np.log1p(-at)
    weights = np.exp(logs - logs.max())
    weights /= weights.sum()
    accuracy = consistency = 0.0
    for share, weight in zip(at.tolist(), weights.tolist(), strict=True):
        chances = [0.0] * (len(cuts) + 1)
        for points in range(length + 1):
            chances[class_of(points, cuts)] += binomial(points, length, share)
        accuracy += weight * chances[class_of(share, true_cuts)]
        consistency += weight * sum(chance**2 for chance in chances)
    return accuracy, consistency
