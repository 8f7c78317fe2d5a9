"""Likeliest guessing, slipping and shares of the profiles: EM that looks ahead.

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
#: Waves that the model fits need ten to thirty steps; what has not ended by then runs along a ridge of noise.
MAX_STEPS = 1000
#: Places that the search remembers, and the part of the log-likelihood that rounding takes.
REMEMBERED, NOISE = 8, 1e-12
#: Share that stands for none: its logarithm is finite, and no answers raise it to anything.
NOBODY = 1e-300
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
    mass, total, value = _joint(_factors(data), data, able, at)
    mass /= total
    return mass, value


def _factors(data: Counted) -> FloatArray:
    """What the logarithm of a chance is linear in, × patterns: right, shown (where not everybody saw all), 1."""
    parts = (data.right, np.ones((1, data.weight.size)))
    return np.concatenate(parts if data.shown is None else (data.right, data.shown, parts[1]))


def _joint(
    factors: FloatArray, data: Counted, able: BoolArray, at: Estimate
) -> tuple[FloatArray, FloatArray, float]:
    """P(class and pattern), classes × patterns, and its sums, both over the largest; the log-likelihood."""
    chance = np.where(able, at.right, at.guess)
    wrong = np.log1p(-chance)
    shares = np.log(np.maximum(at.shares, NOBODY))[:, None]
    rest = [shares + wrong.sum(axis=1)[:, None]] if data.shown is None else [wrong, shares]
    logs = np.concatenate((np.log(chance) - wrong, *rest), axis=1) @ factors
    top = logs.max(axis=0)
    logs -= top
    np.exp(logs, out=logs)
    total = logs.sum(axis=0)
    return logs, total, float(data.weight @ (np.log(total) + top))


def estimate(data: Counted, able: BoolArray) -> Fitted:
    """Maximise the marginal likelihood over both chances of each item and the shares of the classes.

    EM (Dempster, Laird, Rubin 1977; de la Torre 2009, J. Educ. Behav. Stat. 34: 115–130) in which the last steps
    foretell where they lead (Anderson 1965; Walker, Ni 2011, SIAM J. Numer. Anal. 49: 1715–1735); where that
    loses likelihood, the search goes on from the last plain step with nothing remembered.

    Parameters
    ----------
    able : classes × items

    Raises
    ------
    NotConvergedError
        If the search has not ended after MAX_STEPS steps.
    """
    classes, items = able.shape
    at = Estimate(np.full(items, START), np.full(items, 1 - START), np.full(classes, 1 / classes))
    factors, behind, plain, best = _factors(data), _Behind([], []), at, -np.inf
    for taken in range(1, MAX_STEPS + 1):
        onward, value = _step(factors, data, able, at)
        if value < best - NOISE * abs(best):
            at, behind, best = plain, _Behind([], []), -np.inf
            continue
        if _largest(onward, at) < STILL:
            return _fitted(data, able, onward, taken)
        plain, best = onward, value
        at = behind.foretold(at, onward)
    raise NotConvergedError("skills: the likelihood is flat or the model does not fit", steps=MAX_STEPS)


@dataclass(frozen=True, slots=True, eq=False)
class _Behind:
    """The last places of the search and the plain step from each."""

    places: list[FloatArray]
    steps: list[FloatArray]

    def foretold(self, at: Estimate, onward: Estimate) -> Estimate:
        """Where a step of nothing would begin, if steps changed along the remembered places in straight lines."""
        place, step = at.flat(), onward.flat() - at.flat()
        self.places.append(place)
        self.steps.append(step)
        del self.places[:-REMEMBERED], self.steps[:-REMEMBERED]
        if len(self.places) == 1:
            return onward
        moved, changed = np.diff(self.places, axis=0).T, np.diff(self.steps, axis=0).T
        share = np.linalg.lstsq(changed, step, rcond=1e-8)[0]
        return _inside(place + step - (moved + changed) @ share, at.guess.size)


def _fitted(data: Counted, able: BoolArray, at: Estimate, steps: int) -> Fitted:
    weights, value = posterior(data, able, at)
    return Fitted(at, weights, value, steps)


def _largest(one: Estimate, other: Estimate) -> float:
    return float(np.abs(one.flat() - other.flat()).max())


def _step(factors: FloatArray, data: Counted, able: BoolArray, at: Estimate) -> tuple[Estimate, float]:
    """One plain step, and the log-likelihood before it."""
    mass, total, value = _joint(factors, data, able, at)
    mass *= data.weight / total
    sums = mass @ factors.T
    items, size = able.shape[1], sums[:, -1]
    hits, seen = sums[:, :items], sums[:, items : 2 * items]
    if data.shown is None:
        seen = np.broadcast_to(size[:, None], hits.shape)
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


def _inside(flat: FloatArray, items: int) -> Estimate:
    """The nearest point at which all chances and shares are allowed."""
    guess = np.clip(flat[:items], EDGE, 1 - EDGE - GAP)
    right = np.clip(flat[items : 2 * items], guess + GAP, 1 - EDGE)
    shares = np.maximum(flat[2 * items :], 1e-12)
    return Estimate(guess, right, shares / shares.sum())
