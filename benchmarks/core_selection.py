"""Diagnosis of skills and adaptive tests beside their peers: the same data, one process, best of `RUNS`.

- DINA: 5,000 persons × 30 items × 6 skills, to the end of the search: items and shares, which is what mirt gives, then
  with persons, fit and errors; log-likelihoods beside one another
- adaptive test: 1,000 persons, a bank of 300 items with slopes, 20 items each, always the best item; the root
  mean square error of the abilities beside that of the peer
- a live step: after 20 answers, bank of 300, quotas of five contents
- small waves: how wrong guessing is with 50 … 500 persons, and what accuracy is promised and reached; how
  often it is told that skills do not explain the answers

Peers are no dependencies: where mirt or catsim is not installed, that is said. `--quick`: without the small
waves and catsim, which takes ten seconds.
"""

from __future__ import annotations

import importlib
import sys
import time
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from benchmarks._figures import note
from diagnostics.measurement.adaptive.bank import Bank, bank
from diagnostics.measurement.adaptive.live import Answer, step
from diagnostics.measurement.adaptive.plan import plan
from diagnostics.measurement.adaptive.rules import Quota, Rules
from diagnostics.measurement.adaptive.simulation import simulate
from diagnostics.measurement.cognitive.counted import counted, right_or_wrong
from diagnostics.measurement.cognitive.diagnosis import diagnose
from diagnostics.measurement.cognitive.em import Fitted, estimate
from diagnostics.measurement.cognitive.q_matrix import Gate, QMatrix, able, q_matrix
from diagnostics.measurement.errors import EstimationError
from diagnostics.measurement.latent.items import LatentItem
from diagnostics.measurement.numeric import FloatArray, one_blas_thread
from diagnostics.measurement.simulate import rasch_answers
from diagnostics.measurement.simulate_skills import correlated_profiles, skill_answers

SEED = 20260901
RUNS = 5
IS_QUICK = "--quick" in sys.argv


def peer(name: str) -> Any:
    """The module, or None with a word about it."""
    try:
        return importlib.import_module(name)
    except ImportError:
        print(f"  {name} is not installed: not compared")
        return None


def clock(act: Callable[[], Any], runs: int = RUNS) -> tuple[float, float, Any]:
    """Least seconds by the clock, least processor seconds of this process, and the last result."""
    walls, cpus, found = [], [], None
    for _ in range(runs):
        wall, cpu = time.perf_counter(), time.process_time()
        found = act()
        walls.append(time.perf_counter() - wall)
        cpus.append(time.process_time() - cpu)
    return min(walls), min(cpus), found


def told(name: str, wall: float, cpu: float, more: str) -> None:
    print(f"  {name:<24} {wall:8.4f} s   {cpu:8.4f} s CPU   {more}", flush=True)


def needs(skills: int, items: int) -> QMatrix:
    """Each skill alone twice, then two and three together by turns."""
    one = np.eye(skills)
    rows = [one[place % skills] for place in range(2 * skills)]
    for place in range(items - 2 * skills):
        first, shift = place % skills, 1 + place // skills
        extra = one[(first + 3) % skills] if shift > 2 else 0
        rows.append(np.minimum(one[first] + one[(first + shift) % skills] + extra, 1))
    return q_matrix(np.array(rows))


def answers_of(persons: int, q: QMatrix, seed: int) -> tuple[FloatArray, FloatArray, Any]:
    """Answers, true chances of guessing, mastered skills."""
    rng = np.random.default_rng(seed)
    guess, slip = rng.uniform(0.1, 0.3, (2, len(q.items)))
    mastered = correlated_profiles(persons, len(q.skills), 0.5, rng)
    return skill_answers(mastered, q, Gate.ALL, guess, slip, rng), guess, mastered


def dina() -> None:
    """Mirt gives items and shares of the skills, and no person: this part of ours is its equal; the whole stands beside."""
    print("DINA 5,000 × 30 × 6")
    q = needs(6, 30)
    scores, _, _ = answers_of(5000, q, SEED)
    diagnose(scores, q)  # the first call looks for the loaded libraries
    wall, cpu, ours = clock(lambda: items_and_shares(scores, q), 2 * RUNS)
    told("ours, items and shares", wall, cpu, f"log-likelihood {ours.loglik:.4f}, {ours.steps} steps")
    whole, whole_cpu, _ = clock(lambda: diagnose(scores, q, errors=False), 2 * RUNS)
    told("ours, persons and fit too", whole, whole_cpu, "")
    full, full_cpu, _ = clock(lambda: diagnose(scores, q), 3)
    told("ours, with errors", full, full_cpu, "")
    note("DINA 5,000 × 30 × 6, persons and fit too", whole, "s", goal=0.17)
    models = peer("mirt.models.cdm")
    if models is None:
        return
    answers, table = scores.astype(int), q.needs.astype(int)

    def theirs() -> Any:
        return models.fit_cdm(answers, table, max_iter=2000)

    spent, spent_cpu, (model, shares) = clock(theirs, 2 * RUNS)
    joint = model.pattern_log_likelihoods(answers) + np.log(np.maximum(shares, 1e-300))
    top = joint.max(axis=1)
    value = float((top + np.log(np.exp(joint - top[:, None]).sum(axis=1))).sum())
    told("mirt", spent, spent_cpu, f"log-likelihood {value:.4f}; {beside(spent, spent_cpu, wall, cpu)}")
    with one_blas_thread():
        alone, alone_cpu, _ = clock(theirs, 2 * RUNS)
    told("mirt, one thread", alone, alone_cpu, beside(alone, alone_cpu, wall, cpu))
    note("DINA items as a share of mirt's processor time", cpu / spent_cpu, "share", goal=1 / 8)
    note("DINA items as a share of mirt's time on one thread", wall / alone, "share", goal=1 / 8)
    note("DINA log-likelihood, mirt − ours", value - ours.loglik, "units", goal=0.001)


def items_and_shares(scores: FloatArray, q: QMatrix) -> Fitted:
    """What mirt computes: the same search as in `diagnose`, without persons and fit."""
    with one_blas_thread():
        return estimate(counted(right_or_wrong(scores, len(q.items))), np.unique(able(q, Gate.ALL), axis=0))


def beside(wall: float, cpu: float, our_wall: float, our_cpu: float) -> str:
    """Ratios by the clock and by the processor; load of the machine spoils only the first."""
    return f"{wall / our_wall:.1f} × ours, {cpu / our_cpu:.1f} × by the processor"


def items_of(count: int) -> tuple[FloatArray, FloatArray, list[LatentItem]]:
    rng = np.random.default_rng(SEED)
    slopes, places = np.exp(0.3 * rng.normal(size=count)), 1.2 * rng.normal(size=count)
    pairs = enumerate(zip(slopes.tolist(), places.tolist(), strict=True))
    return slopes, places, [LatentItem(f"i{number}", slope, (place,)) for number, (slope, place) in pairs]


def adaptive() -> None:
    print("adaptive test, 1,000 persons × 300 items × 20 steps")
    slopes, places, items = items_of(300)
    truth = np.random.default_rng(SEED).normal(size=1000)
    contents = [f"c{number % 5}" for number in range(300)]
    built, built_cpu, on = clock(lambda: bank(items, contents, persons=1000))
    told("the bank worked out", built, built_cpu, "once a bank")
    free = plan(on, Rules(most=20, choose_from=1))
    wall, cpu, ours = clock(lambda: simulate(free, truth, np.random.default_rng(SEED)), 2 * RUNS)
    told("ours", wall, cpu, f"error {error(ours.ability, truth):.4f}")
    note("adaptive test 1,000 × 300 × 20", wall, "s", goal=0.06)
    kept = Rules(most=20, quotas=tuple(Quota(f"c{place}", 3, 5) for place in range(5)))
    tight = plan(on, kept)
    quota, quota_cpu, found = clock(lambda: simulate(tight, truth, np.random.default_rng(SEED)))
    told("ours, quotas, 5 best", quota, quota_cpu, f"error {error(found.ability, truth):.4f}")
    live(on, kept)
    if engine := peer("mirt.cat"):
        beside_mirt(engine, slopes, places, truth, wall)
    if not IS_QUICK and peer("catsim"):
        beside_catsim(slopes, places, truth, wall)


def error(ability: FloatArray, truth: FloatArray) -> float:
    return float(np.sqrt(np.mean((ability - truth) ** 2)))


def live(on: Bank, rules: Rules) -> None:
    """One step with one answer to go."""
    found = simulate(plan(on, rules), [0.3], np.random.default_rng(SEED))
    pairs = zip(found.items[0, :-1].tolist(), found.scores[0, :-1].tolist(), strict=True)
    answers = tuple(Answer(on.items[place].name, score) for place, score in pairs)
    test = plan(on, rules)
    wall, cpu, _ = clock(lambda: step(test, answers, np.random.default_rng(1)), 20)
    told("one live step", wall, cpu, f"after {len(answers)} answers")
    note("one live step after 19 answers", 1000 * wall, "ms", goal=5.0)


def beside_mirt(engine: Any, slopes: FloatArray, places: FloatArray, truth: FloatArray, ours: float) -> None:
    model = importlib.import_module("mirt.models").TwoParameterLogistic(n_items=slopes.size)
    model.set_parameters(discrimination=slopes, difficulty=places)
    model._is_fitted = True  # noqa: SLF001 - parameters are known, there is nothing to fit
    for name, is_compiled in (("mirt, compiled", True), ("mirt, numpy", False)):
        test = engine.CATEngine(model, se_threshold=1e-6, max_items=20, n_quadpts=61, seed=1)
        wall, cpu, found = clock(partial(test.run_batch_simulation, truth, use_rust=is_compiled))
        away = error(np.array([one.theta for one in found]), truth)
        told(name, wall, cpu, f"error {away:.4f}; {wall / ours:.1f} × ours")
        note(f"adaptive test as a share of {name}", ours / wall, "share", goal=0.5)


def beside_catsim(slopes: FloatArray, places: FloatArray, truth: FloatArray, ours: float) -> None:
    parts = {
        name: importlib.import_module(f"catsim.{name}")
        for name in ("simulation", "initialization", "selection", "estimation", "stopping")
    }
    table = np.column_stack((slopes, places, np.zeros(slopes.size), np.ones(slopes.size)))
    test = parts["simulation"].Simulator(
        table,
        truth,
        parts["initialization"].FixedPointInitializer(0.0),
        parts["selection"].MaxInfoSelector(),
        parts["estimation"].NumericalSearchEstimator(),
        parts["stopping"].TestLengthStopper(max_items=20),
    )
    wall, cpu, _ = clock(test.simulate, 1)
    found = np.array(test.latest_estimations)
    told("catsim", wall, cpu, f"error {error(found, truth):.4f}; {wall / ours:.0f} × ours")
    note("adaptive test as a share of catsim", ours / wall, "share")


def small_waves() -> None:
    """Why skills ask for 200 persons (`Method.skills_from`)."""
    print("small waves, 4 skills × 20 items: error of guessing, accuracy promised and reached")
    q = needs(4, 20)
    for persons in (50, 100, 200, 500):
        away, promised, reached = [], [], []
        for seed in range(12):
            scores, guess, mastered = answers_of(persons, q, seed)
            try:
                found = diagnose(scores, q, min_persons=1, errors=False)
            except EstimationError:
                continue
            if found.excluded:
                continue
            away.append(np.array([item.guess for item in found.items]) - guess)
            promised.append(np.mean([share for share in found.accuracy if share is not None]))
            called = np.array(found.persons.chances, dtype=float) > 0.5
            reached.append((called == mastered).mean())
        said, true = float(np.mean(promised)), float(np.mean(reached))
        print(f"  {persons:>4} persons: {np.sqrt(np.mean(np.square(away))):.3f}   {said:.3f} {true:.3f}")
        note(f"skills, {persons} persons: accuracy promised too much", said - true, "share")


def other_causes() -> None:
    """How often misfit is told: where skills made the answers (never, ideally), and where one ability did."""
    print("misfit told, 4 skills × 20 items: answers made by skills, by one ability")
    q = needs(4, 20)
    for persons in (200, 500, 2000):
        false, true = [], []
        for seed in range(20):
            false.append(diagnose(answers_of(persons, q, seed)[0], q, errors=False).fit.fits is False)
            rng = np.random.default_rng(seed)
            ability = 1.5 * rng.normal(size=persons)
            scores = rasch_answers(ability, rng.normal(size=20), rng)
            true.append(diagnose(scores, q, errors=False).fit.fits is False)
        print(f"  {persons:>4} persons: {np.mean(false):.2f}   {np.mean(true):.2f}")
        note(f"skills, {persons} persons: one ability noticed", float(np.mean(true)), "share")


def main() -> None:
    dina()
    adaptive()
    if not IS_QUICK:
        small_waves()
        other_causes()


if __name__ == "__main__":
    main()
