"""Intervals of standardised changes of people who come in schools: whole schools are drawn again."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike

from diagnostics.measurement.clusters import widening
from diagnostics.measurement.effects import Effect, PairedEffects, hedges_factor
from diagnostics.measurement.errors import BadInputError
from diagnostics.measurement.intervals import Interval
from diagnostics.measurement.method import METHOD, Method
from diagnostics.measurement.numeric import FloatArray, IntArray, complete_vector

#: Draws without spread above this share leave no interval.
DEGENERATE_SHARE = 0.01
#: Spreads below this share of the results are rounding.
ROUNDING = 1e-9


def clustered_effects(
    effects: PairedEffects,
    entry: ArrayLike,
    leave: ArrayLike,
    clusters: ArrayLike,
    method: Method = METHOD,
) -> PairedEffects | None:
    """The same effects with intervals from drawing whole schools; None where these cannot be given.

    Deviations of the drawn effects are widened as those of `cluster_bootstrap`, because few schools make a
    percentile interval too short. Source: as `cluster_bootstrap`; effects as `paired_effects`.

    Parameters
    ----------
    effects : of the same people, see `paired_effects`
    entry, leave : (persons,) results of matched people
    clusters : (persons,) school of each

    Raises
    ------
    BadInputError
        For rows of different lengths or missing results.
    """
    before, after = complete_vector(entry, "entry"), complete_vector(leave, "exit")
    names = np.asarray(clusters)
    if before.shape != after.shape or names.shape != before.shape:
        raise BadInputError("entry, exit and school of the same persons")
    _, place = np.unique(names, return_inverse=True)
    count = int(place.max(initial=-1)) + 1
    if count < 2:  # noqa: PLR2004 - one school shows no spread between schools
        return None
    rng = np.random.default_rng(method.bootstrap_seed)
    taken = rng.multinomial(count, np.full(count, 1 / count), size=method.bootstrap_draws)
    drawn = _drawn(before, after, place, taken.astype(np.float64))
    usable = np.isfinite(drawn).all(axis=1)
    if 1 - usable.mean() > DEGENERATE_SHARE:
        return None
    wide = float(widening(np.array([count]), method.group_interval)[0])
    factor = hedges_factor(before.size - 1)
    bounds = np.quantile(
        drawn[usable], [(1 - method.group_interval) / 2, (1 + method.group_interval) / 2], axis=0
    )
    (low_z, low_av), (high_z, high_av) = bounds.tolist()

    def of(effect: Effect, low: float, high: float, unit: float) -> Effect:
        interval = Interval(*(effect.value + wide * (unit * bound - effect.value) for bound in (low, high)))
        return replace(effect, interval=interval)

    return PairedEffects(
        d_z=of(effects.d_z, low_z, high_z, 1.0),
        g_z=of(effects.g_z, low_z, high_z, factor),
        d_av=of(effects.d_av, low_av, high_av, 1.0),
        g_av=of(effects.g_av, low_av, high_av, factor),
    )


def _drawn(before: FloatArray, after: FloatArray, place: IntArray, taken: FloatArray) -> FloatArray:
    """Draws × (d_z, d_av), NaN where a draw has no spread; from sums and squares by school."""
    change = after - before
    # Centred: squares of far results would lose their last digits.
    columns = np.stack([one - one.mean() for one in (change, before, after)], axis=1)
    sums = np.zeros((taken.shape[1], 7))
    np.add.at(sums, place, np.column_stack((np.ones(place.size), columns, columns**2)))
    drawn = taken @ sums
    n, totals, squares = drawn[:, :1], drawn[:, 1:4], drawn[:, 4:]
    spread = np.sqrt(np.maximum(squares - totals**2 / n, 0.0) / np.maximum(n - 1, 1.0))
    mean = change.mean() + totals[:, :1] / n
    units = np.column_stack((spread[:, 0], spread[:, 1:].mean(axis=1)))
    least = ROUNDING * max(1.0, float(np.abs(columns).max()))
    return np.divide(mean, units, out=np.full(units.shape, np.nan), where=units > least)
