"""How many calibrated items more a competence needs before its verdicts may be trusted."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from diagnostics.measurement.adaptive.population import nodes, weights
from diagnostics.measurement.decisions import LONGEST, Needed
from diagnostics.measurement.errors import BadInputError
from diagnostics.measurement.latent.items import LatentItem, curves
from diagnostics.measurement.latent.persons import STANDARD, Population
from diagnostics.measurement.method import METHOD, Method
from diagnostics.measurement.numeric import FloatArray, special


def more_items(
    items: Sequence[LatentItem],
    cut: float,
    population: Population = STANDARD,
    goal: float | None = None,
    method: Method = METHOD,
) -> Needed:
    """Fewest items like the present ones with which the side of the cut is told right often enough.

    Accuracy = ∫ Φ(|θ − cut| · √(I(θ) · (n + m) / n)) over the population: the chance that an estimate with
    the error 1/√I falls on the side of the cut where the ability lies; m items of the same quality multiply
    the information. Source: Rudner 2005, PARE 10(13); for raw scores see `decisions.items_needed`.

    Parameters
    ----------
    items : of one competence
    cut : ability (logits)

    Returns
    -------
    Needed : its `reliability` is 1 − mean SE² / (mean SE² + variance) of the lengthened test

    Raises
    ------
    EmptyDataError
        If there are no items.
    BadInputError
        If the cut is not finite or the goal does not lie between 0 and 1.
    """
    wanted = method.accuracy_goal if goal is None else goal
    if not np.isfinite(cut) or not 0 < wanted < 1:
        raise BadInputError("a finite cut and a goal between 0 and 1", cut=cut, goal=wanted)
    at, share = nodes(population), weights()
    information = curves(items, at).information().sum(axis=1)

    def accuracy(more: int) -> float:
        longer = information * (len(items) + more) / len(items)
        return float(share @ special().ndtr(np.abs(at - cut) * np.sqrt(longer)))

    low, high = 0, (LONGEST - 1) * len(items)
    now = accuracy(0)
    if accuracy(high) < wanted:
        return Needed(None, now, None, None)
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if accuracy(middle) >= wanted else (middle + 1, high)
    longer = information * (len(items) + low) / len(items)
    return Needed(low, now, accuracy(low), _reliability(longer, share, population))


def _reliability(information: FloatArray, share: FloatArray, population: Population) -> float:
    """Error at an ability without information counts as the spread of the population."""
    error = np.minimum(1 / np.maximum(information, 1e-12), population.sd**2)
    mean = float(share @ error)
    return population.sd**2 / (population.sd**2 + mean)
