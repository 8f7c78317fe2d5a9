"""How exactly guessing and slipping are known: the observed information of the marginal likelihood."""

from __future__ import annotations

import numpy as np

from diagnostics.measurement.cognitive.counted import Counted
from diagnostics.measurement.cognitive.em import EDGE, GAP, Estimate, Fitted
from diagnostics.measurement.numeric import BoolArray, FloatArray, IntArray

#: A class with a smaller share stands on the edge of what is possible and is held there.
EMPTY = 1e-6
#: Beyond this ratio of the largest to the smallest direction nothing is known in the latter.
FLAT = 1e-10


def standard_errors(data: Counted, able: BoolArray, fitted: Fitted) -> tuple[FloatArray, FloatArray]:
    """(items,) standard errors of guessing and of 1 − slipping; NaN where the answers do not determine them.

    Minus the second derivatives of Σ ln Σ_c π_c L_c by all chances and shares, exactly: the second
    derivative of a binomial chance cancels against its squared first one, so only products of first
    derivatives are left (Louis 1982, J. R. Stat. Soc. B 44: 226–233). Chances on their bounds are held.
    """
    weighted = fitted.posterior * data.weight
    slopes = _slopes(data, fitted.at)
    score = _scores(fitted.posterior, able, slopes)
    count = 2 * able.shape[1]
    rest = _share_scores(fitted)
    every = np.concatenate((score, rest))
    information = (every * data.weight) @ every.T
    information[:count, :count] -= _within(weighted, able, slopes)
    mixed = _mixed(weighted, able, slopes, fitted.at)
    information[:count, count:] -= mixed
    information[count:, :count] -= mixed.T
    free = np.concatenate((_inside(fitted.at), np.ones(rest.shape[0], dtype=bool)))
    errors = np.full(free.size, np.nan)
    errors[free] = _roots(information[np.ix_(free, free)])
    return errors[: able.shape[1]], errors[able.shape[1] : count]


def _slopes(data: Counted, at: Estimate) -> FloatArray:
    """2 × items × patterns: derivatives of ln P(answer) by its chance, of the not able and of the able."""
    found = []
    for chance in (at.guess[:, None], at.right[:, None]):
        one = (data.right - chance) / (chance * (1 - chance))
        found.append(one if data.shown is None else one * data.shown)
    return np.stack(found)


def _scores(posterior: FloatArray, able: BoolArray, slopes: FloatArray) -> FloatArray:
    """2·items × patterns: first derivatives of the log-likelihood of one person."""
    held = able.T.astype(np.float64) @ posterior
    return np.concatenate((slopes[0] * (1 - held), slopes[1] * held))


def _kept(at: Estimate) -> tuple[IntArray, int]:
    """Classes whose share is free, but for the largest one, which takes what the others leave."""
    largest = int(at.shares.argmax())
    free = at.shares > EMPTY
    free[largest] = False
    return np.flatnonzero(free), largest


def _share_scores(fitted: Fitted) -> FloatArray:
    kept, largest = _kept(fitted.at)
    ratio = fitted.posterior / np.maximum(fitted.at.shares, EMPTY)[:, None]
    return np.asarray(ratio[kept] - ratio[largest])


def _within(weighted: FloatArray, able: BoolArray, slopes: FloatArray) -> FloatArray:
    """Σ over persons and classes of P(class) × products of derivatives of two different chances."""
    items = able.shape[1]
    found = np.zeros((2 * items, 2 * items))
    for mass, held in zip(weighted, able, strict=True):
        own = np.where(held[:, None], slopes[1], slopes[0])
        product = (own * mass) @ own.T
        np.fill_diagonal(product, 0.0)
        place = np.arange(items) + items * held
        found[np.ix_(place, place)] += product
    return found


def _mixed(weighted: FloatArray, able: BoolArray, slopes: FloatArray, at: Estimate) -> FloatArray:
    """2·items × free shares: Σ of P(class) × derivative of a chance / share, against the largest class."""
    sums = np.einsum("cn,hin->chi", weighted, slopes, optimize=True)
    both = np.concatenate((np.where(able, 0.0, sums[:, 0]), np.where(able, sums[:, 1], 0.0)), axis=1)
    both /= np.maximum(at.shares, EMPTY)[:, None]
    kept, largest = _kept(at)
    return np.asarray((both[kept] - both[largest]).T)


def _inside(at: Estimate) -> BoolArray:
    """2·items: chances that stand on no bound."""
    apart = at.right - at.guess > 1.5 * GAP
    low = apart & (at.guess > EDGE) & (at.guess < 1 - EDGE - GAP)
    high = apart & (at.right < 1 - EDGE) & (at.right > EDGE + GAP)
    return np.concatenate((low, high))


def _roots(information: FloatArray) -> FloatArray:
    """Square roots of the diagonal of the inverse; NaN throughout if some direction is undetermined."""
    unknown = np.full(information.shape[0], np.nan)
    if not information.size:
        return unknown
    scale = np.sqrt(np.abs(np.diag(information)))
    if (scale == 0).any():
        return unknown
    values, vectors = np.linalg.eigh(information / np.outer(scale, scale))
    if values[0] <= FLAT * values[-1]:
        return unknown
    return np.asarray(np.sqrt((vectors**2 / values).sum(axis=1)) / scale)
