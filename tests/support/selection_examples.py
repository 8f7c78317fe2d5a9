"""Numbers of the worked examples of docs/methodology about skills, adaptive tests and clarifying items."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import numpy as np

from diagnostics.measurement.adaptive.bank import bank
from diagnostics.measurement.adaptive.clarifying import Clarification, Clarified, by_share
from diagnostics.measurement.adaptive.plan import plan
from diagnostics.measurement.adaptive.quality import PlanQuality, quality
from diagnostics.measurement.adaptive.rules import Rules
from diagnostics.measurement.adaptive.simulation import simulate
from diagnostics.measurement.cognitive.known import mastery
from diagnostics.measurement.cognitive.q_matrix import Gate, q_matrix
from diagnostics.measurement.latent.items import LatentItem
from diagnostics.measurement.lengthening import more_items
from diagnostics.measurement.simulate_verdicts import Design, change_power, verdict_trial


def even(low: float, high: float, count: int) -> list[LatentItem]:
    places = np.linspace(low, high, count).tolist()
    return [LatentItem(f"i{number}", 1.0, (place,)) for number, place in enumerate(places)]


def skills() -> list[float]:
    needs = q_matrix([[1, 0], [0, 1], [1, 1]])
    known = {"guess": [0.2] * 3, "slip": [0.1] * 3, "profile_shares": [0.25] * 4}
    found = mastery([[1, 0, 1], [1, 1, 0]], needs, Gate.ALL, **known)
    return [100 * (chance or 0) for row in found.chances for chance in row[:2]][:3]


@cache
def tried(sure: float | None) -> PlanQuality:
    on = bank(even(-2, 2, 100), ["all"] * 100, persons=300)
    test = plan(on, Rules(most=30, least=5, cut=-0.5, sure=sure))
    truth = np.random.default_rng(1).normal(size=2000)
    return quality(test, simulate(test, truth, np.random.default_rng(1)))


def adaptive() -> list[float]:
    found = []
    for one in (tried(None), tried(0.9)):
        assert one.verdicts is not None
        found += [one.overall.length or 0, 100 * (one.verdicts.false_names or 0)]
    return found


def asked(right: int, items: int) -> Clarification:
    marks = [1.0] * right + [0.0] * (items - right)
    return by_share(marks, [1.0] * items, cut=0.6, unseen=("next",), asked=items - 7)


def clarifying() -> list[float]:
    first, second, third = asked(4, 7), asked(4, 8), asked(4, 9)
    assert [one.state for one in (first, second, third)] == [Clarified.ASK, Clarified.ASK, Clarified.CLEAR]
    return [one.conclusion.probability or 0 for one in (first, second, third)]


def lengthening() -> list[float]:
    found = more_items(even(-1.5, 1.5, 8), -0.5)
    return [found.accuracy, found.more or 0]


def verdicts() -> list[float]:
    trial = verdict_trial(10, np.random.default_rng(1), Design(tests=10, persons=500))
    known, after = trial.known, trial.clarified.after
    shares = [known.undecided, known.wrong, known.found, after.undecided, after.wrong, after.found]
    return [100 * (share or 0) for share in shares] + [trial.clarified.more or 0]


def power() -> list[float]:
    return [100 * change_power(items, 1.0, np.random.default_rng(1))[0] for items in (10, 20, 40)]


EXAMPLES: dict[str, Callable[[], list[float]]] = {
    "skills": skills,
    "adaptive": adaptive,
    "clarifying": clarifying,
    "lengthening": lengthening,
    "verdicts": verdicts,
    "power": power,
}
