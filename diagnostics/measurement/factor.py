"""One common factor of congeneric items by maximum likelihood, and omega total from it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from diagnostics.measurement.intervals import Interval, normal_quantile
from diagnostics.measurement.method import METHOD, Method
from diagnostics.measurement.numeric import FloatArray, answer_matrix, one_blas_thread, optimize

#: Items without which one factor is not identified.
MIN_ITEMS = 3
#: A share of own variance this close to 0 is an improper solution (Heywood case), not a perfect item.
HEYWOOD = 1e-4
#: Gradient of the discrepancy at which the search counts as arrived.
STILL = 1e-6


@dataclass(frozen=True, slots=True)
class Omega:
    """Omega total of one factor.

    Attributes
    ----------
    value, interval : omega with its interval (delta method on ln(1 − ω)); None where `reason` says why
    loadings, uniquenesses : of the items, in score units; empty without a solution
    n : complete persons it rests on
    reason : "too_few_items" (below 3), "too_few_persons" (not more than items), "constant_items",
        "not_converged", "improper" (an item without own variance), "mixed_signs" (items that run against the
        others: their number is in `against`), or None
    against : places of the items whose loading has the other sign
    """

    value: float | None
    interval: Interval | None
    loadings: tuple[float, ...]
    uniquenesses: tuple[float, ...]
    n: int
    reason: str | None
    against: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class _Solution:
    loadings: FloatArray
    uniquenesses: FloatArray
    still: bool


def omega_total(scores: ArrayLike, method: Method = METHOD) -> Omega:
    """ω = (Σλ)² / ((Σλ)² + Σψ) of the one-factor model Σ = λλ′ + diag ψ fitted to the covariance matrix.

    Items may differ in loading and error (congeneric), which alpha does not allow. Nothing is reported from a
    search that did not arrive or from an improper solution: alpha with its interval remains.
    Source: McDonald 1999, ch. 6; Jöreskog 1967, Psychometrika 32: 443–482 (likelihood).

    Parameters
    ----------
    scores : persons × items, NaN = missing; persons with a missing answer are left out

    Raises
    ------
    BadInputError
        If it is no matrix of scores.
    """
    matrix = answer_matrix(scores)
    complete = matrix[~np.isnan(matrix).any(axis=1)]
    n, k = complete.shape
    if k < MIN_ITEMS:
        return _refused(n, "too_few_items")
    if n <= k:
        return _refused(n, "too_few_persons")
    spread = complete.std(axis=0, ddof=1)
    if (spread <= 1e-9 * np.maximum(np.abs(complete).max(axis=0), 1e-300)).any():
        return _refused(n, "constant_items")
    with one_blas_thread():
        found = _one_factor(np.asarray(np.corrcoef(complete, rowvar=False)))
        return _omega(found, spread, n, method)


def _refused(n: int, reason: str) -> Omega:
    return Omega(None, None, (), (), n, reason)


def _one_factor(correlations: FloatArray) -> _Solution:
    """Minimise the likelihood discrepancy over ln ψ; λ follows from ψ in closed form."""
    if np.linalg.eigvalsh(correlations)[0] < 1e-10:  # noqa: PLR2004 - singular: an item is the sum of others
        return _Solution(np.zeros(len(correlations)), np.zeros(len(correlations)), still=False)
    start = np.log(np.clip(1 / np.diag(np.linalg.inv(correlations)), 0.05, 0.95))
    found = optimize().minimize(
        _discrepancy,
        start,
        args=(correlations,),
        jac=True,
        method="L-BFGS-B",
        bounds=[(np.log(HEYWOOD) - 1, np.log(2.0))] * start.size,
        options={"ftol": 1e-15, "gtol": 1e-9, "maxiter": 2000, "maxcor": 30},
    )
    unique = np.exp(found.x)
    _, slope = _discrepancy(found.x, correlations)
    inside = found.x > np.log(HEYWOOD) - 1
    still = bool(np.abs(slope[inside]).max(initial=0.0) < STILL)
    return _Solution(_loadings(unique, correlations), unique, still)


def _loadings(unique: FloatArray, correlations: FloatArray) -> FloatArray:
    """λ = √ψ · √(θ₁ − 1) · v₁ with θ₁, v₁ the first eigenpair of ψ^−½ R ψ^−½; positive on the whole."""
    root = np.sqrt(unique)
    values, vectors = np.linalg.eigh(correlations / np.outer(root, root))
    found = root * np.sqrt(max(values[-1] - 1, 0.0)) * vectors[:, -1]
    return np.asarray(found if found.sum() >= 0 else -found)


def _discrepancy(logs: FloatArray, correlations: FloatArray) -> tuple[float, FloatArray]:
    """F = Σ_{m ≥ 2} (θ_m − ln θ_m − 1) and its gradient by ln ψ, diag(Σ̂ − R) / ψ."""
    unique = np.exp(logs)
    root = np.sqrt(unique)
    values, vectors = np.linalg.eigh(correlations / np.outer(root, root))
    rest = np.maximum(values[:-1], 1e-12)
    value = float((rest - np.log(rest) - 1).sum())
    common = max(values[-1] - 1, 0.0) * vectors[:, -1] ** 2
    return value, 1 + common - np.diag(correlations) / unique


def _omega(found: _Solution, spread: FloatArray, n: int, method: Method) -> Omega:
    if not found.still:
        return _refused(n, "not_converged")
    if (found.uniquenesses < HEYWOOD).any():
        return _refused(n, "improper")
    if (found.loadings < 0).any():
        return Omega(None, None, (), (), n, "mixed_signs", tuple(np.flatnonzero(found.loadings < 0).tolist()))
    loadings, unique = found.loadings * spread, found.uniquenesses * spread**2
    common, own = loadings.sum() ** 2, unique.sum()
    if common <= 0:
        return _refused(n, "not_converged")
    value = float(common / (common + own))
    interval = _interval(found, spread, value, n, method.group_interval)
    return Omega(value, interval, tuple(loadings.tolist()), tuple(unique.tolist()), n, None)


def _interval(found: _Solution, spread: FloatArray, value: float, n: int, coverage: float) -> Interval | None:
    """Delta method with the expected information of normal theory; None where it is singular."""
    covariance = _covariance(found.loadings, found.uniquenesses, n)
    if covariance is None:
        return None
    total, own = float(found.loadings @ spread), float(found.uniquenesses @ spread**2)
    whole = total**2 + own
    slope = np.concatenate((2 * total * own * spread, -(total**2) * spread**2)) / whole**2
    error = float(np.sqrt(max(float(slope @ covariance @ slope), 0.0))) / (1 - value)
    factor = np.exp(normal_quantile(coverage) * error)
    return Interval(1 - (1 - value) * float(factor), 1 - (1 - value) / float(factor))


def _covariance(loadings: FloatArray, unique: FloatArray, n: int) -> FloatArray | None:
    """Inverse of n/2 · tr(Σ⁻¹ Σ_a Σ⁻¹ Σ_b) over loadings, then uniquenesses (Lawley, Maxwell 1971, ch. 7)."""
    inverse = np.linalg.inv(np.outer(loadings, loadings) + np.diag(unique))
    weights = inverse @ loadings
    by_loading = 2 * (np.outer(weights, weights) + inverse * float(loadings @ weights))
    crossed = 2 * inverse * weights
    information = (n - 1) / 2 * np.block([[by_loading, crossed], [crossed.T, inverse**2]])
    try:
        return np.asarray(np.linalg.inv(information))
    except np.linalg.LinAlgError:
        return None
