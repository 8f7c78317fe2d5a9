"""What a simulation says about a plan: bias, error, length, worn-out items."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from diagnostics.measurement.adaptive.live import Why
from diagnostics.measurement.adaptive.plan import Plan
from diagnostics.measurement.adaptive.simulation import REASONS, Simulated
from diagnostics.measurement.errors import BadInputError
from diagnostics.measurement.numeric import BoolArray, complete_vector
from diagnostics.measurement.verdict_rates import VerdictRates, verdict_rates


@dataclass(frozen=True, slots=True)
class Exposure:
    """One item: the share of persons who were asked it."""

    item: str
    content: str
    share: float


@dataclass(frozen=True, slots=True)
class Precision:
    """Persons whose true ability lies from `low` up to, not including, `high` (logits).

    Attributes
    ----------
    bias, rmse : mean and root mean square of estimate − truth; None without persons
    error : mean SD of the posteriors, what the test itself says of its error; None without persons
    length : mean number of items; None without persons
    """

    low: float | None
    high: float | None
    n: int
    bias: float | None
    rmse: float | None
    error: float | None
    length: float | None


@dataclass(frozen=True, slots=True)
class PlanQuality:
    """A plan tried.

    Attributes
    ----------
    overall : everybody; `bands` : by true ability
    why : shares of the reasons to end
    overlap : share of items that two persons have in common, on average (Chen, Ankenmann, Spray 2003)
    most_asked : share of persons who got the most asked item
    never_asked : items that nobody got
    verdicts : right and wrong verdicts; None without a cut
    """

    overall: Precision
    bands: tuple[Precision, ...]
    why: tuple[tuple[Why, float], ...]
    overlap: float
    most_asked: float
    never_asked: int
    verdicts: VerdictRates | None


def exposures(plan: Plan, found: Simulated) -> tuple[Exposure, ...]:
    """Every item of the bank, the most asked first."""
    bank = plan.bank
    asked = np.bincount(found.items[found.items >= 0], minlength=len(bank.items)) / found.truth.size
    return tuple(
        Exposure(bank.items[place].name, bank.contents[bank.content[place]], float(asked[place]))
        for place in np.argsort(-asked, kind="stable")
    )


def quality(plan: Plan, found: Simulated, edges: Sequence[float] = (-1.0, 0.0, 1.0)) -> PlanQuality:
    """Sum a simulation up.

    Parameters
    ----------
    edges : rising true abilities that part the bands

    Raises
    ------
    BadInputError
        If the edges do not rise.
    """
    rising = complete_vector(edges, "edges")
    if (np.diff(rising) <= 0).any():
        raise BadInputError("edges of bands rise", edges=rising.tolist())
    shares = np.array([one.share for one in exposures(plan, found)])
    ends = [None, *rising.tolist(), None]
    return PlanQuality(
        overall=_precision(found, None, None),
        bands=tuple(_precision(found, low, high) for low, high in pairwise(ends)),
        why=tuple((why, float((found.why == place).mean())) for place, why in enumerate(REASONS)),
        overlap=float(shares @ shares / shares.sum()),
        most_asked=float(shares[0]),
        never_asked=int((shares == 0).sum()),
        verdicts=_verdicts(plan, found),
    )


def _verdicts(plan: Plan, found: Simulated) -> VerdictRates | None:
    if found.below is None or plan.rules.cut is None:
        return None
    return verdict_rates(found.below, found.truth < plan.rules.cut, plan.method)


def _precision(found: Simulated, low: float | None, high: float | None) -> Precision:
    inside: BoolArray = np.ones(found.truth.size, dtype=bool)
    inside &= found.truth >= (-np.inf if low is None else low)
    inside &= found.truth < (np.inf if high is None else high)
    n = int(inside.sum())
    if not n:
        return Precision(low, high, 0, None, None, None, None)
    away = (found.ability - found.truth)[inside]
    return Precision(
        low,
        high,
        n,
        float(away.mean()),
        float(np.sqrt((away**2).mean())),
        float(found.error[inside].mean()),
        float(found.lengths[inside].mean()),
    )
