"""How often verdicts are wrong, tried on people whose true abilities are known (methods.md §3, §4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from diagnostics.measurement.ability import ScoreTable, score_table
from diagnostics.measurement.adaptive.clarifying_rates import (
    ClarifyingRates,
    Judge,
    clarifying_rates,
    judge_by_ability,
    judge_by_share,
)
from diagnostics.measurement.calibration import CalibratedItem
from diagnostics.measurement.conclusion import confirmed_list
from diagnostics.measurement.errors import BadInputError
from diagnostics.measurement.latent.items import LatentItem, curves
from diagnostics.measurement.method import METHOD, Method
from diagnostics.measurement.numeric import BoolArray, FloatArray, one_blas_thread
from diagnostics.measurement.prior import prior_of_wave
from diagnostics.measurement.simulate import rasch_answers
from diagnostics.measurement.verdict_rates import VerdictRates, verdict_rates

#: Persons of the wave from which the empirical prior of a trial is made.
WAVE = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Design:
    """People and items of a trial (logits; abilities have mean 0 and SD 1).

    Attributes
    ----------
    cut : ability below which a deficit lies
    slope, slope_spread : median of the slopes and SD of their logarithms
    place, place_spread : mean and SD of the difficulties
    tests, persons : different tests, and persons who take each
    """

    cut: float = -0.5
    slope: float = 1.3
    slope_spread: float = 0.3
    place: float = -0.5
    place_spread: float = 1.0
    tests: int = 40
    persons: int = 1000


@dataclass(frozen=True, slots=True)
class VerdictTrial:
    """Rates with so many items.

    Attributes
    ----------
    known : item parameters known, posterior of the ability
    share, weak : posterior of the share, with the prior of a wave and with the weak one
    list_false, list_promised : share without a deficit on the list of confirmed ones (known items), and the
        share that the list itself expects; None for an empty list
    clarified : known items, and up to the method's `clarifying_limit` more where the verdict is not clear
    clarified_weak : the same with shares and the weak prior, as before any calibration
    """

    n_items: int
    known: VerdictRates
    share: VerdictRates
    weak: VerdictRates
    list_false: float | None
    list_promised: float | None
    clarified: ClarifyingRates
    clarified_weak: ClarifyingRates


def verdict_trial(
    n_items: int,
    rng: np.random.Generator,
    design: Design = Design(),
    method: Method = METHOD,
) -> VerdictTrial:
    """Try verdicts about a cut with so many items.

    Raises
    ------
    BadInputError
        With fewer items than anything is concluded from.
    """
    if n_items < method.min_items:
        raise BadInputError("nothing is concluded from so few items", n_items=n_items)
    with one_blas_thread():
        found = [_one_test(n_items, rng, design, method) for _ in range(design.tests)]
    deficits = np.concatenate([one.deficits for one in found])
    known, share, weak = (np.concatenate([one.below[place] for one in found]) for place in range(3))
    named = confirmed_list(known, method)
    return VerdictTrial(
        n_items=n_items,
        known=verdict_rates(known, deficits, method),
        share=verdict_rates(share, deficits, method),
        weak=verdict_rates(weak, deficits, method),
        list_false=float(1 - deficits[list(named.kept)].mean()) if named.kept else None,
        list_promised=named.expected_false_share,
        clarified=_pooled([one.clarified for one in found]),
        clarified_weak=_pooled([one.clarified_weak for one in found]),
    )


@dataclass(frozen=True, slots=True, eq=False)
class _OneTest:
    below: tuple[FloatArray, FloatArray, FloatArray]
    deficits: BoolArray
    clarified: ClarifyingRates
    clarified_weak: ClarifyingRates


def _one_test(n_items: int, rng: np.random.Generator, design: Design, method: Method) -> _OneTest:
    items = _items(n_items + method.clarifying_limit, rng, design)
    truth = rng.normal(size=design.persons)
    answers = _answers(items, truth, rng)
    deficits: BoolArray = np.asarray(truth < design.cut)
    first, by_ability = answers[:, :n_items], judge_by_ability(items, design.cut)
    weakly = judge_by_share(_share_at(items, design.cut), None, method)
    rates, weak_rates = (
        clarifying_rates(answers, deficits, judge, start=n_items, method=method)
        for judge in (by_ability, weakly)
    )
    wave = _answers(items[:n_items], rng.normal(size=WAVE), rng).mean(axis=1)
    cut = _share_at(items[:n_items], design.cut)
    prior = prior_of_wave(wave, np.full(WAVE, float(n_items)), method)
    judges: tuple[Judge, ...] = (
        by_ability,
        judge_by_share(cut, prior, method),
        judge_by_share(cut, None, method),
    )
    known, share, weak = (judge(first) for judge in judges)
    return _OneTest((known, share, weak), deficits, rates, weak_rates)


def _share_at(items: Sequence[LatentItem], cut: float) -> float:
    """Share that a person at the cut is expected to reach on these very items."""
    return float(curves(items, [cut]).expected().mean())


def _items(count: int, rng: np.random.Generator, design: Design) -> list[LatentItem]:
    slopes = design.slope * np.exp(design.slope_spread * rng.normal(size=count))
    places = design.place + design.place_spread * rng.normal(size=count)
    pairs = enumerate(zip(slopes.tolist(), places.tolist(), strict=True))
    return [LatentItem(f"i{number}", slope, (place,)) for number, (slope, place) in pairs]


def _answers(items: Sequence[LatentItem], truth: FloatArray, rng: np.random.Generator) -> FloatArray:
    chance = curves(items, truth).chances[:, :, 1]
    return (rng.random(chance.shape) < chance).astype(np.float64)


def _pooled(found: Sequence[ClarifyingRates]) -> ClarifyingRates:
    """Means over tests of equally many persons; shares of parts weigh by the parts."""
    asked = float(np.mean([one.asked for one in found]))
    more = float(np.mean([one.more_of_all for one in found]))
    before, after = (_mean_rates([getattr(one, side) for one in found]) for side in ("before", "after"))
    return ClarifyingRates(before, after, asked, more / asked if asked else None, more)


def _mean_rates(found: Sequence[VerdictRates]) -> VerdictRates:
    decided = np.array([one.n * (1 - one.undecided) for one in found])
    wrong = sum(one.wrong * count for one, count in zip(found, decided, strict=True) if one.wrong is not None)
    seen = [one.found for one in found if one.found is not None]
    false = [one.false_names for one in found if one.false_names is not None]
    n = sum(one.n for one in found)
    return VerdictRates(
        n=n,
        undecided=1 - float(decided.sum()) / n,
        wrong=float(wrong / decided.sum()) if decided.sum() else None,
        found=float(np.mean(seen)) if seen else None,
        false_names=float(np.mean(false)) if false else None,
    )


def change_power(
    n_items: int,
    gain: float,
    rng: np.random.Generator,
    *,
    persons: int = 20_000,
    start: float = 0.0,
    spread: float = 1.0,
    method: Method = METHOD,
) -> tuple[float, float]:
    """Shares of people whose change is shown as a reliable gain, as a reliable loss.

    Two parallel Rasch forms, difficulties evenly from −1.5 to 1.5 logits; weighted likelihood abilities;
    |d| / SE_d from the method's limit on.

    Parameters
    ----------
    gain : true change of everybody, logits
    start, spread : mean and SD of the abilities at entry, logits
    """
    places = np.linspace(-1.5, 1.5, n_items)
    table = score_table(_rasch(places))
    entry = start + spread * rng.normal(size=persons)
    before, after = (_measured(table, entry + more, places, rng) for more in (0.0, gain))
    ratio = (after[0] - before[0]) / np.sqrt(before[1] ** 2 + after[1] ** 2)
    limit = method.reliable_change
    return float((ratio >= limit).mean()), float((ratio <= -limit).mean())


def _rasch(places: FloatArray) -> list[CalibratedItem]:
    return [
        CalibratedItem(f"i{number}", place, 0.0, (place,), (0.0,), 0, (0.0, -place))
        for number, place in enumerate(places.tolist())
    ]


def _measured(
    table: ScoreTable, truth: FloatArray, places: FloatArray, rng: np.random.Generator
) -> tuple[FloatArray, FloatArray]:
    """Estimates and their errors."""
    total = rasch_answers(truth, places, rng).sum(axis=1).astype(np.int64)
    return np.array(table.theta)[total], np.array(table.se)[total]
