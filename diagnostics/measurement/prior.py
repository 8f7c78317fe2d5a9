"""What a closed wave teaches about the next person: empirical-Bayes prior of a proportion."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from diagnostics.measurement.errors import BadInputError
from diagnostics.measurement.method import METHOD, Method
from diagnostics.measurement.numeric import FloatArray, complete_vector, optimize, special

#: A prior weaker than half an answer is no prior; keeps the search off the degenerate U shape.
SMALLEST_SIZE = 0.5


@dataclass(frozen=True, slots=True)
class Prior:
    """Beta(alpha, beta) of the true proportions of a population.

    Attributes
    ----------
    kind : "weak" (of the method) or "empirical" (of a wave)
    persons : persons it was estimated from
    worth : binomial trials that one item is worth. Items of unequal difficulty vary less than as many equal
        ones, so it is above 1 there (Livingston, Lewis 1995: effective length); posteriors of the same
        calibration count their items by it
    reason : why it is weak ("too_few_persons", or "no_variance": all had everything or nothing), or "size_limit" where the wave had no more spread than
        chance and alpha + beta stands at the method's limit; None otherwise
    """

    alpha: float
    beta: float
    kind: str
    persons: int = 0
    reason: str | None = None
    worth: float = 1.0

    def __post_init__(self) -> None:
        """Refuse what is no distribution."""
        if not 0 < self.worth < np.inf:
            raise BadInputError("an item is worth something", worth=self.worth)
        if not (0 < self.alpha < np.inf and 0 < self.beta < np.inf):
            raise BadInputError("alpha and beta of a prior are positive", alpha=self.alpha, beta=self.beta)

    @property
    def provisional(self) -> bool:
        """Whether conclusions from it are marked «предварительно»."""
        return self.kind == "weak"


def weak_prior(method: Method = METHOD, persons: int = 0, reason: str | None = None) -> Prior:
    """Return the prior of the method, Beta(1, 1) by default."""
    return Prior(method.weak_alpha, method.weak_beta, "weak", persons, reason)


def prior_of_wave(
    shares: ArrayLike, n_items: ArrayLike, method: Method = METHOD, *, worth: float = 1.0
) -> Prior:
    """Beta prior by maximum marginal (beta-binomial) likelihood.

    Maximises Σ ln B(α + n s, β + n(1 − s)) − ln B(α, β) over ln(α/β) and ln(α + β).
    Source: Lord, Novick 1968, ch. 23; Carlin, Louis 2000, §3.3.

    Parameters
    ----------
    shares : (persons,) observed shares of the maximum, 0…1
    n_items : (persons,) effective items; persons without an item are left out
    worth : binomial trials that one item is worth

    Raises
    ------
    BadInputError
        If lengths differ, a value is missing or a share lies outside 0…1.
    """
    share, trials = complete_vector(shares, "shares"), complete_vector(n_items, "n_items")
    if share.shape != trials.shape or ((share < 0) | (share > 1)).any() or (trials < 0).any():
        raise BadInputError("shares lie in 0…1, one number of items to each")
    trials = trials * worth
    used = trials > 0
    persons = int(used.sum())
    if persons < method.min_prior_persons:
        return weak_prior(method, persons, "too_few_persons")
    if not 0 < share[used].sum() < persons:
        return weak_prior(method, persons, "no_variance")
    alpha, beta = _maximum(share[used], trials[used], method.max_prior_size)
    at_limit = alpha + beta > 0.999 * method.max_prior_size
    return Prior(alpha, beta, "empirical", persons, "size_limit" if at_limit else None, worth)


def _maximum(share: FloatArray, trials: FloatArray, max_size: float) -> tuple[float, float]:
    # Persons with the same result are one term: ten thousand persons become a few dozen rows.
    rows, counts = np.unique(np.column_stack((trials * share, trials)), axis=0, return_counts=True)
    right, total = rows.T
    mean = np.clip(np.average(right / total, weights=counts), 0.01, 0.99)
    start = np.array([np.log(mean / (1 - mean)), np.log(min(10.0, max_size / 2))])
    found = optimize().minimize(
        _minus_log_likelihood,
        start,
        args=(right, total, counts.astype(np.float64)),
        jac=True,
        method="L-BFGS-B",
        bounds=[(-6.0, 6.0), (np.log(SMALLEST_SIZE), np.log(max_size))],
        options={"ftol": 1e-13, "gtol": 1e-8},
    )
    mean, size = 1 / (1 + np.exp(-found.x[0])), np.exp(found.x[1])
    return float(mean * size), float((1 - mean) * size)


def _minus_log_likelihood(
    at: FloatArray,
    right: FloatArray,
    total: FloatArray,
    counts: FloatArray,
) -> tuple[float, FloatArray]:
    functions = special()
    mean, size = 1 / (1 + np.exp(-at[0])), np.exp(at[1])
    alpha, beta = mean * size, (1 - mean) * size
    value = counts @ (functions.betaln(alpha + right, beta + total - right) - functions.betaln(alpha, beta))
    psi = functions.psi
    by_size = psi(size) - psi(size + total)
    by_alpha = counts @ (psi(alpha + right) - psi(alpha) + by_size)
    by_beta = counts @ (psi(beta + total - right) - psi(beta) + by_size)
    # Chain rule to logit of the mean and logarithm of the size.
    slope = mean * (1 - mean) * size
    gradient = np.array([slope * (by_alpha - by_beta), alpha * by_alpha + beta * by_beta])
    return -float(value), -gradient
