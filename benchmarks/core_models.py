"""Models of the measurement core against their peers: seconds, likelihood, growth, memory.

Peers (mirt, girth of PyPI) are development only; where one is not installed its rows say so. Every fit of
ours includes standard errors from the observed information. Log-likelihoods of all are reckoned anew by one
quadrature of 161 points, so that nobody's own grid decides; peers get 41 points, as many as ours.

`--quick`: two sizes less, one run each.
"""

from __future__ import annotations

import functools
import importlib
import importlib.util
import sys
import time
import tracemalloc
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from benchmarks._figures import note
from diagnostics.measurement import rasch
from diagnostics.measurement.latent.estimate import calibrate
from diagnostics.measurement.latent.items import Curve, LatentItem, curves
from diagnostics.measurement.latent.persons import abilities
from diagnostics.measurement.numeric import FloatArray, one_blas_thread
from diagnostics.measurement.simulate_latent import latent_answers

QUICK = "--quick" in sys.argv
RUNS = 1 if QUICK else 3
SEED = 20260901
POINTS = 41
BLOCK = 5_000

Scored = Callable[[], float]


def two(items: int, rng: np.random.Generator) -> list[LatentItem]:
    slopes, places = rng.uniform(0.6, 1.8, items), rng.normal(size=items)
    return [
        LatentItem(f"i{at}", float(a), (float(b),))
        for at, (a, b) in enumerate(zip(slopes, places, strict=True))
    ]


def graded(items: int, categories: int, rng: np.random.Generator) -> list[LatentItem]:
    slopes = rng.uniform(0.8, 2.0, items)
    steps = np.sort(rng.normal(size=(items, categories - 1)), axis=1) + 0.05 * np.arange(categories - 1)
    return [
        LatentItem(f"i{at}", float(a), tuple(own.tolist()), Curve.GRADED)
        for at, (a, own) in enumerate(zip(slopes, steps, strict=True))
    ]


def answers(persons: int, items: Sequence[LatentItem]) -> FloatArray:
    rng = np.random.default_rng(SEED)
    return latent_answers(rng.normal(size=persons), items, rng)


def best(act: Callable[[], object], runs: int = RUNS) -> tuple[float, Any]:
    """Least seconds by the clock, and what came out."""
    least, found = np.inf, None
    for _ in range(runs):
        began = time.perf_counter()
        found = act()
        least = min(least, time.perf_counter() - began)
    return float(least), found


def installed(name: str) -> Any:
    """The peer, or None, saying so."""
    if importlib.util.find_spec(name) is None:
        print(f"    {name}: not installed, not compared")
        return None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return importlib.import_module(name)


def log_likelihood(scores: FloatArray, items: Sequence[LatentItem]) -> float:
    """Marginal, standard normal population, 161 points over ±8."""
    theta = np.linspace(-8, 8, 161)
    weight = np.exp(-(theta**2) / 2)
    chances = np.log(np.maximum(curves(items, theta).chances, 1e-300))
    total = 0.0
    for start in range(0, len(scores), BLOCK):
        part = scores[start : start + BLOCK]
        logs = sum((part == k).astype(float) @ chances[:, :, k].T for k in range(chances.shape[2]))
        peak = logs.max(axis=1, keepdims=True)
        total += float((peak[:, 0] + np.log(np.exp(logs - peak) @ (weight / weight.sum()))).sum())
    return total


@dataclass(frozen=True)
class Peer:
    """Its name, how it is run, and its items from what came out."""

    name: str
    run: Callable[[], Any]
    items: Callable[[Any], Sequence[LatentItem]]
    faster: float  # how many times ours is to be faster


def with_mirt(scores: FloatArray, model: str, faster: float) -> list[Peer]:
    mirt = installed("mirt")
    if mirt is None:
        return []
    whole = scores.astype(int)

    def items(found: Any) -> list[LatentItem]:
        own = found.model.parameters
        steps = own.get("thresholds", own.get("difficulty"))
        curve = Curve.GRADED if model == "GRM" else Curve.ADJACENT
        return [
            LatentItem(f"i{at}", float(a), tuple(np.atleast_1d(b).tolist()), curve)
            for at, (a, b) in enumerate(zip(own["discrimination"], steps, strict=True))
        ]

    return [Peer("mirt", lambda: mirt.fit_mirt(whole, model=model, n_quadpts=POINTS), items, faster)]


def with_girth(scores: FloatArray, function: str, faster: float) -> list[Peer]:
    girth = installed("girth")
    if girth is None or QUICK:
        return []
    whole = scores.astype(int).T
    options = {"quadrature_n": POINTS, "quadrature_bounds": (-6, 6)}

    def items(found: Any) -> list[LatentItem]:
        slopes = np.broadcast_to(found["Discrimination"], len(whole))
        curve = Curve.GRADED if function == "grm_mml" else Curve.ADJACENT
        return [
            LatentItem(f"i{at}", float(a), tuple(np.sort(np.atleast_1d(b)).tolist()), curve)
            for at, (a, b) in enumerate(zip(slopes, found["Difficulty"], strict=True))
        ]

    run = (
        (lambda: getattr(girth, function)(whole))
        if function == "rasch_conditional"
        else (lambda: getattr(girth, function)(whole, options=options))
    )
    return [Peer("girth", run, items, faster)]


def race(
    name: str,
    ours: Callable[[], Any],
    peers: Sequence[Peer],
    *,
    scores: FloatArray | None = None,
    goal: float | None = None,
    floor: float | None = None,
) -> None:
    """One row: our seconds, each peer's, how many times faster, and who is likelier."""
    seconds, found = best(ours)
    print(f"{name}: {1e3 * seconds:,.1f} ms", flush=True)
    goals = [goal] if goal else []
    for peer in peers:
        theirs, result = best(peer.run, 1)
        goals.append(theirs / peer.faster)
        line = f"    {peer.name} {1e3 * theirs:,.0f} ms, × {theirs / seconds:,.1f} (goal × {peer.faster:g})"
        if scores is not None:
            gain = log_likelihood(scores, found.items) - log_likelihood(scores, peer.items(result))
            line += f"; our log-likelihood {gain:+.4f}"
        print(line, flush=True)
    note(
        name,
        1e3 * seconds,
        "ms",
        goal=1e3 * min(goals) if goals else None,
        floor=1e3 * floor if floor else None,
    )


def floor_of(persons: int, items: int) -> float:
    """One E-step as matrix products: persons × items × points and back."""
    rng = np.random.default_rng(SEED)
    answered, curve = rng.random((persons, items)), rng.random((items, POINTS))
    with one_blas_thread():
        return best(lambda: answered.T @ np.exp(-(answered @ curve)), 3)[0]


def models() -> None:
    rng = np.random.default_rng(SEED)
    for persons, items, faster in ((10_000, 50, (4, 50)), (50_000, 60, (8, 25)))[: 1 if QUICK else 2]:
        scores = answers(persons, two(items, rng))
        peers = with_mirt(scores, "2PL", faster[0]) + with_girth(scores, "twopl_mml", faster[1])
        floor = floor_of(persons, items)
        print(f"one E-step by matrix products, {persons:,} × {items} × {POINTS}: {1e3 * floor:.1f} ms")
        ours = functools.partial(calibrate, scores, "2pl")
        race(f"2PL {persons:,} × {items}", ours, peers, scores=scores, floor=floor)
    likert = answers(2_000, graded(20, 5, rng))
    peers = with_mirt(likert, "GRM", 4) + with_girth(likert, "grm_mml", 4)
    race("GRM 2,000 × 20 × 5", lambda: calibrate(likert, "grm"), peers, scores=likert)
    race("GPCM 2,000 × 20 × 5", lambda: calibrate(likert, "gpcm"), [])
    scores = answers(
        10_000, [LatentItem(f"i{at}", 1.0, (b,)) for at, b in enumerate(np.linspace(-2, 2, 50).tolist())]
    )
    peers = with_mirt(scores, "1PL", 50) + with_girth(scores, "rasch_mml", 4)
    race("Rasch MML 10,000 × 50", lambda: calibrate(scores, "rasch"), peers, scores=scores, goal=0.010)
    conditional = with_girth(scores, "rasch_conditional", 50)
    race("Rasch CML 10,000 × 50", lambda: rasch.calibrate(scores), conditional, goal=0.050)


def persons() -> None:
    items = two(50, np.random.default_rng(SEED))
    scores = answers(100_000, items)
    mirt, whole = installed("mirt"), scores.astype(int)
    equal = [LatentItem(item.name, 1.0, item.thresholds) for item in items]
    for kind in ("eap", "wle"):
        peers = []
        if mirt is not None and not QUICK:
            model = mirt.fit_mirt(
                whole[:2000], model="2PL", n_quadpts=21, max_iter=5, compute_standard_errors=False
            )
            run = functools.partial(mirt.fscores, model, whole, method=kind.upper(), n_quadpts=POINTS)
            peers = [Peer("mirt", run, lambda _: items, 3)]
        race(
            f"{kind.upper()} + SE 100,000 × 50",
            functools.partial(abilities, scores, items, kind),
            peers,
            goal=0.08,
        )
        race(
            f"{kind.upper()} + SE 100,000 × 50, equal slopes",
            functools.partial(abilities, scores, equal, kind),
            [],
        )
    race("WLE + SE 10,000 × 20 × 5 graded", *_graded_persons())


def _graded_persons() -> tuple[Callable[[], object], list[Peer]]:
    items = graded(20, 5, np.random.default_rng(SEED))
    scores = answers(10_000, items)
    return (lambda: abilities(scores, items, "wle")), []


def growth() -> None:
    rng = np.random.default_rng(SEED)
    sizes = [(1_000, 50), (10_000, 50), (100_000, 50)], [(2_000, 20), (2_000, 200)]
    for cases in sizes:
        last: float | None = None
        for persons_, items in cases:
            scores = answers(persons_, two(items, rng))
            seconds, found = best(functools.partial(calibrate, scores, "2pl"))
            times: float | None = seconds / last if last else None
            print(
                f"2PL {persons_:,} × {items}: {1e3 * seconds:,.0f} ms in {found.iterations} E-steps"
                + (f", × {times:.1f} for ten times as many" if times else "")
            )
            note(f"2PL growth {persons_:,} × {items}", 1e3 * seconds, "ms", growth=times)
            last = seconds


def memory() -> None:
    scores = answers(100_000, two(50, np.random.default_rng(SEED)))
    tracemalloc.start()
    calibrate(scores, "2pl")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    print(f"2PL 100,000 × 50: {peak / 2**20:.0f} MB beside the answers' {scores.nbytes / 2**20:.0f} MB")
    note("2PL 100,000 × 50, memory beside the answers", peak / 2**20, "MB", goal=scores.nbytes / 2**20)


def main() -> None:
    calibrate(answers(600, two(5, np.random.default_rng(1))), "2pl")  # imports are not measured
    models()
    persons()
    growth()
    memory()


if __name__ == "__main__":
    main()
