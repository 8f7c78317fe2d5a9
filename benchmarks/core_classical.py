"""Item statistics, differential functioning and one whole group beside peers: same data, one process, best of runs.

- item statistics: p, rest correlations, alpha, intervals of 100,000 persons × 50 items; mirt the same without
  intervals; pingouin counts alpha alone
- Mantel–Haenszel of 10,000 × 50 without purification; statsmodels stratified tables, item by item
- a typical group, 300 × 40: items, alpha, omega, options left out; Rasch, abilities, fit of items and persons, local
  dependence, differential functioning, accuracy of two borders

Peers come with the extra `bench`; where one is missing, that is said.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from benchmarks._figures import note
from benchmarks.core_selection import beside, clock, peer, told
from diagnostics.measurement.ability import abilities
from diagnostics.measurement.classical import analyse
from diagnostics.measurement.decisions import decisions, livingston_lewis
from diagnostics.measurement.dif.logistic import logistic_dif
from diagnostics.measurement.dif.mantel_haenszel import mantel_haenszel
from diagnostics.measurement.factor import omega_total
from diagnostics.measurement.fit.conditional import conditional_item_fit
from diagnostics.measurement.fit.dependence import local_dependence
from diagnostics.measurement.fit.persons import person_fit
from diagnostics.measurement.fit.score_groups import score_group_fit
from diagnostics.measurement.latent.items import of_calibrated
from diagnostics.measurement.numeric import BoolArray, FloatArray
from diagnostics.measurement.rasch import calibrate
from diagnostics.measurement.simulate import rasch_answers

SEED = 20260902


def answers(persons: int, items: int) -> FloatArray:
    rng = np.random.default_rng(SEED)
    return rasch_answers(rng.normal(size=persons), np.linspace(-2, 2, items), rng)


def item_statistics() -> None:
    print("item statistics 100,000 × 50")
    scores = answers(100_000, 50)
    wall, cpu, ours = clock(lambda: analyse(scores, np.ones(50)))
    told("ours", wall, cpu, f"alpha {ours.alpha:.6f}")
    note("item statistics 100,000 × 50", wall, "s")
    if mirt := peer("mirt"):
        whole = scores.astype(int)
        theirs, theirs_cpu, found = clock(lambda: mirt.traditional(whole), 3)
        away = max(
            max(abs(mine.p - float(p)), abs((mine.r_rest or 0.0) - float(r)))
            for mine, p, r in zip(ours.items, found.difficulty, found.discrimination, strict=True)
        )
        told("mirt", theirs, theirs_cpu, f"alpha {found.alpha:.6f}; {beside(theirs, theirs_cpu, wall, cpu)}")
        note("item statistics as a share of mirt's", wall / theirs, "share", goal=1 / 4)
        note("item statistics, furthest p or rest correlation from mirt's", away, "units", goal=1e-9)
    if pingouin := peer("pingouin"):
        import pandas as pd

        table = pd.DataFrame(scores)
        theirs, theirs_cpu, (alpha, _) = clock(lambda: pingouin.cronbach_alpha(data=table), 2)
        told("pingouin, alpha alone", theirs, theirs_cpu, f"alpha {alpha:.6f}; {theirs / wall:.1f} × ours")
        note("item statistics as a share of pingouin's alpha", wall / theirs, "share")
    if girth := peer("girth.factoranalysis") and peer("girth"):
        beside_girth(girth, scores, wall)


def beside_girth(girth: Any, scores: FloatArray, wall: float) -> None:
    count = getattr(girth, "classical_test_statistics", None)
    if count is None:
        print("  girth has no item statistics in this version: not compared")
        return
    whole = scores.T.astype(int)
    theirs, theirs_cpu, _ = clock(lambda: count(whole, 0, 1), 1)
    told("girth", theirs, theirs_cpu, f"{theirs / wall:.1f} × ours")


def mantel() -> None:
    print("Mantel–Haenszel 10,000 × 50")
    scores = answers(10_000, 50)
    focal: BoolArray = np.arange(10_000) % 2 == 1
    mantel_haenszel(scores[:500], focal[:500])  # the first call loads scipy
    wall, cpu, ours = clock(lambda: mantel_haenszel(scores, focal, purify=False), 10)
    told("ours", wall, cpu, f"odds of the first item {ours.items[0].odds_ratio:.6f}")
    note("Mantel–Haenszel 10,000 × 50", wall, "s")
    tables = peer("statsmodels.stats.contingency_tables")
    if tables is None:
        return
    theirs, theirs_cpu, odds = clock(lambda: by_statsmodels(tables, scores, focal), 10)
    told("statsmodels", theirs, theirs_cpu, f"odds {odds:.6f}; {beside(theirs, theirs_cpu, wall, cpu)}")
    note("Mantel–Haenszel as a share of statsmodels'", wall / theirs, "share", goal=1 / 10)


def by_statsmodels(tables: Any, scores: FloatArray, focal: BoolArray) -> float:
    """Common odds ratio of every item, matched by the total with the item in it; that of the first."""
    total = scores.sum(axis=1).astype(int)
    place = total * 2 + focal
    odds = []
    for column in scores.T:
        cells = np.bincount(place * 2 + column.astype(int), minlength=51 * 4).reshape(51, 2, 2).astype(float)
        full = cells[(cells.sum(axis=2) > 0).all(axis=1)]
        # reference right, reference wrong / focal right, focal wrong
        found = tables.StratifiedTable(list(full[:, :, ::-1]))
        odds.append(found.oddsratio_pooled)
        found.oddsratio_pooled_confint()  # ours gives intervals and the chi-square in the same time
        found.test_null_odds(correction=True)
    return float(odds[0])


def group() -> None:
    print("a typical group 300 × 40, everything")
    scores = answers(300, 40)
    everything(scores)
    wall, cpu, _ = clock(lambda: everything(scores))
    told("ours", wall, cpu, "")
    note("a typical group 300 × 40, everything", wall, "s", goal=1.0)


def everything(scores: FloatArray) -> None:
    focal: BoolArray = np.arange(len(scores)) % 2 == 1
    found = analyse(scores, np.ones(scores.shape[1]))
    omega_total(scores)
    calibrated = calibrate(scores)
    items = of_calibrated(calibrated.items)
    theta = abilities(scores, calibrated.items).theta
    conditional_item_fit(scores, items)
    score_group_fit(scores, items)
    person_fit(scores, items, theta)
    local_dependence(scores, items, theta)
    mantel_haenszel(scores, focal)
    logistic_dif(scores, focal)
    if found.alpha is not None:
        decisions(livingston_lewis(scores.sum(axis=1), found.alpha, scores.shape[1]), [0.6, 0.8])


if __name__ == "__main__":
    item_statistics()
    mantel()
    group()
