"""The true proportion of one person, given few answers: beta-binomial posterior."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from diagnostics.measurement.errors import BadInputError
from diagnostics.measurement.method import METHOD, Method
from diagnostics.measurement.numeric import FloatArray, complete_vector, special
from diagnostics.measurement.prior import Prior, weak_prior


@dataclass(frozen=True, slots=True)
class Posterior:
    """Beta distribution of a person's true proportion (0…1).

    `low80` and `high80` bound the central interval of the method (80 % unless it says otherwise).
    """

    alpha: float
    beta: float
    mean: float
    low80: float
    high80: float

    def p_below(self, cut: float) -> float:
        """Probability that the true proportion lies below `cut` (a share, 0…1)."""
        return float(special().betainc(self.alpha, self.beta, _share(cut)))


@dataclass(frozen=True, slots=True, eq=False)
class Posteriors:
    """The same for many persons: arrays of one length."""

    alpha: FloatArray
    beta: FloatArray
    mean: FloatArray
    low80: FloatArray
    high80: FloatArray

    def p_below(self, cut: float) -> FloatArray:
        """Probability, person by person, that the true proportion lies below `cut` (a share, 0…1)."""
        return np.asarray(special().betainc(self.alpha, self.beta, _share(cut)))


def _share(cut: float) -> float:
    if not 0 <= cut <= 1:
        raise BadInputError("a cut is a share between 0 and 1", cut=cut)
    return cut


def effective_items(weighted_maxima: ArrayLike) -> float:
    """Return how many right-or-wrong trials items of unequal weight are worth: (Σm)² / Σm².

    The points of one partial-credit item hang together, so an item of two points is one trial of
    double weight, not two trials (design effect of unequal weights, Kish 1965, §8.2).

    Parameters
    ----------
    weighted_maxima : maximum points × weight in the competence, one number an item
    """
    maxima = complete_vector(weighted_maxima, "weighted_maxima")
    if (maxima < 0).any():
        raise BadInputError("points cannot be negative")
    squares = float(np.square(maxima).sum())
    return float(maxima.sum()) ** 2 / squares if squares else 0.0


def posterior(
    points: float,
    maximum: float,
    n_items: float,
    prior: Prior | None = None,
    method: Method = METHOD,
) -> Posterior:
    """Posterior of one person; see `posteriors`."""
    found = posteriors([points], [maximum], [n_items], prior, method)
    return Posterior(
        *(float(column[0]) for column in (found.alpha, found.beta, found.mean, found.low80, found.high80))
    )


def posteriors(
    points: ArrayLike,
    maximum: ArrayLike,
    n_items: ArrayLike,
    prior: Prior | None = None,
    method: Method = METHOD,
) -> Posteriors:
    """Posterior Beta(α + n·s, β + n·(1 − s)) with s = points / maximum and n effective items.

    Source: Lord, Novick 1968, ch. 23; Gelman et al., *Bayesian Data Analysis*, 2.4.

    Parameters
    ----------
    points, maximum : (persons,) points got and possible, weighted as the competence weighs them
    n_items : (persons,) effective number of items (`effective_items`); the count of items where all
        weigh the same; 0 leaves the prior as it is
    prior : the prior of the pinned calibration; None = the weak prior of the method

    Raises
    ------
    BadInputError
        If something is missing, points exceed the maximum, or items have no points.
    """
    got, possible, trials = _checked(points, maximum, n_items)
    prior = weak_prior(method) if prior is None else prior
    trials = trials * prior.worth
    share = np.divide(got, possible, out=np.zeros_like(got), where=possible > 0)
    alpha = prior.alpha + trials * share
    beta = prior.beta + trials * (1 - share)
    tail = (1 - method.interval) / 2
    low, high = special().betaincinv(alpha, beta, np.array([[tail], [1 - tail]]))
    return Posteriors(alpha, beta, alpha / (alpha + beta), low, high)


def _checked(points: ArrayLike, maximum: ArrayLike, n_items: ArrayLike) -> tuple[FloatArray, ...]:
    got, possible = complete_vector(points, "points"), complete_vector(maximum, "maximum")
    trials = complete_vector(n_items, "n_items")
    if not got.shape == possible.shape == trials.shape:
        raise BadInputError("points, maximum and n_items differ in length")
    if (got < 0).any() or (got > possible).any():
        raise BadInputError("points lie outside 0…maximum")
    if (trials < 0).any() or ((trials > 0) & (possible <= 0)).any():
        raise BadInputError("items without points carry no information")
    return got, possible, trials
