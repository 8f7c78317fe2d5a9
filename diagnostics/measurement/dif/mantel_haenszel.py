"""Do people of equal score, but of different groups, solve an item equally often? Mantel–Haenszel."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf, isfinite

import numpy as np
from numpy.typing import ArrayLike

from diagnostics.measurement.dif.strata import Sample, Tables, sample_of, tables, totals_of
from diagnostics.measurement.intervals import Interval, normal_quantile
from diagnostics.measurement.method import METHOD, Method
from diagnostics.measurement.numeric import BoolArray, FloatArray, item_names, special

#: D-DIF = −2.35 ln α is the difference in difficulty on the delta scale of ETS (Holland, Thayer 1988).
DELTA = -2.35
SIGNIFICANT = 0.05
ROUNDS = 10
#: Items that must stay in the matching score.
MATCHING = 4


@dataclass(frozen=True, slots=True)
class ItemDif:
    """One item; effect size first.

    Attributes
    ----------
    name : of the item
    delta, delta_se, delta_interval : MH D-DIF; negative = harder for the focal group at equal score
    odds_ratio, odds_interval : common odds ratio, reference over focal (Robins, Breslow, Greenland interval)
    share_difference : standardised difference of shares solved, focal − reference, over the focal group
    chi2, p : Mantel–Haenszel chi-square with continuity correction, its p
    chi2_uncorrected : chi-square without the correction
    strata : strata in which both groups stand
    letter : A, B or C of ETS; None where `reason` stands
    reason : "too_few_persons" (no letter: the estimate and its interval stand), "no_overlap" (nobody of equal
        score, or nobody of them differs), "one_sided" (the odds ratio is 0 or infinite), or None
    """

    name: str
    delta: float | None = None
    delta_se: float | None = None
    delta_interval: Interval | None = None
    odds_ratio: float | None = None
    odds_interval: Interval | None = None
    share_difference: float | None = None
    chi2: float | None = None
    p: float | None = None
    chi2_uncorrected: float | None = None
    strata: int = 0
    letter: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class MantelHaenszel:
    """All items of a test.

    Attributes
    ----------
    n_reference, n_focal : persons with answers
    items : in the order of the columns
    removed : items left out of the matching score by purification; empty without it
    rounds : rounds of purification; 0 = none was asked
    settled : whether the last round changed nothing
    """

    n_reference: int
    n_focal: int
    items: tuple[ItemDif, ...]
    removed: tuple[str, ...]
    rounds: int
    settled: bool


@dataclass(frozen=True, slots=True, eq=False)
class _Figures:
    """Arrays over the items; NaN = undefined."""

    odds: FloatArray
    error: FloatArray
    chi2: FloatArray
    plain: FloatArray
    difference: FloatArray
    strata: FloatArray


def mantel_haenszel(
    scores: ArrayLike,
    focal: ArrayLike,
    names: tuple[str, ...] | None = None,
    *,
    purify: bool = False,
    method: Method = METHOD,
) -> MantelHaenszel:
    """Common odds ratio of each item over people matched by their number-right total, the item included.

    Source: Mantel, Haenszel 1959; Holland, Thayer 1988; Robins, Breslow, Greenland 1986 (variance); Dorans,
    Kulick 1986 (standardised difference); classes Zieky 1993. Strata without one of the groups carry nothing.

    Parameters
    ----------
    scores : persons × items, 0 or 1, NaN = not presented; only people with the same items are matched
    focal : (persons,) true for the focal group
    purify : leave items with at least moderate, significant difference out of the matching score (never out of
        their own), and repeat until nothing changes

    Raises
    ------
    BadInputError, EmptyDataError
        If answers are not 0 and 1, or a group has nobody.
    """
    sample = sample_of(scores, focal)
    labels = item_names(names, sample.answers.shape[1])
    kept = np.ones(len(labels), dtype=bool)
    found, rounds, settled = _figures_of(sample, kept), 0, True
    while purify and rounds < ROUNDS:
        rounds += 1
        stays = ~_suspect(found, method)
        if stays.sum() < min(MATCHING, len(labels)):
            settled = False
            break
        settled = bool((stays == kept).all())
        if settled:
            break
        kept, found = stays, _figures_of(sample, stays)
    counts = (int((~sample.focal).sum()), int(sample.focal.sum()))
    removed = tuple(name for name, stays in zip(labels, kept, strict=True) if not stays)
    lettered = min(counts) >= method.dif_letter_persons
    return MantelHaenszel(*counts, _items(found, labels, method, lettered=lettered), removed, rounds, settled)


def _figures_of(sample: Sample, kept: BoolArray) -> _Figures:
    """Figures with the kept items as matching score; an item left out is added to its own."""
    whole = totals_of(sample, kept)
    found = _figures(tables(sample, whole))
    for place in np.flatnonzero(~kept):
        shown = ~np.isnan(sample.answers[:, place])
        own = Sample(sample.answers[shown][:, [place]], sample.focal[shown], sample.sets[shown])
        alone = _figures(tables(own, whole[shown] + own.answers[:, 0]))
        for name in _Figures.__slots__:
            getattr(found, name)[place] = getattr(alone, name)[0]
    return found


def _figures(of: Tables) -> _Figures:
    a, b, c, d = of.right, of.wrong, of.focal_right, of.focal_wrong
    both = (a + b > 0) & (c + d > 0)
    total = np.where(both, a + b + c + d, 1.0)
    a, b, c, d = (np.where(both, part, 0.0) for part in (a, b, c, d))
    r, s = a * d / total, b * c / total
    above, below = r.sum(axis=0), s.sum(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        odds = above / below
        p, q = (a + d) / total, (b + c) / total
        error = np.sqrt(
            (p * r).sum(axis=0) / (2 * above**2)
            + (p * s + q * r).sum(axis=0) / (2 * above * below)
            + (q * s).sum(axis=0) / (2 * below**2)
        )
        away = np.abs((a - (a + b) * (a + c) / total).sum(axis=0))
        spread = np.where(total > 1, (a + b) * (c + d) * (a + c) * (b + d) / (total**2 * (total - 1)), 0.0)
        variance = spread.sum(axis=0)
        chi2 = (away - np.minimum(0.5, away)) ** 2 / variance
        plain = away**2 / variance
        weight = c + d
        gap = np.where(both, c / np.maximum(c + d, 1) - a / np.maximum(a + b, 1), 0.0)
        difference = (weight * gap).sum(axis=0) / weight.sum(axis=0)
    return _Figures(odds, error, chi2, plain, difference, both.sum(axis=0).astype(np.float64))


def _suspect(found: _Figures, method: Method) -> BoolArray:
    """At least moderate and significant, or one-sided: not fit to match people by."""
    with np.errstate(divide="ignore", invalid="ignore"):
        size = np.abs(DELTA * np.log(found.odds))
        significant = special().chdtrc(1, found.chi2) < SIGNIFICANT
    return np.asarray((size >= method.dif_moderate) & significant)


def _items(found: _Figures, names: tuple[str, ...], method: Method, *, lettered: bool) -> tuple[ItemDif, ...]:
    half = normal_quantile(method.group_interval)
    with np.errstate(divide="ignore", invalid="ignore"):
        log = np.log(found.odds)
        p = special().chdtrc(1, found.chi2)
        columns = (found.odds, np.exp(log - half * found.error), np.exp(log + half * found.error), log)
    rest = (found.error, found.chi2, p, found.plain, found.difference, found.strata.astype(np.int64))
    rows = zip(names, *(column.tolist() for column in (*columns, *rest)), strict=True)
    return tuple(_item(*row, half=half, method=method, lettered=lettered) for row in rows)


def _item(
    name: str, odds: float, low: float, high: float, log: float, error: float, chi2: float, p: float, plain: float,
    difference: float, strata: int, *, half: float, method: Method, lettered: bool,
) -> ItemDif:  # fmt: skip
    """One row of the figures; `half` is the half-width of an interval in standard errors."""
    if not isfinite(chi2):
        return ItemDif(name, strata=strata, reason="no_overlap")
    if not 0 < odds < inf:
        return ItemDif(
            name,
            share_difference=difference,
            chi2=chi2,
            p=p,
            chi2_uncorrected=plain,
            strata=strata,
            reason="one_sided",
        )
    delta, delta_error = DELTA * log, abs(DELTA) * error
    reach = half * delta_error
    return ItemDif(
        name=name,
        delta=delta,
        delta_se=delta_error,
        delta_interval=Interval(delta - reach, delta + reach),
        odds_ratio=odds,
        odds_interval=Interval(low, high),
        share_difference=difference,
        chi2=chi2,
        p=p,
        chi2_uncorrected=plain,
        strata=strata,
        letter=letter(delta, delta_error, p, method) if lettered else None,
        reason=None if lettered else "too_few_persons",
    )


def letter(delta: float, error: float, p: float, method: Method = METHOD) -> str:
    """Class of ETS: A below the moderate size or not significant; C large and surely above moderate; else B.

    "Surely": |D| exceeds the moderate size by 1.645 standard errors (Zieky 1993; Monahan et al. 2007).
    """
    if abs(delta) < method.dif_moderate or p >= SIGNIFICANT:
        return "A"
    surely = abs(delta) - normal_quantile(0.90) * error > method.dif_moderate
    return "C" if abs(delta) >= method.dif_large and surely else "B"


def common_odds(table: ArrayLike) -> tuple[float, Interval, float, float]:
    """Odds ratio, its interval, corrected and uncorrected chi-square of strata × [a, b, c, d] (one question)."""
    counts = np.asarray(table, dtype=np.float64)
    a, b, c, d = (counts[:, [column]] for column in range(4))
    found = _figures(Tables(a, b, c, d, np.arange(len(counts), dtype=np.float64)))
    log, half = float(np.log(found.odds[0])), normal_quantile(0.95) * float(found.error[0])
    bounds = Interval(float(np.exp(log - half)), float(np.exp(log + half)))
    return float(found.odds[0]), bounds, float(found.chi2[0]), float(found.plain[0])
