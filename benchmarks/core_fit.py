"""Fit and linking: how often a good item is called bad, how often a bad one is found, how far off a link is, and time.

- items: shares of good and of bad items called misfitting (|z| > 1.96 of infit given the total, |z| of infit at
  Warm's estimates, p < 0.05 of S-X²); a bad item is answered by chance
- persons: shares of good and of guessing persons with p < 0.05 of lz*
- links: root mean square error of the expected score on the base scale, forms with slopes, twelve anchors
- time: a cohort of 300 × 40, and 10,000 × 50

`--quick`: fewer draws.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from benchmarks._figures import note
from diagnostics.measurement.ability import abilities
from diagnostics.measurement.fit.conditional import conditional_item_fit
from diagnostics.measurement.fit.dependence import local_dependence
from diagnostics.measurement.fit.mean_squares import Fit, item_fit
from diagnostics.measurement.fit.persons import person_fit
from diagnostics.measurement.fit.score_groups import score_group_fit
from diagnostics.measurement.grid import normal_grid
from diagnostics.measurement.latent.estimate import calibrate as marginal
from diagnostics.measurement.latent.items import LatentItem, curves, of_calibrated
from diagnostics.measurement.linkage.criteria import Criterion, Way, link_by_curves
from diagnostics.measurement.linkage.moments import common_items, mean_mean, mean_sigma
from diagnostics.measurement.linkage.resampled import Form, resampled_link
from diagnostics.measurement.linkage.scale import Scale
from diagnostics.measurement.numeric import FloatArray
from diagnostics.measurement.rasch import calibrate
from diagnostics.measurement.simulate import rasch_answers
from diagnostics.measurement.simulate_latent import latent_answers

SEED = 20261101
DRAWS = 20 if "--quick" in sys.argv else 100
Lines = dict[str, Callable[[Any, Any], Scale]]
LINES: Lines = {
    "mean-mean": mean_mean,
    "mean-sigma": mean_sigma,
    "Haebara": lambda base, new: link_by_curves(base, new, Way(Criterion.HAEBARA)),
    "Stocking-Lord": link_by_curves,
}


def clock(act: Callable[[], Any]) -> float:
    """Least processor seconds of five runs."""
    found = []
    for _ in range(5):
        began = time.process_time()
        act()
        found.append(time.process_time() - began)
    return min(found)


def group(persons: int, items: int, rng: np.random.Generator) -> FloatArray:
    """Answers to items of the Rasch model; the middle item and every twentieth person answer by chance."""
    scores = rasch_answers(rng.normal(size=persons), np.linspace(-2, 2, items), rng)
    scores[:, items // 2] = rng.integers(0, 2, persons)
    scores[::20] = rng.integers(0, 2, scores[::20].shape)
    return scores


def flags(scores: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Items × three tests, and persons: whether they are called misfitting."""
    items = calibrate(scores).items
    known = of_calibrated(items)
    theta = abilities(scores, items).theta
    tests = (
        [beyond(one) for one in conditional_item_fit(scores, known)],
        [beyond(one) for one in item_fit(scores, known, theta)],
        [one.p is not None and one.p < 0.05 for one in score_group_fit(scores, known)],
    )
    odd = [one.p is not None and one.p < 0.05 for one in person_fit(scores, known, theta)]
    return np.array(tests, dtype=float).T, np.array(odd, dtype=float)


def beyond(one: Fit) -> bool:
    return one.infit is not None and abs(one.infit.z or 0.0) > 1.96


def misfit(persons: int, items: int, rng: np.random.Generator) -> None:
    """One line of shares."""
    good, bad, sound, odd = [], [], [], []
    for _ in range(DRAWS):
        called, people = flags(group(persons, items, rng))
        bad.append(called[items // 2])
        good.append(np.delete(called, items // 2, axis=0).mean(axis=0))
        odd.append(people[::20].mean())
        sound.append(np.delete(people, np.s_[::20]).mean())
    one, other = np.mean(good, axis=0), np.mean(bad, axis=0)
    shares = "   ".join(f"{a:.3f} / {b:.2f}" for a, b in zip(one, other, strict=True))
    print(
        f"  {persons:>5} × {items:<3} {shares}   persons {np.mean(sound):.3f} / {np.mean(odd):.2f}",
        flush=True,
    )
    if (persons, items) == (300, 20):
        note("good items called misfitting (S-X², 300 × 20)", float(one[2]), "share", goal=0.08)


def links(persons: int, rng: np.random.Generator) -> None:
    """Two forms of 30 items with slopes; the second group is 0.5 higher and a quarter wider spread."""
    grid, true = normal_grid(), Scale(1.25, 0.5)
    away: dict[str, list[float]] = {name: [] for name in LINES}
    for _ in range(max(DRAWS // 5, 4)):
        items = pool(48, rng)
        first, second = items[:30], items[18:]
        base = estimated(latent_answers(rng.normal(size=persons), first, rng), first)
        new = estimated(latent_answers(rng.normal(true.shift, true.slope, persons), second, rng), second)
        sides = common_items(base, new, [item.name for item in items[18:30]])
        at = curves(first, grid.points).expected().sum(axis=1)
        for name, line in LINES.items():
            found = line(*sides)
            moved = true.of_abilities(found.inverse().of_abilities(grid.points))
            wrong = curves(first, moved).expected().sum(axis=1) - at
            away[name].append(float(grid.weights @ wrong**2))
    said = "   ".join(f"{name} {np.sqrt(np.mean(values)):.3f}" for name, values in away.items())
    print(f"  {persons:>5} persons a form   {said}   points of 30", flush=True)


def pool(count: int, rng: np.random.Generator) -> list[LatentItem]:
    return [
        LatentItem(f"i{place}", float(rng.lognormal(0.2, 0.3)), (float(rng.normal(0, 1)),))
        for place in range(count)
    ]


def estimated(scores: FloatArray, items: list[LatentItem]) -> tuple[LatentItem, ...]:
    return marginal(scores, "2pl", tuple(item.name for item in items)).items


def times(rng: np.random.Generator) -> None:
    for persons, count in ((300, 40), (10_000, 50)):
        scores = rasch_answers(rng.normal(size=persons), np.linspace(-2, 2, count), rng)
        items = calibrate(scores).items
        known, theta = of_calibrated(items), abilities(scores, items).theta
        parts = {
            "given the total": clock(partial(conditional_item_fit, scores, known)),
            "mean squares": clock(partial(item_fit, scores, known, theta)),
            "S-X²": clock(partial(score_group_fit, scores, known)),
            "lz*": clock(partial(person_fit, scores, known, theta)),
            "Q3": clock(partial(local_dependence, scores, known, theta)),
        }
        said = "   ".join(f"{name} {value * 1000:.0f} ms" for name, value in parts.items())
        print(f"  {persons:>6} × {count}   {said}")
        note(
            f"all of fit, {persons} × {count}",
            sum(parts.values()),
            "s CPU",
            goal=0.2 if persons == 300 else 2.0,
        )
    names = tuple(f"i{place}" for place in range(40))
    forms = [Form(rasch_answers(rng.normal(size=300), np.linspace(-2, 2, 40), rng), names) for _ in range(2)]
    spent = clock(lambda: resampled_link(forms[0], forms[1], names[:10], rng, draws=20)) * 5
    print(f"  error of a link, 100 draws of 300 × 40 twice: {spent:.2f} s")
    note("error of a link, 100 draws of 300 × 40", spent, "s CPU", goal=3.0)


def main() -> None:
    rng = np.random.default_rng(SEED)
    print("good / bad items called misfitting: infit given the total, infit at Warm's estimates, S-X²")
    for persons, items in ((50, 20), (100, 20), (300, 20), (300, 40)):
        misfit(persons, items, rng)
    print("links of forms with slopes")
    for persons in (500, 1000):
        links(persons, rng)
    print("time (processor)")
    times(rng)


if __name__ == "__main__":
    main()
