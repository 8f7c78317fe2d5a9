"""Do the skills explain the answers? What is left over between pairs of items tells."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from diagnostics.measurement.cognitive.counted import Counted
from diagnostics.measurement.cognitive.em import Estimate
from diagnostics.measurement.method import METHOD, Method
from diagnostics.measurement.numeric import BoolArray, FloatArray, special

#: Persons who answered both items, below which a pair says nothing.
MIN_TOGETHER = 30


@dataclass(frozen=True, slots=True)
class SkillFit:
    """Pairs of items that hang together more, or less, than the skills explain.

    Attributes
    ----------
    pairs : pairs that were compared
    worst : the pair furthest off; None without a pair
    residual : observed minus expected correlation of that pair
    p : its probability if the skills explain everything, corrected for the number of pairs
    fits : whether no pair is off; None without a pair. False: mastery is no more than a summary of answers
    """

    pairs: int
    worst: tuple[str, str] | None
    residual: float | None
    p: float | None
    fits: bool | None


def skill_fit(
    data: Counted, able: BoolArray, at: Estimate, names: tuple[str, ...], method: Method = METHOD
) -> SkillFit:
    """Compare correlations of pairs on Fisher's scale, z = √(n − 3) · (artanh r − artanh ρ), Bonferroni.

    Source: Chen, de la Torre, Zhang 2013, J. Educ. Meas. 50: 123–140 (with the correlation of the model
    computed and not simulated).
    """
    together, observed = _observed(data)
    expected = _expected(able, at)
    first, second = np.triu_indices(len(names), 1)
    r, rho, n = observed[first, second], expected[first, second], together[first, second]
    usable = (n >= MIN_TOGETHER) & np.isfinite(r)
    if not usable.any():
        return SkillFit(0, None, None, None, None)
    edge = 1 - 1e-9
    away = np.arctanh(np.clip(r[usable], -edge, edge)) - np.arctanh(np.clip(rho[usable], -edge, edge))
    z = np.abs(away) * np.sqrt(n[usable] - 3)
    worst, pairs = int(z.argmax()), int(usable.sum())
    place = np.flatnonzero(usable)[worst]
    p = min(1.0, pairs * 2 * float(special().ndtr(-z[worst])))
    return SkillFit(
        pairs,
        (names[first[place]], names[second[place]]),
        float(r[place] - rho[place]),
        p,
        p >= method.skills_alarm,
    )


def _observed(data: Counted) -> tuple[FloatArray, FloatArray]:
    """Items × items: persons who answered both, correlation among them (NaN where one does not vary)."""
    shown = np.ones_like(data.right) if data.shown is None else data.shown
    n = (shown * data.weight) @ shown.T
    both, mine = (data.right * data.weight) @ data.right.T, (data.right * data.weight) @ shown.T
    safe = np.maximum(n, 1.0)
    joint, one = both / safe, mine / safe  # one[i, j]: share right in i of those who answered i and j
    spread = one * (1 - one)
    size = np.sqrt(spread * spread.T)
    return n, np.divide(joint - one * one.T, size, out=np.full_like(size, np.nan), where=size > 1e-9)  # noqa: PLR2004


def _expected(able: BoolArray, at: Estimate) -> FloatArray:
    """Items × items: correlation that the model implies."""
    chance = np.where(able, at.right, at.guess)
    mean = at.shares @ chance
    joint = (chance * at.shares[:, None]).T @ chance
    spread = mean * (1 - mean)
    return np.asarray((joint - np.outer(mean, mean)) / np.sqrt(np.outer(spread, spread)))
