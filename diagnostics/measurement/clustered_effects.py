"""Intervals of standardised changes of people who come in schools: whole schools are drawn again."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike

from diagnostics.measurement.clusters import widening
from diagnostics.measurement.effects import PairedEffects, hedges_factor
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
    found = _bounds(before, after, np.unique(names, return_inverse=True)[1], method)
    if found is None:
        return None
    factor = hedges_factor(before.size - 1)
    d_z, d_av = found.T.tolist()
    return PairedEffects(
        d_z=replace(effects.d_z, interval=_scaled(d_z, 1.0)),
        g_z=replace(effects.g_z, interval=_scaled(d_z, factor)),
        d_av=replace(effects.d_av, interval=_scaled(d_av, 1.0)),
        g_av=replace(effects.g_av, interval=_scaled(d_av, factor)),
    )


def _scaled(bounds: list[float], unit: float) -> Interval:
    return Interval(unit * bounds[0], unit * bounds[1])


def _bounds(before: FloatArray, after: FloatArray, place: IntArray, method: Method) -> FloatArray | None:
    """(low, high) × (d_z, d_av), widened; None where the draws have none."""
    count = int(place.max(initial=-1)) + 1
    if count < 2:  # noqa: PLR2004 - one school shows no spread between schools
        return None
    rng = np.random.default_rng(method.bootstrap_seed)
    taken = rng.multinomial(count, np.full(count, 1 / count), size=method.bootstrap_draws)
    drawn = _drawn(before, after, place, taken.astype(np.float64))
    usable = np.isfinite(drawn).all(axis=1)
    if 1 - usable.mean() > DEGENERATE_SHARE:
        return None
    tails = [(1 - method.group_interval) / 2, (1 + method.group_interval) / 2]
    centre = _drawn(before, after, place, np.ones((1, count)))
    wide = widening(np.array([count]), method.group_interval)
    return np.asarray(centre + wide * (np.quantile(drawn[usable], tails, axis=0) - centre))


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
