"""Slow twin of `posterior` and `prior`: the same quantities by summing over a fine grid."""

from __future__ import annotations

import math

import numpy as np

from diagnostics.measurement.numeric import FloatArray

CELLS = 20_000


def grid() -> FloatArray:
    """Midpoints of equal cells of 0…1."""
    return (np.arange(CELLS) + 0.5) / CELLS


def density(points: float, maximum: float, n_items: float, alpha: float, beta: float) -> FloatArray:
    """Posterior weights on the grid: prior × binomial likelihood, normalised to one."""
    at, right = grid(), n_items * points / maximum
    logs = (alpha - 1 + right) * np.log(at) + (beta - 1 + n_items - right) * np.log1p(-at)
    weights = np.exp(logs - logs.max())
    return np.asarray(weights / weights.sum())


def mean(weights: FloatArray) -> float:
    """Mean of the true proportion."""
    return float(weights @ grid())


def p_below(weights: FloatArray, cut: float) -> float:
    """Probability of a proportion below the cut."""
    return float(weights[grid() < cut].sum())


def quantile(weights: FloatArray, probability: float) -> float:
    """Proportion below which the given probability lies."""
    return float(grid()[np.searchsorted(np.cumsum(weights), probability)])


def marginal_log_likelihood(right: list[int], total: list[int], alpha: float, beta: float) -> float:
    """Beta-binomial log-likelihood without the binomial coefficients, person by person."""

    def ln_beta(a: float, b: float) -> float:
        return math.lgamma(a) + math.lgamma(b) - math.lgamma(a + b)

    return sum(
        ln_beta(alpha + hits, beta + n - hits) - ln_beta(alpha, beta)
        for hits, n in zip(right, total, strict=True)
    )
