"""Likeliest guessing, slipping and shares of the profiles: EM with squared steps.

Profiles that answer alike are one class; one matrix product gives the likelihood of all patterns in all
classes, a second one the expected counts.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from diagnostics.measurement.cognitive.counted import Counted
from diagnostics.measurement.errors import NotConvergedError
from diagnostics.measurement.numeric import BoolArray, FloatArray

#: Chances of a right answer are kept within EDGE … 1 − EDGE.
EDGE = 1e-3
#: Those who are able solve an item at least by this much oftener than those who are not (1 − s > g).
GAP = 1e-3
START = 0.2
#: Waves that the model fits need twenty to sixty steps; what has not ended by then runs along a ridge of noise.
MAX_STEPS = 1000
#: Largest change of a chance or a share in one plain step at which the search ends.
STILL = 2e-6


@dataclass(frozen=True, slots=True, eq=False)
class Estimate:
    """Where the search stands.

    Attributes
    ----------
    guess, right : (items,) chance of a right answer of those who are not able, and of those who are
    shares : (classes,) share of each class among the persons
    """

    guess: FloatArray
    right: FloatArray
    shares: FloatArray

    def flat(self) -> FloatArray:
        """All parameters in one row."""
        return np.concatenate((self.guess, self.right, self.shares))


@dataclass(frozen=True, slots=True, eq=False)
class Fitted:
    """The end of the search: `posterior` is classes × patterns."""

    at: Estimate
    posterior: FloatArray
    loglik: float
    steps: int


def posterior(data: Counted, able: BoolArray, at: Estimate) -> tuple[FloatArray, float]:
    """Classes × patterns, P(class | pattern), and the log-likelihood of all persons."""
    chance = np.where(able, at.right, at.guess)
    wrong = np.log1p(-chance)
    logs = (np.log(chance) - wrong) @ data.right
    with np.errstate(divide="ignore"):  # a class may be empty
        shares = np.log(at.shares)[:, None]
    logs += (shares + wrong.sum(axis=1)[:, None]) if data.shown is None else (shares + wrong @ data.shown)
    top = logs.max(axis=0)
    logs -= top
    np.exp(logs, out=logs)
    total = logs.sum(axis=0)
    logs /= total
    return logs, float(data.weight @ (np.log(total) + top))


def estimate(data: Counted, able: BoolArray) -> Fitted:
    """Maximise the marginal likelihood over both chances of each item and the shares of the classes.

    EM (Dempster, Laird, Rubin 1977; de la Torre 2009, J. Educ. Behav. Stat. 34: 115–130) in which two steps
    foretell a longer one (SQUAREM, scheme S3: Varadhan, Roland 2008); a longer step that loses is not taken.

    Parameters
    ----------
    able : classes × items

    Raises
    ------
    NotConvergedError
        If the search has not ended after MAX_STEPS plain steps.
    """
    classes, items = able.shape
    at = Estimate(np.full(items, START), np.full(items, 1 - START), np.full(classes, 1 / classes))
    taken = 0
    while taken < MAX_STEPS:
        first, value = _step(data, able, at)
        taken += 1
        if _largest(first, at) < STILL:
            return _fitted(data, able, first, taken)
        second, _ = _step(data, able, first)
        far = _extrapolated(at, first, second)
        landed, reached = _step(data, able, far)
        taken += 2
        at = landed if reached >= value else second
    raise NotConvergedError("skills: the likelihood is flat or the model does not fit", steps=taken)


def _fitted(data: Counted, able: BoolArray, at: Estimate, steps: int) -> Fitted:
    weights, value = posterior(data, able, at)
    return Fitted(at, weights, value, steps)


def _largest(one: Estimate, other: Estimate) -> float:
    return float(np.abs(one.flat() - other.flat()).max())


def _step(data: Counted, able: BoolArray, at: Estimate) -> tuple[Estimate, float]:
    """One plain step, and the log-likelihood before it."""
    weights, value = posterior(data, able, at)
    weights *= data.weight
    hits = weights @ data.right.T
    size = weights.sum(axis=1)
    seen = np.broadcast_to(size[:, None], hits.shape) if data.shown is None else weights @ data.shown.T
    guess, right = _ordered(*(_split(table, able) for table in (hits, seen)))
    return Estimate(guess, right, size / size.sum()), value


def _split(table: FloatArray, able: BoolArray) -> FloatArray:
    """2 × items: sums over the classes that are not able and over those that are."""
    held = np.where(able, table, 0.0).sum(axis=0)
    return np.stack((table.sum(axis=0) - held, held))


def _ordered(hits: FloatArray, seen: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Shares of right answers; where the able were not better, the common share, a GAP apart."""
    share = np.divide(hits, seen, out=np.full_like(hits, 0.5), where=seen > 0)
    common = hits.sum(axis=0) / seen.sum(axis=0)
    crossed = share[1] - share[0] < GAP
    guess = np.where(crossed, common - GAP / 2, share[0])
    right = np.where(crossed, common + GAP / 2, share[1])
    return np.clip(guess, EDGE, 1 - EDGE - GAP), np.clip(right, EDGE + GAP, 1 - EDGE)


def _extrapolated(start: Estimate, first: Estimate, second: Estimate) -> Estimate:
    zero, one, two = start.flat(), first.flat(), second.flat()
    speed = one - zero
    bend = two - one - speed
    size = np.sqrt(bend @ bend)
    length = max(1.0, float(np.sqrt(speed @ speed) / size)) if size > 0 else 1.0
    return _inside(zero + 2 * length * speed + length**2 * bend, start.guess.size)


def _inside(flat: FloatArray, items: int) -> Estimate:
    """The nearest point at which all chances and shares are allowed."""
    guess = np.clip(flat[:items], EDGE, 1 - EDGE - GAP)
    right = np.clip(flat[items : 2 * items], guess + GAP, 1 - EDGE)
    shares = np.maximum(flat[2 * items :], 1e-12)
    return Estimate(guess, right, shares / shares.sum())
