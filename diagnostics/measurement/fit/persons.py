"""Person fit: is a pattern of answers less likely than patterns of such a person usually are?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from diagnostics.measurement.fit.answered import Answered, Block, Known, answered
from diagnostics.measurement.latent.items import LatentItem
from diagnostics.measurement.numeric import FloatArray, IntArray, special

#: Answers below which nothing is said about one person's pattern.
LEAST_ANSWERS = 8
#: Share of the variance of the likelihood that must be left after an ability was fitted to the answers; where the
#: variance itself is smaller, all answers are as good as certain and nothing is left.
LEAST_VARIANCE = 1e-6


@dataclass(frozen=True, slots=True)
class PersonFit:
    """How likely the pattern of one person is.

    Attributes
    ----------
    n : presented items
    lz : standardised log-likelihood, as if the ability were known; too near 0 because it is not
    lz_star : the same, corrected for the estimated ability; about standard normal, low = unlikely pattern
    p : chance of so low a value where the model holds
    reason : why these are None: "no_answers", "no_ability", "extreme", "too_few_answers", "no_spread" (the
        total tells the whole pattern: items are equally hard)
    """

    n: int
    lz: float | None
    lz_star: float | None
    p: float | None
    reason: str | None


def person_fit(
    scores: ArrayLike, items: Sequence[LatentItem], theta: Known, least: int = LEAST_ANSWERS
) -> tuple[PersonFit, ...]:
    """Log-likelihood of each pattern, standardised; a question to the tutor, never an accusation.

    With l = Σ ln P, M and V mean and variance of each item's ln P, s = Σ P'/P the score of the ability, I its
    information and c = Σ P' ln P / I: lz = Σ (ln P − M) / √Σ V and
    lz* = (Σ (ln P − M) − c s) / √(Σ V − (Σ P' ln P)² / I).
    Snijders writes c r₀ for −c s: an estimate solves s + r₀ = 0 (r₀ = 0 for maximum likelihood, J / 2I for
    Warm's, −(θ − μ)/σ² for the mode with a normal prior), so the score at the estimate is the correction of
    whichever estimate was used.
    Source: Drasgow, Levine, Williams 1985 (lz); Snijders 2001, Psychometrika 66: 331–342; categories Sinharay
    2016, Psychometrika 81: 992–1013.

    Parameters
    ----------
    scores, items, theta : see `answered`; θ by Warm's method, maximum likelihood or the posterior mode
    least : answers below which nothing is said

    Raises
    ------
    EmptyDataError, BadInputError
        See `answered`.
    """
    found = answered(scores, items, theta)
    sums = np.zeros((6, found.theta.size))
    for block in found.blocks():
        sums[:, block.rows] = _sums(block)
    return _judged(found, sums, least)


def _sums(block: Block) -> FloatArray:
    """6 × persons: n, Σ (ln P − M), Σ V, Σ P' ln P, I, s."""
    chances, rises = block.curves.chances, block.curves.rises
    logs = np.log(np.where(chances > 0, chances, 1.0))
    slopes = np.divide(rises, chances, out=np.zeros_like(rises), where=chances > 0)
    mean = (chances * logs).sum(axis=2)
    tables = (
        np.ones_like(mean),
        (chances * logs**2).sum(axis=2) - mean**2,
        (rises * logs).sum(axis=2),
        (rises * slopes).sum(axis=2),
    )
    n, variance, common, information = ((table[block.place] * block.shown).sum(axis=1) for table in tables)
    away = ((_taken(logs, block) - mean[block.place]) * block.shown).sum(axis=1)
    score = (_taken(slopes, block) * block.shown).sum(axis=1)
    return np.stack((n, away, variance, common, information, score))


def _taken(table: FloatArray, block: Block) -> FloatArray:
    """Persons × items: the value of the category that was answered."""
    columns: IntArray = np.arange(block.steps.shape[1])
    return np.asarray(table[block.place[:, None], columns, block.steps])


def _judged(found: Answered, sums: FloatArray, least: int) -> tuple[PersonFit, ...]:
    _, away, variance, common, information, score = sums
    counts = found.shown.sum(axis=1)
    slope = np.divide(common, information, out=np.zeros_like(common), where=information > 0)
    left = variance - slope * common
    spread = left > LEAST_VARIANCE * np.maximum(variance, LEAST_VARIANCE)
    plain = np.divide(away, np.sqrt(variance), out=np.zeros_like(away), where=variance > 0)
    corrected = np.divide(
        away - slope * score, np.sqrt(np.maximum(left, 0.0)), out=np.zeros_like(away), where=spread
    )
    chance = special().ndtr(corrected)
    rows = zip(counts, plain, corrected, chance, spread, found.reasons, strict=True)
    return tuple(
        _person(int(n), (float(lz), float(star), float(p)), _reason(why, int(n), least, spread=bool(ok)))
        for n, lz, star, p, ok, why in rows
    )


def _reason(why: str | None, n: int, least: int, *, spread: bool) -> str | None:
    if why or n < least:
        return why or "too_few_answers"
    return None if spread else "no_spread"


def _person(n: int, figures: tuple[float, float, float], reason: str | None) -> PersonFit:
    return PersonFit(n, None, None, None, reason) if reason else PersonFit(n, *figures, None)
